import assert from 'node:assert/strict';
import type { PanelState } from '../../src/protocol/panel.ts';
import { full, withoutGold } from './support/states.ts';
import { usePanelPages } from './support/suite.ts';

type Done = Extract<NonNullable<PanelState['certainty']>, { state: 'done' }>;

describe('the certainty of the scores', () => {
  const open = usePanelPages();
  const done = full.certainty as Done;

  it('stands beside each F1, and a difference beside its p-value', async () => {
    const { page } = await open();
    const text = (await page.locator('.certainty').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /BERT, labelled F1 0\.815 \[0\.761, 0\.861\]/);
    assert.match(text, /T5, labelled F1 0\.771 \[0\.710, 0\.830\]/);
    assert.match(text, /BERT − T5 \+0\.045, p = 0\.123 \[−0\.012, 0\.096\]/);
    const title = await page.locator('.certainty > div').last().getAttribute('title');
    assert.match(title ?? '', /57 sentences with gold and both models, in 12 documents.*10,000 random exchanges/);
  });

  it('is pending first, and then shows no difference', async () => {
    const { page, send } = await open({ state: { ...full, certainty: { state: 'pending' } } });
    const figures = page.locator('.certainty');
    assert.match(await figures.innerText(), /0\.815\s+interval pending….*BERT − T5\s+pending…/s);
    assert.doesNotMatch(await figures.innerText(), /[+−]0\.\d/);
    await send({ ...full, revision: 8 });
    assert.match(await figures.innerText(), /p = 0\.123/);
  });

  it('says that there are not enough sentences', async () => {
    const models = done.models.map((model) => ({ ...model, units: 1, sentences: 1, interval: null }));
    const { page } = await open({ state: { ...full, certainty: { ...done, models, difference: null } } });
    const text = await page.locator('.certainty').innerText();
    assert.match(text, /0\.815\s+not enough sentences for an interval/);
    assert.match(text, /BERT − T5\s+not enough sentences$/);
  });

  it('gives small p-values as a bound, and is absent without gold', async () => {
    const difference = { ...done.difference!, p: 0.0001 };
    const { page, send } = await open({ state: { ...full, certainty: { ...done, difference } } });
    assert.match(await page.locator('.certainty').innerText(), /p < 0\.001/);
    await send(withoutGold);
    assert.equal(await page.locator('.certainty').count(), 0);
  });
});
