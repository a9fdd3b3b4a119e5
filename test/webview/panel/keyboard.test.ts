import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { row, sentence } from '../support/sentences.ts';
import { full, merkel } from '../support/states.ts';
import { usePanelPages } from '../support/suite.ts';

const selectedForms = (page: Page): Promise<string[]> => page.locator('[data-row="0"].selected bdi').allInnerTexts();
const focusedCell = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

describe('the keyboard', () => {
  const open = usePanelPages();

  it('labels the selection that the page begins with: the first disagreement', async () => {
    const { page, askedFor } = await open();
    assert.deepEqual(await selectedForms(page), ['Chancellor', 'Angela']);
    await page.keyboard.press('p');
    assert.deepEqual(await askedFor('setSpan'), {
      sentence: 2,
      revision: 7,
      first: 0,
      end: 2,
      label: 'PER',
      next: false,
    });
    await page.locator('.said', { hasText: 'PER: Chancellor Angela' }).waitFor();
  });

  it('walks over tokens and rows, and says where it is', async () => {
    const { page } = await open();
    await page.keyboard.press('Home');
    assert.equal(await focusedCell(page), 'Chancellor, token 1, sources disagree');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focusedCell(page), 'BERT, B-PER, 82%; Angela');
    await page.keyboard.press('End');
    assert.equal(await focusedCell(page), 'BERT, O, 49%; .');
    assert.equal(await page.locator('entity-lens-grid [tabindex="0"]').count(), 1);
  });

  it('selects with shift and gives the selection its label by key or number', async () => {
    const { page, askedFor } = await open();
    await page.keyboard.press('Home');
    for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    assert.deepEqual(await selectedForms(page), ['New', 'York', 'City']);
    await page.keyboard.press('l');
    assert.deepEqual(await askedFor('setSpan'), {
      sentence: 2,
      revision: 7,
      first: 9,
      end: 12,
      label: 'LOC',
      next: false,
    });
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('3');
    assert.deepEqual(await askedFor('setSpan', 2), {
      sentence: 2,
      revision: 7,
      first: 9,
      end: 11,
      label: 'ORG',
      next: false,
    });
  });

  it('clears with o, 0, Delete and Backspace', async () => {
    const { page, askedFor } = await open();
    let times = 0;
    for (const key of ['o', '0', 'Delete', 'Backspace']) {
      await page.keyboard.press(key);
      assert.deepEqual(await askedFor('clear', ++times), { sentence: 2, revision: 7, first: 0, end: 2, next: false });
    }
  });

  it('decides the sentence, undoes and redoes', async () => {
    const { page, askedFor } = await open({ state: { ...full, canRedo: true } });
    await page.keyboard.press('b');
    assert.deepEqual(await askedFor('accept'), { sentence: 2, revision: 7, source: 'bert', next: false });
    await page.keyboard.press('t');
    assert.deepEqual(await askedFor('accept', 2), { sentence: 2, revision: 7, source: 't5', next: false });
    await page.keyboard.press('e');
    assert.deepEqual(await askedFor('setEmpty'), { sentence: 2, revision: 7, next: false });
    await page.keyboard.press('Control+z');
    await askedFor('undo');
    await page.keyboard.press('Control+y');
    await askedFor('redo');
  });

  it('moves between sentences and disagreements, and shows the place in the editor', async () => {
    const { page, asked, askedFor } = await open();
    for (const key of ['n', 'j', 'k', 'd', 'Shift+D']) await page.keyboard.press(key);
    await askedFor('move', 5);
    assert.deepEqual(
      asked.filter(({ method }) => method === 'move').map(({ params }) => (params as { to: string }).to),
      ['next', 'next', 'previous', 'nextDisagreement', 'previousDisagreement'],
    );
    await page.keyboard.press('Enter');
    assert.deepEqual(await askedFor('reveal'), { sentence: 2, first: 0, end: 2 });
  });

  it('goes to the sentence whose number is typed, and refuses one that is not there', async () => {
    const { page, asked, askedFor } = await open();
    const number = page.getByRole('spinbutton', { name: 'Sentence number' });
    await number.fill('17');
    await number.press('Enter');
    assert.deepEqual(await askedFor('selectSentence'), { sentence: 16 });
    await number.fill('500');
    await number.press('Enter');
    await page.locator('.said.refused', { hasText: 'sentences 1 to 120' }).waitFor();
    assert.deepEqual(
      asked.map(({ method }) => method),
      ['show', 'ready', 'selectSentence'],
    );
  });

  it('keeps letters typed into a control for the control', async () => {
    const { page, asked } = await open();
    await page.getByRole('combobox', { name: 'Numbers in the matrices' }).focus();
    await page.keyboard.press('b');
    await page.getByRole('spinbutton', { name: 'Sentence number' }).focus();
    await page.keyboard.press('0');
    assert.deepEqual(
      asked.map(({ method }) => method),
      ['show', 'ready'],
    );
  });

  it('sets off a focused button with Enter instead of showing the place', async () => {
    const { page, asked, askedFor } = await open();
    await page.getByRole('button', { name: 'No entities' }).focus();
    await page.keyboard.press('Enter');
    await askedFor('setEmpty');
    assert.equal(
      asked.some(({ method }) => method === 'reveal'),
      false,
    );
  });

  it('does the same with the buttons', async () => {
    const { page, askedFor } = await open();
    await page.getByRole('button', { name: 'LOC', exact: false }).first().click();
    assert.deepEqual(await askedFor('setSpan'), {
      sentence: 2,
      revision: 7,
      first: 0,
      end: 2,
      label: 'LOC',
      next: false,
    });
    await page.getByRole('button', { name: 'No entity' }).click();
    await askedFor('clear');
    await page.getByRole('button', { name: 'Accept BERT' }).click();
    assert.deepEqual(await askedFor('accept'), { sentence: 2, revision: 7, source: 'bert', next: false });
    await page.getByRole('button', { name: 'Accept T5' }).click();
    assert.deepEqual(await askedFor('accept', 2), { sentence: 2, revision: 7, source: 't5', next: false });
    await page.getByRole('button', { name: 'Undo' }).click();
    await askedFor('undo');
    await page.getByRole('button', { name: 'Next sentence' }).click();
    assert.deepEqual(await askedFor('move'), { to: 'next' });
    await page.getByRole('button', { name: 'Previous disagreement' }).click();
    assert.deepEqual(await askedFor('move', 2), { to: 'previousDisagreement' });
    await page.getByRole('button', { name: 'Export' }).click();
    await askedFor('exportCorpus');
    // Keys go on working after a click.
    await page.keyboard.press('n');
    assert.deepEqual(await askedFor('move', 3), { to: 'next' });
  });

  it('refuses to accept a model that has said nothing', async () => {
    const rows = [row('gold', null), row('bert', null), row('t5', 'O O')];
    const { page, asked } = await open({ state: { ...full, sentence: sentence(1, 'Not yet', rows) } });
    await page.keyboard.press('b');
    await page.locator('.said.refused', { hasText: 'BERT has not annotated this sentence' }).waitFor();
    assert.equal(
      asked.some(({ method }) => method === 'accept'),
      false,
    );
  });

  it('shows a refusal of the host, and what it did instead of ours', async () => {
    const { page } = await open({
      answers: {
        setSpan: () => Promise.resolve({ accepted: false, message: 'The sentence changed; nothing was done.' }),
        accept: () => Promise.reject(new Error('the file is read-only')),
      },
    });
    await page.keyboard.press('p');
    await page.locator('.said.refused', { hasText: 'The sentence changed; nothing was done.' }).waitFor();
    await page.keyboard.press('b');
    await page.locator('.said.refused', { hasText: 'the file is read-only' }).waitFor();
  });

  it('opens and closes the list of keys, which holds every label and command', async () => {
    const { page, asked } = await open();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /P\s+Label the selection PER.*Accept BERT.*Next disagreement.*Ctrl\+Z/s);
    await page.keyboard.press('p');
    assert.equal(asked.length, 2);
    await page.keyboard.press('?');
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('keeps focus and selection when a state comes', async () => {
    const { page, send } = await open();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await send({ ...full, revision: 8, sentence: { ...merkel, rows: [row('gold', null), ...merkel.rows.slice(1)] } });
    assert.deepEqual(await selectedForms(page), ['Chancellor', 'Angela']);
    assert.match((await focusedCell(page))!, /^Gold, nothing decided yet; Angela$/);
    await page.getByRole('button', { name: 'No entities' }).focus();
    await send({ ...full, revision: 9 });
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /No entities/);
  });

  it('goes to the first disagreement of a new sentence, and announces it', async () => {
    const { page, send } = await open();
    await page.keyboard.press('ArrowRight');
    const next = sentence(3, 'We saw Bonn', [row('gold', null), row('bert', 'O O B-LOC'), row('t5', 'O O O')]);
    await send({ ...full, revision: 8, sentence: next });
    assert.deepEqual(await selectedForms(page), ['Bonn']);
    assert.equal(await focusedCell(page), 'Bonn, token 3, sources disagree');
    assert.equal(await page.getByRole('status').innerText(), 'Sentence 4: 3 tokens, 1 token in which sources disagree');
  });
});
