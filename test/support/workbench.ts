import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Page } from 'playwright-core';
import { resultsRoot } from '../../scripts/lib/paths.mjs';
import type { ProcessEntry } from '../../scripts/lib/processes.mjs';
import { descendantsOf, listProcesses } from '../../scripts/lib/processes.mjs';
import type { EditorDecoration } from './editorText.ts';
import { findText, readDecorations } from './editorText.ts';
import type { LogEntry } from './hostLog.ts';
import { readHostLog } from './hostLog.ts';
import type { SessionOptions } from './session.ts';
import { startSession } from './session.ts';
import type { ThemeName } from './themes.ts';
import { themeNames } from './themes.ts';
import { until } from './until.ts';

/** What a drive of the real workbench starts from. */
export interface WorkbenchOptions extends Omit<SessionOptions, 'tests'> {
  readonly theme?: ThemeName;
}

/** A real VS Code in a real browser, and what a person can do and see there. */
export interface Workbench {
  readonly page: Page;
  /** The copied workspace's folder. */
  readonly workspace: string;
  /** Runs a command of the palette by its whole title, such as `Entity Lens: Annotate Document`. */
  runCommand(title: string): Promise<void>;
  /** Opens a file of the workspace, or shows it again, and puts the focus into its text. */
  openFile(name: string): Promise<void>;
  /** Chooses an entry of the list that VS Code is showing. */
  pick(label: string): Promise<void>;
  /** Waits for the path that a dialog proposes, puts another in its place and presses Enter. */
  answer(text: string): Promise<void>;
  /** Puts the cursor into a text's first appearance in a visible editor. */
  clickText(text: string): Promise<void>;
  /** The extension's page in its panel. */
  panelFrame(): Promise<FrameLocator>;
  editorDecorations(): Promise<readonly EditorDecoration[]>;
  /** Points at a text and gives what the hover says. */
  hover(text: string): Promise<string>;
  /** Texts of the extension's own items in the status bar. */
  statusBar(): Promise<readonly string[]>;
  notifications(): Promise<readonly string[]>;
  /** A file's contents on disk. */
  readFile(name: string): Promise<string>;
  /** Processes that run below VS Code's server now. */
  processes(): Promise<readonly ProcessEntry[]>;
  hostLog(): Promise<readonly LogEntry[]>;
  /** What was logged as an error, by the extension, its host or its page. */
  errors(): Promise<readonly string[]>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

const themeClasses = {
  dark: 'vscode-theme-defaults-themes-dark_modern-json',
  light: 'vscode-theme-defaults-themes-light_modern-json',
  hcDark: 'vscode-theme-defaults-themes-hc_black-json',
  hcLight: 'vscode-theme-defaults-themes-hc_light-json',
} as const;

const open = new Set<Workbench>();

/** Opens a workbench and waits until it can be used. */
export const openWorkbench = async (options: WorkbenchOptions): Promise<Workbench> => {
  const settings = { 'workbench.colorTheme': themeNames[options.theme ?? 'dark'], ...options.settings };
  const session = await startSession({ ...options, settings });
  const { page, workspace, logFolder, server } = session;
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(`page: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && /webview|vscode-resource|panel\.js/.test(url)) {
      pageErrors.push(`page: ${message.text()} (${url})`);
    }
  });
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');

  const pick = async (label: string, milliseconds = 30_000): Promise<void> => {
    const row = rows.filter({ has: page.locator('.label-name').getByText(label, { exact: true }) }).first();
    await row.waitFor({ timeout: milliseconds });
    // A busy machine may take long to tell that the click was done; giving up then would do it twice.
    await row.click({ timeout: 20_000 });
  };
  const clickText = async (text: string): Promise<void> => {
    const { x, y } = await until(`“${text}” in a visible editor`, () => findText(page, text));
    await page.mouse.click(x, y);
  };
  const workbench: Workbench = {
    page,
    workspace,
    pick,
    clickText,
    runCommand: async (title) => {
      await until(`the command ${title}`, async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('F1');
        await input.fill(`>${title}`, { timeout: 5000 });
        // The list of commands grows while extensions are still being read.
        await pick(title, 3_000).catch(async (error: unknown) => {
          throw new Error(`offered: ${(await rows.allInnerTexts()).join(' | ')}`, { cause: error });
        });
        return true;
      });
    },
    openFile: async (name) => {
      await until(`the file ${name} in an editor`, async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+P');
        await input.fill(name, { timeout: 5000 });
        // An editor that is still opening takes the focus, and with it the list, away; and rows move until all are found.
        const best = rows.first().locator('.label-name').getByText(path.basename(name), { exact: true });
        await best.waitFor({ timeout: 5000 });
        await input.press('Enter');
        await page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor({ timeout: 5000 });
        return true;
      });
    },
    answer: async (text) => {
      // A dialog fills in its proposal some time after it appears, over whatever was typed before.
      let proposal = '';
      await until('a proposal that stays', async () => {
        const before = proposal;
        proposal = await input.inputValue({ timeout: 5000 });
        if (proposal !== '' && proposal === before) return true;
        await delay(600);
        return false;
      });
      const asked = await input.getAttribute('aria-label');
      await input.fill(text, { timeout: 30_000 });
      await input.press('Enter');
      // Another question may take its place at once.
      await until('the dialog to be answered', async () => {
        if (!(await input.isVisible())) return true;
        return (await input.getAttribute('aria-label', { timeout: 2_000 }).catch(() => undefined)) !== asked;
      });
    },
    panelFrame: async () => {
      const frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
      await frame.locator('body > *').first().waitFor({ state: 'attached', timeout: 30_000 });
      return frame;
    },
    editorDecorations: () => readDecorations(page),
    hover: async (text) => {
      const { x, y } = await until(`“${text}” in a visible editor`, () => findText(page, text));
      const box = page.locator('.monaco-hover:not(.hidden) .hover-contents:visible');
      await page.mouse.move(x + 1, y);
      await page.mouse.move(x, y);
      // It opens before every provider has answered.
      return until(`the hover over “${text}”`, async () => {
        const said = (await box.allInnerTexts()).join('\n').trim();
        return said !== '' && !said.startsWith('Loading') && said;
      });
    },
    statusBar: () => page.locator('.statusbar-item[id*="entity-lens"]').allInnerTexts(),
    notifications: () => page.locator('.notification-list-item-message').allInnerTexts(),
    readFile: (name) => readFile(path.join(workspace, name), 'utf8'),
    processes: async () => descendantsOf(await listProcesses(), server.pid),
    hostLog: () => readHostLog(logFolder),
    errors: async () => {
      const logged = (await readHostLog(logFolder)).filter(({ level }) => level === 'error' || level === 'critical');
      return [...pageErrors, ...logged.map(({ file, text }) => `${file}: ${text}`)];
    },
    screenshot: async (name) => {
      await mkdir(resultsRoot, { recursive: true });
      const file = path.join(resultsRoot, name.replaceAll(/[^\w.-]+/g, '_').slice(-150));
      await page.screenshot({ path: `${file}.png` });
      const entries = [
        ...(await readHostLog(logFolder)).map(({ file: from, level, text }) => `${from} [${level}] ${text}`),
      ];
      await writeFile(`${file}.log`, `${[...pageErrors, ...entries].join('\n')}\n`);
    },
    close: async () => {
      open.delete(workbench);
      await session.end();
    },
  };
  open.add(workbench);
  try {
    await page.goto(session.url);
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await page.locator(`.monaco-workbench.${themeClasses[options.theme ?? 'dark']}`).waitFor({ timeout: 30_000 });
    for (const name of options.files ?? []) {
      await page
        .locator('.tab')
        .filter({ hasText: path.basename(name) })
        .waitFor({ timeout: 60_000 });
    }
    return workbench;
  } catch (error) {
    await workbench.screenshot('workbench did not open').catch(() => undefined);
    await workbench.close();
    throw error;
  }
};

// A drive that fails leaves a picture and the logs behind. Suites import this file while mocha loads them.
if (typeof afterEach === 'function') {
  afterEach('picture of a failed drive', async function () {
    if (this.currentTest?.state !== 'failed') return;
    for (const workbench of open) await workbench.screenshot(this.currentTest.titlePath().join(' '));
  });
}
