import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { SOURCE_NAMES } from '../../../src/core/span.ts';
import type { ModelSource } from '../../../src/core/span.ts';
import type { SystemScores } from '../../../src/protocol/panel.ts';
import type { ScoreRow } from '../../../src/protocol/panelDetails.ts';
import type { Sort } from '../state.ts';

/** What the table does when a column's header is pressed. */
export type SortBy = (by: Sort['by']) => void;

/** One row of the table: the same name in each system. */
interface NamedScores {
  readonly name: string;
  readonly scores: readonly (ScoreRow | undefined)[];
}

/** The rows of all systems, those of one name beside each other. */
export function byName(
  systems: readonly SystemScores[],
  pick: (system: SystemScores) => readonly ScoreRow[],
): NamedScores[] {
  const names = [...new Set(systems.flatMap((system) => pick(system).map(({ name }) => name)))];
  return names.map((name) => ({
    name,
    scores: systems.map((system) => pick(system).find((row) => row.name === name)),
  }));
}

/** Rows in the order that was asked for. */
export function sorted(
  rows: readonly NamedScores[],
  sort: Sort,
  systems: readonly SystemScores[],
): readonly NamedScores[] {
  if (sort.by === 'order') return rows;
  const turn = sort.descending ? -1 : 1;
  if (sort.by === 'name') return rows.toSorted((a, b) => turn * a.name.localeCompare(b.name, 'en'));
  const place = systems.findIndex(({ source }) => source === sort.by);
  // What is undefined stands last in either direction: it is neither good nor bad.
  const f1 = ({ scores }: NamedScores): number => scores[place]?.f1 ?? (sort.descending ? -1 : 2);
  return rows.toSorted((a, b) => turn * (f1(a) - f1(b)));
}

/** How a column is sorted, for screen readers. */
export function ariaSort(sort: Sort, by: Sort['by']): 'ascending' | 'descending' | 'none' {
  return sort.by !== by ? 'none' : sort.descending ? 'descending' : 'ascending';
}

/** A column’s heading, which sorts by it. */
export function sortButton(label: string, by: 'name' | ModelSource, sort: Sort, sortBy: SortBy): TemplateResult {
  const arrow = sort.by !== by ? '' : sort.descending ? ' ↓' : ' ↑';
  return html`<button
    class="sort"
    title=${`Sort by ${by === 'name' ? 'name' : `${SOURCE_NAMES[by]}'s F1`}`}
    @click=${() => {
      sortBy(by);
    }}
  >
    ${label}<span aria-hidden="true">${arrow}</span>
  </button>`;
}
