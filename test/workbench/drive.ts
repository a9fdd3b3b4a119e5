import path from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

/** Annotates the document in the active editor and waits until both models have seen all of it. */
export async function annotate(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Entity Lens: Annotate Document');
  await annotated(workbench);
}

/** Waits until both models have seen all of the active document. */
export async function annotated({ page }: Workbench): Promise<void> {
  const item = page.locator('.statusbar-item[id*="entity-lens"] [aria-label*="annotated by"]');
  await until(
    'both models',
    async () => {
      const spoken = (await item.getAttribute('aria-label', { timeout: 5_000 })) ?? '';
      const counts = [...spoken.matchAll(/(?:BERT|T5) (\d+)\/(\d+)/g)];
      if (counts.length === 2 && counts.every(([, done, total]) => done === total)) return true;
      throw new Error(`the status bar says ${spoken}`);
    },
    90_000,
  );
}

/** The forms that are painted in the visible editors. */
export type Form = 'gold' | 'bert' | 't5' | 'disagreement';

/** Which sources and marks are to be seen now, told by their forms alone. */
export async function formsIn(workbench: Workbench): Promise<ReadonlySet<Form>> {
  const forms = new Set<Form>();
  for (const { style, kind } of await workbench.editorDecorations()) {
    if (kind === 'inline' && style.textDecorationStyle === 'dotted') forms.add('t5');
    if (kind === 'overlay' && style.outlineStyle === 'dashed') forms.add('disagreement');
    if (kind === 'overlay' && style.borderTopWidth === '1px') forms.add('gold');
    if (kind === 'overlay' && style.borderTopWidth === '0px' && style.borderBottomWidth === '2px') forms.add('bert');
  }
  return forms;
}

/** Loads the window anew as a user does: without the files that the address asks to open. */
export async function reload({ page }: Workbench): Promise<void> {
  const url = new URL(page.url());
  const payload = JSON.parse(url.searchParams.get('payload') ?? '[]') as [string, string][];
  url.searchParams.set('payload', JSON.stringify(payload.filter(([key]) => key !== 'openFile')));
  await page.goto(url.href);
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
}

/** Exports the current document by the questions and gives what was written. */
export async function exportTo(workbench: Workbench, format: string, fill: string, name: string): Promise<string> {
  await workbench.runCommand('Entity Lens: Export Corpus…');
  for (const answer of ['Current Document', fill, 'Labels as They Are', 'Full Scheme']) await workbench.pick(answer);
  await narrow(workbench, 'Which format?', format);
  await workbench.pick(format);
  await workbench.pick('One Corpus');
  await workbench.answer(path.join(workbench.workspace, name));
  await workbench.pick('Export');
  const told = async (): Promise<boolean> =>
    (await workbench.notifications()).some((text) => text.includes(` ${name}: `));
  await until(`a message about ${name}`, told);
  return workbench.readFile(name);
}

/** Types into the list that asks this, of which only some lines are drawn. */
async function narrow({ page }: Workbench, question: string, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  await page.locator(`.quick-input-widget:visible input[placeholder^="${question}"]`).waitFor();
  await input.fill(text);
}

/** Presses a key of two strokes in the editor until its effect is there: VS Code forgets a first stroke after five seconds. */
export async function chord({ page }: Workbench, first: string, second: string, effect: Locator): Promise<void> {
  const waiting = page.locator('.statusbar-item', { hasText: 'Waiting for second key' });
  await until(`${first} ${second}`, async () => {
    // Leaves a chord that began too slowly.
    await page.keyboard.press('Escape');
    await page.keyboard.press(first);
    await waiting.waitFor({ timeout: 4_000 });
    await page.keyboard.press(second);
    await effect.waitFor({ timeout: 8_000 });
    return true;
  });
}
