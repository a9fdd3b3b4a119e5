import assert from 'node:assert/strict';
import { row, sentence } from '../../support/sentences.ts';
import { full } from '../../support/states.ts';
import { usePanelPages } from '../../support/suite.ts';

describe('a sentence in progress', () => {
  const open = usePanelPages();
  const started = {
    ...sentence(2, 'Ada met Bob in Rome', [
      row('gold', 'B-PER O _ _ _'),
      row('bert', 'B-PER O B-PER O B-LOC'),
      row('t5', 'B-PER O O O B-LOC'),
    ]),
    completions: [
      { by: 'noEntity' as const, words: 3, left: 0 },
      { by: 'agreed' as const, words: 2, left: 1 },
    ],
  };

  it('shows undecided words as ? and its state in words', async () => {
    const { page } = await open({ state: { ...full, sentence: started } });
    const gold = page.locator('.row-gold .text');
    assert.deepEqual(await gold.allInnerTexts(), ['B-PER', 'O', '?', '?', '?']);
    assert.match((await page.locator('[data-row="1"][data-token="2"]').getAttribute('aria-label')) ?? '', /undecided/);
    assert.match(await page.locator('.work').innerText(), /In progress: 3 words of 5 undecided/);
    // The first undecided words are what is selected.
    assert.match(await page.locator('.chosen').innerText(), /^Bob in Rome$/);
  });

  it('says on its buttons what they will do, and does it', async () => {
    const { page, askedFor } = await open({ state: { ...full, sentence: started } });
    await page.getByRole('button', { name: 'Accept BERT: 3 words' }).waitFor();
    await page.getByRole('button', { name: '3 words undecided: next' }).waitFor();
    await page.getByRole('button', { name: 'Rest as both agree: 2 words' }).click();
    assert.deepEqual(await askedFor('complete'), { sentence: 2, revision: 7, by: 'agreed', next: false });
    await page.getByRole('button', { name: 'Rest: no entity: 3 words' }).click();
    assert.deepEqual(await askedFor('complete', 2), { sentence: 2, revision: 7, by: 'noEntity', next: false });
  });

  it('lets the space bar through from a button that was clicked, instead of pressing it again', async () => {
    const { page, asked } = await open({ state: { ...full, sentence: started } });
    await page.getByRole('button', { name: 'No entities' }).click();
    await page.keyboard.press(' ');
    assert.equal(asked.filter(({ method }) => method === 'setEmpty').length, 1);
  });
});
