import assert from 'node:assert/strict';
import type { PanelState } from '../../src/protocol/panel.ts';
import { ontoNotes } from '../support/tinyClassifier.ts';
import { full } from './support/states.ts';
import { usePanelPages } from './support/suite.ts';

const [bert, t5] = full.models;

/** BERT is a model of the user's own. */
function withOwn(changed: Partial<PanelState['models'][number]>): PanelState {
  return {
    ...full,
    models: [{ ...bert!, name: 'someone/a-model-with-quite-a-long-name', own: true, ...changed }, t5!],
  };
}

describe('a model of the user’s own on the page', () => {
  const open = usePanelPages();

  it('is named, unlike a bundled one, and a long name is cut where the page is narrow', async () => {
    const { page, send } = await open({ width: 320 });
    assert.equal(await page.locator('.figures-line .name').count(), 0);
    await send(withOwn({}));
    const name = page.locator('.figures-line .name');
    await name.waitFor();
    assert.equal(await name.innerText(), 'someone/a-model-with-quite-a-long-name');
    const box = (await name.boundingBox())!;
    assert.ok(box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `the page is ${String(wide)} wide`);
    assert.match((await page.locator('.model.ready').first().getAttribute('title')) ?? '', /quite-a-long-name: ready/);
  });

  it('that failed says so once, with the way to another one', async () => {
    const message = 'someone/x is not downloaded.';
    const state = withOwn({ name: 'someone/x', state: 'failed', message });
    const { page, askedFor } = await open({
      state: { ...state, notices: [{ severity: 'error', message: `BERT: ${message}` }] },
    });
    const notices = page.getByRole('list', { name: 'Notices' }).getByRole('listitem');
    assert.equal(await notices.count(), 1);
    assert.match(await notices.innerText(), /BERT \(someone\/x\) failed: someone\/x is not downloaded\./);
    await notices.getByRole('button', { name: 'Select Model…' }).press('Enter');
    assert.deepEqual(await askedFor('selectModel'), { source: 'bert' });
  });

  it('may have more labels than there are colours and digits: each has a button, and a letter labels', async () => {
    const letters = 'pfgulmvwahcixqsyrz';
    const labels = ontoNotes.map((name, index) => ({
      ...full.labels[0]!,
      name,
      key: letters[index] ?? '',
      color: (index % 9) + 1,
    }));
    const { page, askedFor } = await open({ state: { ...full, labels }, width: 320 });
    const buttons = page.getByRole('group', { name: 'Label the selected tokens' }).locator('vscode-button.label');
    assert.deepEqual(await buttons.locator('.text').allInnerTexts(), [...ontoNotes]);
    const last = (await buttons.last().boundingBox())!;
    assert.ok(last.x + last.width <= 320);
    await page.locator('entity-lens-grid [tabindex="0"]').press('z');
    assert.equal(((await askedFor('setSpan')) as { label: string }).label, 'CARDINAL');
  });
});
