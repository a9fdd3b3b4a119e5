import { bootstrapUnits, unitKind } from '../../core/report/buildReport.ts';
import { inScheme } from '../../core/compare.ts';
import type { Tagged } from '../../core/compare.ts';
import type { Prediction } from '../../core/prediction.ts';
import { seededRandom } from '../../core/random.ts';
import { decode, simplify } from '../../core/scheme.ts';
import type { Scheme } from '../../core/scheme.ts';
import { bootstrapDifferenceSteps, randomisationSteps } from '../../core/significance.ts';
import type { Steps } from '../../core/steps.ts';
import type { ModelSource } from '../../core/span.ts';
import { addTally, EMPTY_TALLY, scoreOf } from '../../core/tally.ts';
import type { Tally } from '../../core/tally.ts';
import type { PanelDifference, PanelSchemes } from '../../protocol/panelDetails.ts';
import { answerOf } from '../document/layers.ts';
import type { SessionSentence } from '../document/session.ts';
import { labelledTally } from './certainty.ts';
import type { Reading } from './reading.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

type Row = NonNullable<PanelSchemes['models']>[number];

/** What a model says of a sentence in a scheme, where that is known. */
export type PredictionIn = (sentence: SessionSentence, source: ModelSource, scheme: Scheme) => Prediction | undefined;

/** One sentence that a model has predicted in both schemes. */
interface Compared {
  readonly documentId: string | undefined;
  readonly full: Tally;
  readonly unlabelled: Tally;
  readonly fullSimplified: Tally;
  readonly simplified: Tally;
}

const options = { draws: 1000, rounds: 10_000, seed: 1 } as const;

/** The full model against the simplified one, sentence by sentence and then draw by draw. */
export function* schemeSteps(
  sentences: readonly SessionSentence[],
  policy: Reading['policy'],
  predictionIn: PredictionIn,
): Steps<Row[]> {
  const rows: Row[] = [];
  for (const source of MODEL_SOURCES) {
    const compared: Compared[] = [];
    const joined = { gold: 0, predicted: 0 };
    let gold = 0;
    for (const sentence of sentences) {
      yield;
      const reference = answerOf(sentence, 'gold');
      if (reference === undefined) continue;
      gold++;
      const full = predictionIn(sentence, source, 'full');
      const simplified = predictionIn(sentence, source, 'simplified');
      if (full === undefined || simplified === undefined) continue;
      compared.push({ documentId: sentence.documentId, ...talliesOf(reference, full, simplified, policy) });
      joined.gold += joinedSpans(reference, policy);
      joined.predicted += joinedSpans(full, policy);
    }
    const f1 = (reading: 'full' | 'unlabelled' | 'fullSimplified' | 'simplified'): number | null =>
      scoreOf(compared.reduce((sum, one) => addTally(sum, one[reading]), EMPTY_TALLY)).f1;
    rows.push({
      ...{ source, gold, sentences: compared.length },
      ...{ fullLabelled: f1('full'), fullUnlabelled: f1('unlabelled') },
      ...{ fullSimplified: f1('fullSimplified'), simplified: f1('simplified') },
      ...{ joinedGold: joined.gold, joinedPredicted: joined.predicted },
      difference: yield* differenceSteps(compared),
    });
  }
  return rows;
}

function talliesOf(
  reference: Tagged,
  full: Tagged,
  simplified: Tagged,
  policy: Reading['policy'],
): Omit<Compared, 'documentId'> {
  const labelled = (answer: Tagged, scheme: Scheme): Tally =>
    labelledTally(reference, answer, { scheme, policy }) ?? EMPTY_TALLY;
  const gold = inScheme(reference, 'full', policy).layer;
  const predicted = inScheme(full, 'full', policy).layer;
  const sameBorders = predicted.filter((span) =>
    gold.some(({ first, end }) => first === span.first && end === span.end),
  ).length;
  return {
    full: labelled(full, 'full'),
    unlabelled: { correct: sameBorders, predicted: predicted.length, gold: gold.length },
    fullSimplified: labelled(full, 'simplified'),
    simplified: labelled(simplified, 'simplified'),
  };
}

/** How many spans are lost when labels are dropped, as each grows together with its neighbour. */
function joinedSpans({ tags }: Tagged, policy: Reading['policy']): number {
  return Math.max(0, decode(tags, policy).layer.length - simplify(tags, policy).layer.length);
}

function* differenceSteps(compared: readonly Compared[]): Steps<PanelDifference | null> {
  const units = (reading: 'fullSimplified' | 'simplified'): readonly Tally[] =>
    bootstrapUnits(
      compared.map((one) => ({ documentId: one.documentId, labelled: one[reading] })),
      'labelled',
    );
  const [simplified, full] = [units('simplified'), units('fullSimplified')];
  if (simplified.length < 2) return null;
  const { seed, draws, rounds } = options;
  const test = yield* randomisationSteps(simplified, full, { random: seededRandom(seed), rounds });
  const interval = yield* bootstrapDifferenceSteps(simplified, full, { random: seededRandom(seed), draws });
  if (test === null) return null;
  return {
    ...{ unit: unitKind(compared), units: simplified.length, sentences: compared.length },
    ...{ value: test.difference, p: test.p, exact: test.exact, rounds: test.rounds },
    interval: interval === null ? null : { low: interval.low, high: interval.high },
  };
}
