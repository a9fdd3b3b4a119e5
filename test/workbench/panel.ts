import type { FrameLocator } from 'playwright-core';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

/** The panel as a person uses it. */
export interface Panel {
  readonly frame: FrameLocator;
  /** Presses a key in the grid, which has the focus. */
  press(key: string): Promise<void>;
  /** The tags of a row (0 is the row of tokens, then gold, BERT, T5), in order. */
  row(index: number): Promise<readonly string[]>;
  /** Waits until a row reads like this. */
  rowIs(index: number, tags: readonly string[]): Promise<void>;
  /** The numbers of a matrix by the names of their row and column; undefined while there is no such matrix. */
  matrix(title: string): Promise<Cells | undefined>;
  /** Waits until the matrix is there and satisfies a condition. */
  matrixIs(title: string, holds: (cells: Cells) => boolean): Promise<Cells>;
}

/** Counts by "row × column". */
export type Cells = Readonly<Record<string, number>>;

/** Opens the panel and waits until it shows a sentence. */
export async function openPanel(workbench: Workbench): Promise<Panel> {
  await workbench.runCommand('Entity Lens: Open Panel');
  return panelOf(workbench);
}

/** The panel that is open already. */
export async function panelOf(workbench: Workbench): Promise<Panel> {
  const frame = await workbench.panelFrame();
  await frame.locator('entity-lens-grid [data-row="0"]').first().waitFor();
  const row = async (index: number): Promise<readonly string[]> => {
    const cells = frame.locator(`entity-lens-grid [data-row="${String(index)}"] ${index === 0 ? 'bdi' : '.text'}`);
    return (await cells.allInnerTexts()).map((text) => text.trim());
  };
  const matrix = async (title: string): Promise<Cells | undefined> => {
    const cells = frame.locator(`entity-lens-matrix table[aria-label^="${title}:"] td[data-row]`);
    const said = await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label') ?? ''));
    if (said.length === 0) return undefined;
    return Object.fromEntries(
      said.map((text) => {
        const [, from, to, count] = /^\S+ (\S+), \S+ (\S+): ([\d,]+) /.exec(text) ?? [];
        return [`${from ?? ''} × ${to ?? ''}`, Number((count ?? '').replaceAll(',', ''))];
      }),
    );
  };
  return {
    frame,
    row,
    matrix,
    press: async (key) => {
      await frame.locator('entity-lens-grid [tabindex="0"]').press(key);
    },
    rowIs: async (index, tags) => {
      const read = async (): Promise<string> => (await row(index)).join(' ');
      await until(
        `row ${String(index)} to be ${tags.join(' ')}`,
        async () =>
          (await read()) === tags.join(' ') ||
          read().then((now) => {
            throw new Error(now);
          }),
      );
    },
    matrixIs: (title, holds) =>
      until(`the matrix ${title}`, async () => {
        const cells = await matrix(title);
        if (cells !== undefined && holds(cells)) return cells;
        throw new Error(JSON.stringify(cells));
      }),
  };
}

/** Opens one of the tabs below the sentence. */
export async function openTab({ frame }: Panel, title: 'Matrices' | 'Scores' | 'Failures' | 'Queue'): Promise<void> {
  const tab = frame.getByRole('tab', { name: title });
  await until(`the tab ${title}`, async () => {
    await tab.click({ timeout: 10_000 });
    return (await tab.getAttribute('aria-selected')) === 'true';
  });
}

/** The sum of a matrix's row. */
export function rowTotal(cells: Cells, row: string): number {
  return Object.entries(cells).reduce((sum, [name, count]) => (name.startsWith(`${row} × `) ? sum + count : sum), 0);
}
