import type { Page } from 'playwright-core';

/** What a page draws and does not define, such as an element that only another page registers: it stands there empty. */
export async function undefinedElements(page: Page): Promise<string[]> {
  const names = await page
    .locator(':not(:defined)')
    .evaluateAll((elements) => [...new Set(elements.map(({ localName }) => localName))]);
  return names.map((name) => `<${name}> is drawn, but not defined`);
}
