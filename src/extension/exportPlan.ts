import type { Layer, ModelSource } from '../core/span.ts';
import { sourceNames } from './layers.ts';
import type { SessionSentence } from './session.ts';

/** The formats that a corpus can be exported to. */
export type ExportFormat = 'iob2' | 'jsonl';

/** What stands in for gold where a sentence has none. */
export type ExportFill = 'none' | ModelSource;

/** A sentence to be written: its layer, and who decided each token (undefined where that is not known). */
export interface ExportSentence {
  readonly sentence: SessionSentence;
  readonly layer: Layer;
  readonly source: 'gold' | ModelSource;
}

/** What an export holds, and what it leaves out. */
export interface ExportPlan {
  readonly sentences: readonly ExportSentence[];
  readonly gold: number;
  readonly filled: number;
  /** Sentences without gold and without an answer of the chosen model. */
  readonly left: number;
}

/** Chooses what to write: gold, and where there is none what the chosen model says by sentence index (in the full scheme). */
export function planExport(
  sentences: readonly SessionSentence[],
  fill: ExportFill,
  filling: ReadonlyMap<number, Layer>,
): ExportPlan {
  const chosen: ExportSentence[] = [];
  for (const [index, sentence] of sentences.entries()) {
    const layer = filling.get(index);
    if (sentence.gold !== null) chosen.push({ sentence, layer: sentence.gold, source: 'gold' });
    else if (fill !== 'none' && layer !== undefined) chosen.push({ sentence, layer, source: fill });
  }
  const gold = chosen.filter(({ source }) => source === 'gold').length;
  const filled = chosen.length - gold;
  return { sentences: chosen, gold, filled, left: sentences.length - chosen.length };
}

/** What was written, for people. */
export function exportSummary(plan: ExportPlan, fill: ExportFill, file: string): string {
  const count = (number: number): string => (number === 1 ? '1 sentence' : `${String(number)} sentences`);
  const spans = plan.sentences.reduce((sum, { layer }) => sum + layer.length, 0);
  const filled = fill === 'none' ? '' : `, ${String(plan.filled)} filled from ${sourceNames[fill]}`;
  const left = plan.left === 0 ? '' : ` ${count(plan.left)} without gold ${plan.left === 1 ? 'was' : 'were'} left out.`;
  const entities = spans === 1 ? '1 entity' : `${String(spans)} entities`;
  return `Wrote ${count(plan.sentences.length)} with ${entities} to ${file}: ${String(plan.gold)} gold${filled}.${left}`;
}
