// The child process of npm run screenshots: takes the pictures whose names are given, or all.
import { mkdir } from 'node:fs/promises';
import process from 'node:process';
import { inRoot } from '../../scripts/lib/paths.mjs';
import type { ThemeName } from './themes.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

interface Picture {
  readonly name: string;
  readonly theme: ThemeName;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** What is done once both models have seen the document and the panel is open. */
  readonly then: (workbench: Workbench) => Promise<void>;
}

const settle = (workbench: Workbench, ms: number): Promise<void> => workbench.page.waitForTimeout(ms);

/** Puts the cursor on a text, so that the panel shows its sentence. */
const show = async (workbench: Workbench, text: string): Promise<void> => {
  // Labels that come or go beside the text move its lines.
  await settle(workbench, 1500);
  await workbench.clickText(text);
  await settle(workbench, 700);
};

/** Makes gold of what a model says of the sentence with this text. */
const accept = async (workbench: Workbench, model: 'BERT' | 'T5', text: string): Promise<void> => {
  await show(workbench, text);
  await workbench.runCommand(`Entity Lens: Accept ${model} for Sentence`);
  await settle(workbench, 500);
};

const pictures: readonly Picture[] = [
  {
    name: 'dark',
    theme: 'dark',
    file: 'news.txt',
    width: 1500,
    height: 950,
    then: async (workbench) => {
      await accept(workbench, 'BERT', 'Angela Merkel');
      await accept(workbench, 'T5', 'Microsoft');
      await show(workbench, 'Nairobi');
    },
  },
  {
    name: 'light',
    theme: 'light',
    file: 'ewt-sample.iob2',
    width: 1500,
    height: 950,
    then: (workbench) => show(workbench, 'NASA'),
  },
  {
    name: 'high-contrast',
    theme: 'hcDark',
    file: 'news.txt',
    width: 1500,
    height: 950,
    then: (workbench) => show(workbench, 'Real Madrid'),
  },
  {
    name: 'high-contrast-light',
    theme: 'hcLight',
    file: 'pud-sample.iob2',
    width: 1500,
    height: 950,
    then: (workbench) => settle(workbench, 300),
  },
  {
    name: 'narrow',
    theme: 'dark',
    file: 'ewt-sample.iob2',
    width: 860,
    height: 950,
    then: (workbench) => show(workbench, 'NASA'),
  },
  {
    name: 'review',
    theme: 'light',
    file: 'news.txt',
    width: 1500,
    height: 950,
    then: async (workbench) => {
      await accept(workbench, 'BERT', 'Angela Merkel');
      await workbench.runCommand('View: Show Entity Lens');
      await show(workbench, 'Ganges');
    },
  },
  {
    name: 'figures',
    theme: 'light',
    file: 'ewt-sample.iob2',
    width: 1500,
    height: 950,
    then: async (workbench) => {
      await show(workbench, 'NASA');
      await (await workbench.panelFrame()).getByRole('tab', { name: 'Scores' }).click();
    },
  },
];

const take = async (picture: Picture): Promise<void> => {
  const workbench = await openWorkbench({
    workspace: inRoot('samples'),
    files: [picture.file],
    theme: picture.theme,
    viewport: { width: picture.width, height: picture.height },
    settings: { 'editor.minimap.enabled': false, 'editor.wordWrap': 'on', 'workbench.sideBar.location': 'left' },
  });
  try {
    if (picture.width < 1000) await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.runCommand('Entity Lens: Annotate Document');
    await workbench.runCommand('Entity Lens: Open Panel');
    const status = workbench.page.locator('.statusbar-item[aria-label*="annotated by"]').first();
    await until(
      'both models',
      async () => /annotated by BERT (\d+)\/\1, T5 (\d+)\/\2/.test((await status.getAttribute('aria-label')) ?? ''),
      120_000,
    );
    await picture.then(workbench);
    await settle(workbench, 1500);
    await workbench.page.mouse.move(2, 2);
    const file = inRoot('media', 'screenshots', `${picture.name}.png`);
    await workbench.page.screenshot({ path: file });
    process.stdout.write(`${file}\n`);
    const errors = await workbench.errors();
    if (errors.length > 0) throw new Error(`${picture.name}: ${errors.join('\n')}`);
  } catch (error) {
    await workbench.screenshot(`screenshot ${picture.name}`);
    throw error;
  } finally {
    await workbench.close();
  }
};

const names = process.argv.slice(2);
await mkdir(inRoot('media', 'screenshots'), { recursive: true });
for (const picture of pictures) {
  if (names.length === 0 || names.includes(picture.name)) await take(picture);
}
