import { certaintySteps } from '../../core/certainty.ts';
import type { Certainty, CertaintyOptions, PairedSentence } from '../../core/certainty.ts';
import { inScheme } from '../../core/compare.ts';
import type { Tagged } from '../../core/compare.ts';
import { sameSpan } from '../../core/span.ts';
import type { Steps } from '../../core/steps.ts';
import type { Tally } from '../../core/tally.ts';
import type { PanelCertainty } from '../../protocol/panel.ts';
import { answerOf } from '../document/layers.ts';
import type { SessionSentence } from '../document/session.ts';
import { Background } from '../base/background.ts';
import type { BackgroundOptions } from '../base/background.ts';
import { ByReading } from './reading.ts';
import type { Reading } from './reading.ts';

type Counted = Pick<SessionSentence, 'tokens' | 'gold' | 'tags' | 'predictions' | 'documentId'>;

/** When and how certainty is worked out. */
export type LiveOptions = CertaintyOptions & BackgroundOptions;

const defaults: CertaintyOptions = { seed: 1, draws: 1000, rounds: 10_000 };

/** Sentences that are counted between two looks at the clock. */
const STRIDE = 32;

const known = new ByReading<Counted, PairedSentence>();

/** The exact matches of labelled spans; null without an answer. */
export function labelledTally(
  reference: Tagged,
  answer: Tagged | undefined,
  { scheme, policy }: Reading,
): Tally | null {
  if (answer === undefined) return null;
  const gold = inScheme(reference, scheme, policy).layer;
  const predicted = inScheme(answer, scheme, policy).layer;
  const correct = predicted.filter((span) => gold.some((other) => sameSpan(span, other))).length;
  return { correct, predicted: predicted.length, gold: gold.length };
}

/** What a sentence with gold adds to the certainty of the figures, undefined without gold; remembered by the sentence's identity. */
export function pairedSentence(sentence: Counted, reading: Reading): PairedSentence | undefined {
  const reference = answerOf(sentence, 'gold');
  if (reference === undefined) return undefined;
  return known.get(sentence, reading, () => {
    const bert = labelledTally(reference, answerOf(sentence, 'bert'), reading);
    const t5 = labelledTally(reference, answerOf(sentence, 't5'), reading);
    return { documentId: sentence.documentId, answers: { bert, t5 } };
  });
}

/** How certain the figures of a changing document are, worked out in slices while nothing changes; until then it is pending. */
export class LiveCertainty {
  readonly #options: CertaintyOptions;
  readonly #background: Background<PanelCertainty>;
  #last: { readonly basis: readonly PairedSentence[]; readonly shown: PanelCertainty } | undefined;

  constructor(changed: () => void, options: Partial<LiveOptions> = {}) {
    this.#options = { ...defaults, ...options };
    this.#background = new Background(changed, options);
  }

  /** What is known for these very sentences; where that is nothing, it is begun and `changed` is called at its end. */
  of(sentences: readonly Counted[], reading: Reading): PanelCertainty {
    const { scheme, policy } = reading;
    const known = this.#background.of([sentences, scheme, policy], () => this.#steps(sentences, reading));
    return known ?? { state: 'pending' };
  }

  dispose(): void {
    this.#background.dispose();
  }

  *#steps(sentences: readonly Counted[], reading: Reading): Steps<PanelCertainty> {
    const basis: PairedSentence[] = [];
    for (const [index, sentence] of sentences.entries()) {
      const paired = pairedSentence(sentence, reading);
      if (paired !== undefined) basis.push(paired);
      if (index % STRIDE === 0) yield;
    }
    if (this.#last !== undefined && sameBasis(basis, this.#last.basis)) return this.#last.shown;
    const shown = panelCertainty(yield* certaintySteps(basis, this.#options), this.#options);
    this.#last = { basis, shown };
    return shown;
  }
}

function sameBasis(a: readonly PairedSentence[], b: readonly PairedSentence[]): boolean {
  return a.length === b.length && a.every((one, index) => samePair(one, b[index]));
}

function samePair(a: PairedSentence, b: PairedSentence | undefined): boolean {
  if (a === b) return true;
  return (
    b !== undefined &&
    a.documentId === b.documentId &&
    sameTally(a.answers.bert, b.answers.bert) &&
    sameTally(a.answers.t5, b.answers.t5)
  );
}

function sameTally(a: Tally | null, b: Tally | null): boolean {
  if (a === null || b === null) return a === b;
  return a.correct === b.correct && a.predicted === b.predicted && a.gold === b.gold;
}

function panelCertainty({ models, difference }: Certainty, { seed, draws }: CertaintyOptions): PanelCertainty {
  const borders = (interval: { low: number; high: number } | null): { low: number; high: number } | null =>
    interval === null ? null : { low: interval.low, high: interval.high };
  return {
    ...{ state: 'done', seed, draws },
    models: models.map((model) => ({ ...model, interval: borders(model.interval) })),
    difference:
      difference === null
        ? null
        : {
            ...{ unit: difference.unit, units: difference.units, sentences: difference.sentences },
            ...{ value: difference.test.difference, interval: borders(difference.interval) },
            ...{ p: difference.test.p, exact: difference.test.exact, rounds: difference.test.rounds },
          },
  };
}
