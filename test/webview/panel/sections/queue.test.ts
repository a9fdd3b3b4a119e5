import assert from 'node:assert/strict';
import { none, queue } from '../../support/queue.ts';
import { chooseMore, openTab } from '../../support/panelPage.ts';
import { full, merkel } from '../../support/states.ts';
import { usePanelPages } from '../../support/suite.ts';

describe('the review queue in the panel', () => {
  const open = usePanelPages();

  it('lists the sentences by groups, with why each is there, and marks the one that is shown', async () => {
    const { page, sendQueue } = await open();
    await openTab(page, 'queue');
    await page.locator('#live').getByText('Looking for what is worth a look…').waitFor();
    await sendQueue(queue);
    await page.getByRole('tab', { name: 'Queue 142' }).waitFor();
    const entries = page.locator('button.queued');
    assert.match(
      await entries.nth(0).innerText(),
      /3.*New York City.*BERT LOC, T5 ORG, at least 80 % sure · note: the city\?/s,
    );
    assert.equal(await entries.nth(0).getAttribute('aria-current'), 'true');
    assert.match(await entries.nth(2).innerText(), /<b>x<\/b>/);
    await page.getByText('139 more; narrow the queue to see them.').waitFor();
  });

  it('selects the place that the shown sentence is there for', async () => {
    const { page, sendQueue } = await open();
    await sendQueue(queue);
    await page.locator('[data-row="0"].selected bdi').nth(2).waitFor();
    assert.deepEqual(await page.locator('[data-row="0"].selected bdi').allInnerTexts(), ['New', 'York', 'City']);
  });

  it('leads to a sentence by key and by click, and on to the next one', async () => {
    const { page, sendQueue, asked, askedFor } = await open();
    await openTab(page, 'queue');
    await sendQueue(queue);
    await page.locator('button.queued').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await askedFor('goToQueued'), { sentence: 5, first: 9, end: 12 });
    await page.locator('button.queued').nth(2).click();
    assert.deepEqual(await askedFor('goToQueued', 2), { sentence: 7, first: 9, end: 12 });
    await page.locator('entity-lens-grid [tabindex="0"]').focus();
    await page.keyboard.press(' ');
    await askedFor('nextInQueue');
    assert.ok(asked.every(({ method }) => method !== 'accept'));
  });

  it('says what the host says of the next one', async () => {
    const { page } = await open({
      answers: {
        nextInQueue: () => Promise.resolve({ accepted: false, message: 'You went through all 2 sentences.' }),
      },
    });
    await page.keyboard.press(' ');
    await page.locator('.said.refused', { hasText: 'You went through all 2 sentences.' }).waitFor();
  });

  it('is narrowed by kind, label, source and text, and takes letters typed there for itself', async () => {
    const { page, sendQueue, asked, askedFor } = await open({
      answers: {
        setQueueFilter: ({ text }) =>
          Promise.resolve(
            text === '/(/'
              ? { accepted: false, message: '/(/ is no regular expression.' }
              : { accepted: true, message: null },
          ),
      },
    });
    await sendQueue(queue);
    await page.keyboard.press('Shift+F');
    const field = page.getByRole('searchbox', { name: 'Text' });
    await field.waitFor();
    await page.keyboard.type('bplo');
    await page.keyboard.press('Enter');
    assert.deepEqual(await askedFor('setQueueFilter'), { ...none, text: 'bplo' });
    await field.fill('/(/');
    await field.press('Enter');
    await page.locator('.said.refused', { hasText: '/(/ is no regular expression.' }).waitFor();
    await sendQueue({ ...queue, filter: { ...none, label: 'LOC' }, groups: [] });
    await page.getByText('No sentence passes the filter.').waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    assert.deepEqual(await askedFor('setQueueFilter', 3), none);
    assert.ok(asked.every(({ method }) => !['setSpan', 'accept', 'clear'].includes(method)));
  });

  it('gives borders of spans, reviews and notes their keys', async () => {
    const { page, askedFor } = await open();
    await page.keyboard.press('Alt+ArrowRight');
    assert.deepEqual(await askedFor('reshape'), { sentence: 2, revision: 7, first: 0, end: 2, how: 'extendEnd' });
    await page.keyboard.press('Shift+S');
    await askedFor('reshape', 2);
    await chooseMore(page, 'Merge spans');
    assert.deepEqual(await askedFor('reshape', 3), { sentence: 2, revision: 7, first: 0, end: 2, how: 'merge' });
    await page.keyboard.press('Shift+R');
    assert.deepEqual(await askedFor('markReviewed'), { sentence: 2, revision: 7 });
    await page.keyboard.press('Shift+N');
    assert.deepEqual(await askedFor('editNote'), { sentence: 2 });
    await page.keyboard.press('Shift+T');
    assert.deepEqual(await askedFor('accept'), { sentence: 2, revision: 7, source: 't5', next: true });
    await page.keyboard.press('Shift+P');
    assert.deepEqual(await askedFor('setSpan'), {
      sentence: 2,
      revision: 7,
      first: 0,
      end: 2,
      label: 'PER',
      next: true,
    });
  });

  it('walks from span to span, and over the end of the sentence', async () => {
    const { page, send, askedFor } = await open();
    const selected = (): Promise<string[]> => page.locator('[data-row="0"].selected bdi').allInnerTexts();
    await page.keyboard.press('.');
    await page.locator('[data-row="0"].selected bdi', { hasText: 'Merkel' }).waitFor();
    assert.deepEqual(await selected(), ['Angela', 'Merkel']);
    for (let step = 0; step < 4; step++) await page.keyboard.press('.');
    assert.deepEqual(await askedFor('move'), { to: 'nextWithSpan' });
    await send({ ...full, revision: 8, sentence: { ...merkel, index: 3 } });
    assert.deepEqual(await selected(), ['Chancellor', 'Angela', 'Merkel']);
  });

  it('shows who reviewed the sentence and the note', async () => {
    const { page } = await open({
      state: { ...full, sentence: { ...merkel, reviewed: 'Ada 2026-11-25', note: 'title or name?' } },
    });
    await page.getByText('Ada 2026-11-25').waitFor();
    await page.getByText('title or name?').waitFor();
    await page.getByRole('button', { name: 'More: what else a key can do' }).click();
    await page.getByRole('menuitem', { name: 'Mark as not reviewed' }).waitFor();
  });
});
