import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/workbench.ts';

/** The field of the list or question that VS Code is showing. */
export function quickInput({ page }: Workbench): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-box input');
}

/** The question that has to be answered before anything else. */
export function dialogIn({ page }: Workbench): Locator {
  return page.locator('.monaco-dialog-box');
}

/** The notification that says something. */
export function toastIn({ page }: Workbench, text: string): Locator {
  return page.locator('.notification-toast', { hasText: text });
}

/** Goes through Select Model… to the question where a family's model is to come from. */
export async function selectModel(workbench: Workbench, family: 'BERT' | 'T5'): Promise<void> {
  await workbench.runCommand('Entity Lens: Select Model…');
  await workbench.pick(family);
  // The list before it may name the same models.
  await workbench.page.getByPlaceholder('Where does the model come from?').waitFor({ timeout: 30_000 });
}

/** Goes through Select Model… to a model on the hub. */
export async function nameOnHub(workbench: Workbench, id: string): Promise<void> {
  await selectModel(workbench, 'BERT');
  await workbench.pick('Hub Model…');
  const input = quickInput(workbench).and(workbench.page.getByPlaceholder('owner/name'));
  await input.fill(id);
  await input.press('Enter');
}
