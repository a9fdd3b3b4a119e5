import { inScheme } from '../../core/compare.ts';
import type { Tagged } from '../../core/compare.ts';
import {
  CLASSIFIER_FAULTS,
  ERROR_MODES,
  GENERATOR_FAULTS,
  errorsOf,
  failureProfile,
  faultsOf,
} from '../../core/failure.ts';
import type { FailureCase, FailureMode } from '../../core/failure.ts';
import { addHistogram } from '../../core/histogram.ts';
import type { Histogram } from '../../core/histogram.ts';
import type { Layer, ModelSource } from '../../core/span.ts';
import type { PanelFailures } from '../../protocol/panel.ts';
import { answerOf } from '../document/layers.ts';
import type { Layered } from '../document/layers.ts';
import type { Reading } from './reading.ts';

/** The modes that each family can show, in the order in which they are shown. */
const modesOf: Readonly<Record<ModelSource, readonly FailureMode[]>> = {
  bert: [...ERROR_MODES, ...CLASSIFIER_FAULTS],
  t5: [...ERROR_MODES, ...GENERATOR_FAULTS],
};

/** How a model fails in a sentence: against gold where there is some, and in its raw output. */
export function sentenceFailures(
  sentence: Layered,
  source: ModelSource,
  { scheme, policy }: Reading,
): readonly FailureCase[] {
  const prediction = sentence.predictions[source];
  if (prediction === undefined) return [];
  const gold = answerOf(sentence, 'gold');
  const read = (tagged: Tagged): Layer => inScheme(tagged, scheme, policy).layer;
  const errors = gold === undefined ? [] : errorsOf(read(gold), read(prediction));
  return [...errors, ...faultsOf(prediction, sentence.tokens.length)];
}

/** How often each failure happened to a model in these sentences. */
export function failureCounts(sentences: readonly Layered[], source: ModelSource, reading: Reading): Histogram {
  return sentences.reduce<Histogram>((sum, sentence) => {
    const found = sentenceFailures(sentence, source, reading);
    return found.length === 0 ? sum : addHistogram(sum, failureProfile(found));
  }, new Map());
}

/** The counts of every mode that a model's family can show, also of those that never happened. */
export function panelFailures(
  source: ModelSource,
  counts: Histogram,
  sentences: { readonly predicted: number; readonly gold: number },
): PanelFailures {
  return { source, ...sentences, modes: modesOf[source].map((mode) => ({ mode, count: counts.get(mode) ?? 0 })) };
}
