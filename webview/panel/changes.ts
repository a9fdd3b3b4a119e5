import { SOURCE_NAMES } from '../../src/core/span.ts';
import type { ModelSource } from '../../src/core/span.ts';
import type { Matrix, PanelState } from '../../src/protocol/panel.ts';
import { counted, differenceText, ratioText } from '../shared/names.ts';

/** A cell of a matrix whose count changed, by the names of its row and column. */
export interface ChangedCell {
  readonly matrix: string;
  readonly row: string;
  readonly column: string;
  readonly count: number;
  readonly by: number;
}

/** What one correction changed in the figures. */
export interface Changes {
  /** New minus old labelled F1 of each model that has both. */
  readonly f1: ReadonlyMap<ModelSource, number>;
  readonly cells: readonly ChangedCell[];
  /** The same in words, for who does not see it. */
  readonly said: string;
}

/** What stands for a matrix in `ChangedCell`. */
function nameOf({ rowSource, columnSource, level }: Matrix): string {
  return `${rowSource} ${columnSource} ${level}`;
}

/**
 * What changed from one state to the next by a person's decision; null where the two cannot be compared (another document,
 * scheme, level or reading, or new answers of a model) or no figure changed.
 */
export function changesBetween(before: PanelState | null, after: PanelState): Changes | null {
  if (before === null || !comparable(before, after)) return null;
  const f1 = new Map<ModelSource, number>();
  for (const { source, labelled } of after.systems) {
    const old = before.systems.find((system) => system.source === source)?.labelled.f1 ?? null;
    if (old !== null && labelled.f1 !== null && old !== labelled.f1) f1.set(source, labelled.f1 - old);
  }
  const cells = after.matrices.flatMap((matrix) => {
    const old = before.matrices.find((other) => nameOf(other) === nameOf(matrix));
    return old === undefined ? [] : changedCells(old, matrix);
  });
  if (f1.size + cells.length === 0) return null;
  return { f1, cells, said: wordsOf(after, f1, cells) };
}

function comparable(before: PanelState, after: PanelState): boolean {
  const predicted = (state: PanelState): string => state.models.map((model) => String(model.predicted)).join(' ');
  return (
    before.document?.name === after.document?.name &&
    before.document?.goldName === after.document?.goldName &&
    before.scheme === after.scheme &&
    before.policy === after.policy &&
    before.matrixLevel === after.matrixLevel &&
    predicted(before) === predicted(after)
  );
}

function changedCells(old: Matrix, now: Matrix): ChangedCell[] {
  const countBefore = (row: string, column: string): number =>
    old.counts[old.rows.indexOf(row)]?.[old.columns.indexOf(column)] ?? 0;
  return now.rows.flatMap((row, r) =>
    now.columns.flatMap((column, c) => {
      const count = now.counts[r]?.[c] ?? 0;
      const by = count - countBefore(row, column);
      return by === 0 ? [] : [{ matrix: nameOf(now), row, column, count, by }];
    }),
  );
}

/** At most this many cells are read out: more is noise. */
const SPOKEN_CELLS = 3;

function wordsOf(state: PanelState, f1: Changes['f1'], cells: readonly ChangedCell[]): string {
  const figures = state.systems
    .filter(({ source }) => f1.has(source))
    .map(
      ({ source, labelled }) =>
        `${SOURCE_NAMES[source]} F1 ${ratioText(labelled.f1)}, ${differenceText(f1.get(source) ?? 0)}`,
    );
  const entities = cells.filter(({ row, column }) => row !== 'O' || column !== 'O');
  const spoken = entities.slice(0, SPOKEN_CELLS).map(({ matrix, row, column, count, by }) => {
    const [rowSource = 'gold', columnSource = 'bert'] = matrix.split(' ') as Matrix['rowSource'][];
    const how =
      by === 1 ? 'one more' : by === -1 ? 'one fewer' : by > 0 ? `${String(by)} more` : `${String(-by)} fewer`;
    return `${SOURCE_NAMES[rowSource]} ${row}, ${SOURCE_NAMES[columnSource]} ${column}: ${String(count)}, ${how}`;
  });
  const rest = entities.length - spoken.length;
  return [...figures, ...spoken, ...(rest > 0 ? [`${counted(rest, 'more cell')} changed`] : [])].join('. ');
}

/** The changed cells of one matrix, as `row|column`. */
export function cellsOf(changes: Changes | null, matrix: Matrix): ReadonlySet<string> {
  const name = nameOf(matrix);
  const cells = changes?.cells ?? [];
  return new Set(cells.filter((cell) => cell.matrix === name).map(({ row, column }) => `${row}|${column}`));
}
