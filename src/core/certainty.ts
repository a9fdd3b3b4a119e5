import { bootstrapUnits, unitKind } from './report/buildReport.ts';
import { seededRandom } from './random.ts';
import { bootstrapDifferenceSteps, bootstrapF1Steps, randomisationSteps } from './significance.ts';
import type { BootstrapOptions, Interval, RandomisationTest } from './significance.ts';
import type { Steps } from './steps.ts';
import type { ModelSource } from './span.ts';
import type { Tally } from './tally.ts';

/** One sentence with gold: its document, and the exact matches of each model's labelled spans, null where the model has not predicted it. */
export interface PairedSentence {
  readonly documentId: string | undefined;
  readonly answers: Readonly<Record<ModelSource, Tally | null>>;
}

/** What a figure rests on. */
export interface Basis {
  /** What is drawn: documents where there are two or more, else sentences. */
  readonly unit: 'document' | 'sentence';
  readonly units: number;
  readonly sentences: number;
}

/** How sure a model's labelled span F1 is; the interval is null for fewer than two units. */
export interface ModelCertainty extends Basis {
  readonly source: ModelSource;
  readonly interval: Interval | null;
}

/** BERT's labelled span F1 minus T5's, over the sentences that both predicted. */
export interface DifferenceCertainty extends Basis {
  readonly test: RandomisationTest;
  readonly interval: Interval | null;
}

/** How sure the figures of both models are, and their difference: null where fewer than two units have gold and both models. */
export interface Certainty {
  readonly models: readonly ModelCertainty[];
  readonly difference: DifferenceCertainty | null;
}

/** How certainty is drawn; each figure has a stream of its own from the seed. */
export interface CertaintyOptions {
  readonly seed: number;
  readonly draws: number;
  readonly rounds: number;
}

/** Works out intervals and the paired test in steps of one draw or round. */
export function* certaintySteps(sentences: readonly PairedSentence[], options: CertaintyOptions): Steps<Certainty> {
  const { seed, draws, rounds } = options;
  const drawn = (): BootstrapOptions => ({ random: seededRandom(seed), draws });
  const models: ModelCertainty[] = [];
  for (const source of ['bert', 't5'] as const) {
    const answered = sentences.flatMap(({ documentId, answers }) => {
      const labelled = answers[source];
      return labelled === null ? [] : [{ documentId, labelled }];
    });
    if (answered.length === 0) continue;
    const units = bootstrapUnits(answered, 'labelled');
    const basis: Basis = { unit: unitKind(answered), units: units.length, sentences: answered.length };
    models.push({ source, ...basis, interval: yield* bootstrapF1Steps(units, drawn()) });
  }
  const both = sentences.flatMap(({ documentId, answers: { bert, t5 } }) =>
    bert === null || t5 === null ? [] : [{ documentId, bert, t5 }],
  );
  const side = (source: ModelSource): readonly Tally[] =>
    bootstrapUnits(
      both.map((one) => ({ documentId: one.documentId, labelled: one[source] })),
      'labelled',
    );
  const [bert, t5] = [side('bert'), side('t5')];
  if (bert.length < 2) return { models, difference: null };
  const test = yield* randomisationSteps(bert, t5, { random: seededRandom(seed), rounds });
  if (test === null) return { models, difference: null };
  const interval = yield* bootstrapDifferenceSteps(bert, t5, drawn());
  const basis: Basis = { unit: unitKind(both), units: bert.length, sentences: both.length };
  return { models, difference: { ...basis, test, interval } };
}
