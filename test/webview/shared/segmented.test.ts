import assert from 'node:assert/strict';
import { usePanelPages } from '../support/suite.ts';

describe('a few choices side by side', () => {
  const open = usePanelPages();

  it('are one stop for the keyboard, and the arrows choose round the ends', async () => {
    const { page } = await open({ width: 520 });
    const radios = page.getByRole('radiogroup', { name: 'Matrix' }).getByRole('radio');
    const chosen = page.locator('[aria-label="Matrix"] [aria-checked="true"]');
    assert.deepEqual(await radios.allInnerTexts(), ['Gold × BERT', 'Gold × T5', 'BERT × T5']);
    await radios.first().focus();
    for (const [key, name] of [
      ['ArrowDown', 'Gold × T5'],
      ['ArrowRight', 'BERT × T5'],
      ['ArrowRight', 'Gold × BERT'],
      ['ArrowUp', 'BERT × T5'],
      ['ArrowLeft', 'Gold × T5'],
    ] as const) {
      await page.keyboard.press(key);
      assert.equal(await chosen.innerText(), name);
      assert.equal(await chosen.evaluate((radio) => radio === document.activeElement), true);
      assert.equal(await page.locator('[aria-label="Matrix"] [tabindex="0"]').count(), 1);
    }
  });

  it('ask for nothing where the chosen one is pressed again', async () => {
    const { page, asked } = await open();
    await page.getByRole('radio', { name: 'Tokens' }).click();
    await page.getByRole('radio', { name: 'Full' }).click();
    assert.deepEqual(
      asked.map(({ method }) => method),
      ['show', 'ready'],
    );
  });
});
