import assert from 'node:assert/strict';
import { none, queue } from '../support/queue.ts';
import { full, merkel } from '../support/states.ts';
import { usePanelPages } from '../support/suite.ts';

describe('the line above the sentence', () => {
  const open = usePanelPages();

  it('says where the sentence stands in the queue and why, or how much is in it', async () => {
    const { page, send, sendQueue } = await open();
    const place = page.locator('.queue-place');
    assert.equal(await place.innerText(), 'Looking for what is worth a look…');
    await sendQueue(queue);
    assert.equal(await place.innerText(), '1 of 142: models disagree: label');
    assert.equal(await place.locator('[title]').getAttribute('title'), 'BERT LOC, T5 ORG, at least 80 % sure');
    const groups = queue.groups.map((group) => ({ ...group, name: 'BERT is unsure' }));
    await sendQueue({ ...queue, groups });
    assert.equal(await place.innerText(), '1 of 142: BERT is unsure');
    await send({ ...full, revision: 8, sentence: { ...merkel, index: 90 } });
    assert.equal(await place.innerText(), '142 to review');
    await sendQueue({ ...queue, filter: none, groups: [] });
    assert.equal(await place.innerText(), 'Nothing to review');
    assert.equal(await page.getByRole('button', { name: 'Next in queue' }).isEnabled(), false);
  });

  it('leads to the sentence before and the next one, and gives the keyboard to the sentence', async () => {
    const { page, sendQueue, send, askedFor } = await open();
    const previous = page.getByRole('button', { name: 'Previous in queue' });
    await sendQueue(queue);
    assert.equal(await previous.isEnabled(), false);
    await send({ ...full, revision: 8, sentence: { ...merkel, index: 5 } });
    await previous.click();
    assert.deepEqual(await askedFor('goToQueued'), { sentence: 2, first: 9, end: 12 });
    await page.getByRole('button', { name: 'Next in queue' }).click();
    await askedFor('nextInQueue');
    await page.locator('entity-lens-grid :focus').waitFor();
  });

  it('counts the disagreements and leads through them', async () => {
    const { page, send, askedFor } = await open();
    assert.match(await page.locator('.queue-line .group').innerText(), /^19\s+disagreements$/);
    await page.getByRole('button', { name: 'Next disagreement' }).click();
    assert.deepEqual(await askedFor('move'), { to: 'nextDisagreement' });
    await send({ ...full, revision: 8, counts: { ...full.counts, disagreements: 0 } });
    assert.equal(await page.getByRole('button', { name: 'Next disagreement' }).isEnabled(), false);
  });
});
