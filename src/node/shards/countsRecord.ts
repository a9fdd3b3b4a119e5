import * as v from 'valibot';
import type { Cells, Counts } from '../../core/counts.ts';
import type { VerdictKind } from '../../core/pairing.ts';
import type { Tally } from '../../core/tally.ts';
import { indexSchema } from '../../protocol/schemas.ts';

// Pairs and no objects: a label may be called `__proto__`.
const histogramSchema = v.array(v.tuple([v.string(), indexSchema]));
const cellsSchema = v.array(v.tuple([v.string(), histogramSchema]));
const talliesSchema = v.array(
  v.tuple([v.string(), v.object({ correct: indexSchema, predicted: indexSchema, gold: indexSchema })]),
);
const verdictKinds = ['correct', 'label', 'border', 'both', 'missed', 'spurious'] as const satisfies VerdictKind[];

/** Counts as JSON. */
export const countsSchema = v.object({
  sentences: indexSchema,
  tokens: indexSchema,
  tokenCells: cellsSchema,
  labels: talliesSchema,
  strictLabels: talliesSchema,
  verdicts: v.array(v.tuple([v.picklist(verdictKinds), indexSchema])),
  spanCells: cellsSchema,
});
export type CountsRecord = v.InferOutput<typeof countsSchema>;

/** Counts in a form that JSON keeps; their names in order, so that the same counts are the same bytes. */
export function recordOfCounts(counts: Counts): CountsRecord {
  const { sentences, tokens } = counts;
  return {
    ...{ sentences, tokens },
    tokenCells: recordOfCells(counts.tokenCells),
    labels: sorted(counts.labels).map(([label, tally]) => [label, { ...tally }]),
    strictLabels: sorted(counts.strictLabels).map(([label, tally]) => [label, { ...tally }]),
    verdicts: sorted(counts.verdicts).map(([kind, count]) => [kind, count]),
    spanCells: recordOfCells(counts.spanCells),
  };
}

/** The counts that such a record holds. */
export function countsOfRecord(record: CountsRecord): Counts {
  const { sentences, tokens } = record;
  const tallies = (pairs: CountsRecord['labels']): ReadonlyMap<string, Tally> => new Map(pairs);
  return {
    ...{ sentences, tokens },
    tokenCells: cellsOf(record.tokenCells),
    labels: tallies(record.labels),
    strictLabels: tallies(record.strictLabels),
    verdicts: new Map(record.verdicts),
    spanCells: cellsOf(record.spanCells),
  };
}

function sorted<Key extends string, Value>(map: ReadonlyMap<Key, Value>): readonly (readonly [Key, Value])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function recordOfCells(cells: Cells): CountsRecord['tokenCells'] {
  return sorted(cells).map(([row, columns]) => [row, sorted(columns).map(([column, count]) => [column, count])]);
}

function cellsOf(record: CountsRecord['tokenCells']): Cells {
  return new Map(record.map(([row, columns]) => [row, new Map(columns)]));
}
