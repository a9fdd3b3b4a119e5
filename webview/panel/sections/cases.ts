import type * as v from 'valibot';
import type { Matrix, PanelFailures, panelHostContract, PanelState } from '../../../src/protocol/panel.ts';
import type { PanelChannel } from '../corrections.ts';
import type { CellRef } from '../../shared/matrixChoices.ts';
import type { CaseRef } from '../state.ts';
import { messageOf } from '../../../src/core/errorMessage.ts';

type Answer = v.InferOutput<(typeof panelHostContract.requests.cases)['result']>;
export type Case = Answer['cases'][number];
/** Tokens of a sentence that one can go to. */
export type Place = Pick<Case, 'sentence' | 'first' | 'end'>;

/** The cases of the opened cell: those of an older state stay in sight until the new ones have come. */
export interface CaseView {
  readonly cell: CaseRef;
  readonly total: number;
  readonly cases: readonly Case[];
  readonly loading: boolean;
  readonly problem: string | null;
}

/** As many as one looks through by hand. */
const CASE_LIMIT = 200;

/** Keeps the cases of one cell of a matrix, or of one failure, in step with the host's state. */
export class Cases {
  view: CaseView | null = null;
  #asked: AbortController | undefined;
  #basis = '';

  readonly #channel: PanelChannel;
  readonly #changed: () => void;
  readonly #found: (view: CaseView) => void;

  constructor(
    channel: PanelChannel,
    changed: () => void,
    /** Hears when a cell's cases have come for the first time. */
    found: (view: CaseView) => void,
  ) {
    this.#channel = channel;
    this.#changed = changed;
    this.#found = found;
  }

  /** Asks again where a new state has changed what the cell's matrix counts. */
  follow(cell: CaseRef | null, state: PanelState): void {
    if (cell === null ? this.view !== null : this.#basis !== basisOf(cell, state)) void this.show(cell, state);
  }

  /** Asks for the cases of a cell, until they are there; none where the state has no such cell any more. */
  async show(cell: CaseRef | null, state: PanelState): Promise<void> {
    this.#asked?.abort();
    this.#asked = undefined;
    this.#basis = cell === null ? '' : basisOf(cell, state);
    const request = cell === null ? undefined : this.#requestOf(cell, state);
    if (cell === null || request === undefined) {
      this.#set(null);
      return;
    }
    const before = this.view !== null && sameCell(this.view.cell, cell) ? this.view : undefined;
    const known = before ?? { total: 0, cases: [] };
    this.#set({ cell, total: known.total, cases: known.cases, loading: true, problem: null });
    const asked = new AbortController();
    this.#asked = asked;
    await request(asked.signal).then(
      ({ total, cases }) => {
        if (asked.signal.aborted) return;
        const view: CaseView = { cell, total, cases, loading: false, problem: null };
        this.#set(view);
        if (before === undefined) this.#found(view);
      },
      (error: unknown) => {
        const problem = messageOf(error);
        if (!asked.signal.aborted) this.#set({ cell, total: 0, cases: [], loading: false, problem });
      },
    );
  }

  /** How to ask for the cases; undefined where the state has no such cell or failure any more. */
  #requestOf(cell: CaseRef, state: PanelState): ((signal: AbortSignal) => Promise<Answer>) | undefined {
    if ('mode' in cell) {
      if (failuresOf(cell.source, state) === undefined) return undefined;
      return (signal) => this.#channel.request('failureCases', { ...cell, limit: CASE_LIMIT }, signal);
    }
    const place = placeOf(cell, state);
    const { rowSource, columnSource, level } = cell;
    if (place === undefined) return undefined;
    return (signal) =>
      this.#channel.request('cases', { rowSource, columnSource, level, ...place, limit: CASE_LIMIT }, signal);
  }

  #set(view: CaseView | null): void {
    this.view = view;
    this.#changed();
  }
}

export function sameCell(a: CaseRef, b: CaseRef): boolean {
  if ('mode' in a || 'mode' in b) return 'mode' in a && 'mode' in b && a.source === b.source && a.mode === b.mode;
  return (
    a.rowSource === b.rowSource &&
    a.columnSource === b.columnSource &&
    a.level === b.level &&
    a.row === b.row &&
    a.column === b.column
  );
}

function matrixOf(cell: CellRef, state: PanelState): Matrix | undefined {
  return state.matrices.find(
    ({ rowSource, columnSource, level }) =>
      rowSource === cell.rowSource && columnSource === cell.columnSource && level === cell.level,
  );
}

function failuresOf(source: PanelFailures['source'], state: PanelState): PanelFailures | undefined {
  return state.failures.find((one) => one.source === source);
}

/** What the list depends on: the counts, and the numbering of the sentences. */
function basisOf(cell: CaseRef, state: PanelState): string {
  const counts = 'mode' in cell ? failuresOf(cell.source, state) : matrixOf(cell, state);
  return JSON.stringify([state.document?.name, state.counts.sentences, counts]);
}

function placeOf(cell: CellRef, state: PanelState): { row: number; column: number } | undefined {
  const matrix = matrixOf(cell, state);
  const row = matrix?.rows.indexOf(cell.row) ?? -1;
  const column = matrix?.columns.indexOf(cell.column) ?? -1;
  return row < 0 || column < 0 ? undefined : { row, column };
}
