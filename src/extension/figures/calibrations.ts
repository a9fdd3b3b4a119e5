import { BINS, binSamples, confidenceSamples, expectedCalibrationError, reliability } from '../../core/calibration.ts';
import type { ConfidenceBin } from '../../core/calibration.ts';
import { inScheme } from '../../core/compare.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import type { PanelCalibration } from '../../protocol/panelDetails.ts';
import { answerOf } from '../document/layers.ts';
import type { Layered } from '../document/layers.ts';
import type { Adding } from '../base/runningSum.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** A bin whose sum of confidences is a whole number of millionths, so that what was added can be taken away without a rest. */
interface WholeBin {
  count: number;
  confidence: number;
  correct: number;
}

/** The confidences of each model by bin. */
export type Bins = Readonly<Record<ModelSource, readonly WholeBin[]>>;

const WHOLE = 1_000_000;

/** How the confidences of sentences add up, over the tokens that are not O on both sides. */
export function addingBins(scheme: Scheme): Adding<Layered, Bins> {
  const add = (bins: Bins, sentence: Layered, sign: 1 | -1): void => {
    const reference = answerOf(sentence, 'gold');
    if (reference === undefined) return;
    const gold = inScheme(reference, scheme).tags;
    for (const source of MODEL_SOURCES) {
      const prediction = sentence.predictions[source];
      if (prediction === undefined) continue;
      const { tags } = inScheme(prediction, scheme);
      const found = binSamples(confidenceSamples(gold, tags, prediction.probabilities, true), BINS);
      found.forEach(({ count, confidence, correct }, index) => {
        const bin = bins[source][index];
        if (bin === undefined) return;
        bin.count += sign * count;
        bin.confidence += sign * Math.round(confidence * WHOLE);
        bin.correct += sign * correct;
      });
    }
  };
  return {
    nothing: () => ({ bert: noBins(), t5: noBins() }),
    add: (bins, sentences, sign) => {
      for (const sentence of sentences) add(bins, sentence, sign);
      return bins;
    },
  };
}

function noBins(): WholeBin[] {
  return Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, correct: 0 }));
}

/** The calibration of the models that have samples. */
export function calibrationRows(bins: Bins): PanelCalibration['models'] {
  return MODEL_SOURCES.flatMap((source) => {
    const own = bins[source].map((bin): ConfidenceBin => ({ ...bin, confidence: bin.confidence / WHOLE }));
    const tokens = own.reduce((sum, { count }) => sum + count, 0);
    if (tokens === 0) return [];
    return [{ source, tokens, error: expectedCalibrationError(own), points: [...reliability(own)] }];
  });
}
