import type { ModelSource } from '../../core/span.ts';

/** How many sentences one batch has at first and at most, and how long one should take where that is known. */
export interface BatchSizes {
  readonly first: number;
  readonly most: number;
  readonly milliseconds?: number;
}

/** A classifier does many at once, a generator one after the other. */
const LOCAL: Readonly<Record<ModelSource, BatchSizes>> = {
  bert: { first: 16, most: 128 },
  t5: { first: 2, most: 16 },
};
/** A server works on many at once: enough of them that it is seldom waited for. */
const SERVED: BatchSizes = { first: 128, most: 1024, milliseconds: 2_000 };

/** The batches of a family's model, on this machine or on a server. */
export function batchSizes(source: ModelSource, served: boolean): BatchSizes {
  return served ? SERVED : LOCAL[source];
}
