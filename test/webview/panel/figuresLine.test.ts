import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { PanelState } from '../../../src/protocol/panel.ts';
import { full, withoutGold } from '../support/states.ts';
import { usePanelPages } from '../support/suite.ts';

const line = (page: Page): Promise<string[]> =>
  page
    .locator('.figures-line .model')
    .allInnerTexts()
    .then((all) => all.map((text) => text.replace(/\s+/g, ' ').trim()));

/** The state with another F1 of BERT and one more in a cell of gold against BERT. */
function corrected(revision: number, f1: number): PanelState {
  const [bert, t5] = full.systems;
  const [first, ...others] = full.matrices;
  const counts = first!.counts.map((row, r) => row.map((count, c) => (r === 5 && c === 3 ? count + revision : count)));
  return {
    ...full,
    revision,
    systems: [{ ...bert!, labelled: { ...bert!.labelled, f1 } }, t5!],
    matrices: [{ ...first!, counts }, ...others],
  };
}

describe('the line of figures', () => {
  const open = usePanelPages();

  it('shows F1 of both models with their intervals, and how many sentences it is over', async () => {
    const { page, send } = await open();
    assert.deepEqual(await line(page), ['BERT .815 [.76–.86]', 'T5 .771 [.71–.83]']);
    assert.equal(await page.locator('.counted').innerText(), '57 complete');
    const { systems } = full;
    const sure = systems.map((system) => ({ ...system, labelled: { ...system.labelled, f1: 1 } }));
    const none = systems.map((system) => ({ ...system, labelled: { ...system.labelled, f1: null } }));
    const pending = { ...full.certainty!, state: 'pending' as const };
    await send({ ...full, revision: 8, systems: sure, certainty: pending });
    assert.deepEqual(await line(page), ['BERT 1.00 +.185', 'T5 1.00 +.229']);
    await send({ ...full, revision: 9, systems: none, certainty: null, counts: { ...full.counts, inProgress: 2 } });
    assert.deepEqual(await line(page), ['BERT –', 'T5 –']);
    assert.equal(await page.locator('.counted').innerText(), '57 complete, 2 in progress (not counted)');
  });

  it('tells what the last correction changed by sign and number, on its cell, and to a screen reader', async () => {
    const { page, send } = await open();
    await send(corrected(8, full.systems[0]!.labelled.f1! + 0.003));
    assert.deepEqual(await line(page), ['BERT .818 [.76–.86] +.003', 'T5 .771 [.71–.83]']);
    const changed = page.locator('td.changed');
    assert.equal(await changed.count(), 1);
    assert.match((await changed.getAttribute('aria-label')) ?? '', /^Gold B-ORG, BERT B-LOC: 14 tokens/);
    assert.equal(
      await page.locator('.figures-line [aria-live="polite"]').innerText(),
      'BERT F1 0.818, +0.003. Gold B-ORG, BERT B-LOC: 14, 8 more',
    );
    await changed.waitFor({ state: 'detached' });
    assert.match((await line(page))[0]!, /\+\.003$/);
    await send(corrected(9, full.systems[0]!.labelled.f1! - 0.001));
    assert.match((await line(page))[0]!, / −\.004$/);
  });

  it('offers to annotate as long as sentences are missing, and tells how far each model is', async () => {
    const models = full.models.map((model) => ({ ...model, predicted: model.source === 'bert' ? 120 : 31 }));
    const { page, send, askedFor } = await open({ state: { ...withoutGold, models } });
    assert.deepEqual(await line(page), ['BERT', 'T5 31/120']);
    await page.getByRole('button', { name: 'Annotate' }).click();
    await askedFor('annotate');
    const idle = full.models.map((model) => ({ ...model, state: 'idle' as const, predicted: 0 }));
    await send({ ...withoutGold, revision: 8, models: [idle[0]!, { ...idle[1]!, state: 'loading' }] });
    assert.deepEqual(await line(page), ['BERT not loaded', 'T5 loading']);
    await send({ ...full, revision: 9 });
    assert.equal(await page.getByRole('button', { name: 'Annotate' }).count(), 0);
  });
});
