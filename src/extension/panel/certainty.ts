import { certaintySteps } from '../../core/certainty.ts';
import type { Certainty, CertaintyOptions, PairedSentence } from '../../core/certainty.ts';
import { inScheme } from '../../core/compare.ts';
import type { Tagged } from '../../core/compare.ts';
import type { Scheme } from '../../core/scheme.ts';
import { sameSpan } from '../../core/span.ts';
import type { Steps } from '../../core/steps.ts';
import type { Tally } from '../../core/tally.ts';
import type { PanelCertainty } from '../../protocol/panel.ts';
import { answerOf } from '../layers.ts';
import type { SessionSentence } from '../session.ts';
import { SLICE_MS } from '../slices.ts';

type Counted = Pick<SessionSentence, 'tokens' | 'gold' | 'tags' | 'predictions' | 'documentId'>;

/** When and how certainty is worked out. */
export interface LiveOptions extends CertaintyOptions {
  /** Milliseconds without a change before it begins. */
  readonly delay: number;
  /** Milliseconds that it may take at a time before others get their turn. */
  readonly slice: number;
}

const defaults: LiveOptions = { seed: 1, draws: 1000, rounds: 10_000, delay: 400, slice: SLICE_MS };

/** Sentences that are counted between two looks at the clock. */
const stride = 32;

const known = {
  full: new WeakMap<Counted, PairedSentence>(),
  simplified: new WeakMap<Counted, PairedSentence>(),
};

function tallyOf(reference: Tagged, answer: Tagged | undefined, scheme: Scheme): Tally | null {
  if (answer === undefined) return null;
  const gold = inScheme(reference, scheme).layer;
  const predicted = inScheme(answer, scheme).layer;
  const correct = predicted.filter((span) => gold.some((other) => sameSpan(span, other))).length;
  return { correct, predicted: predicted.length, gold: gold.length };
}

/** What a sentence with gold adds to the certainty of the figures, undefined without gold; remembered by the sentence's identity. */
export function pairedSentence(sentence: Counted, scheme: Scheme): PairedSentence | undefined {
  const reference = answerOf(sentence, 'gold');
  if (reference === undefined) return undefined;
  const found = known[scheme].get(sentence);
  if (found !== undefined) return found;
  const { documentId } = sentence;
  const bert = tallyOf(reference, answerOf(sentence, 'bert'), scheme);
  const t5 = tallyOf(reference, answerOf(sentence, 't5'), scheme);
  const paired: PairedSentence = { documentId, answers: { bert, t5 } };
  known[scheme].set(sentence, paired);
  return paired;
}

/** How certain the figures of a changing document are, worked out in slices while nothing changes; until then it is pending. */
export class LiveCertainty {
  private readonly options: LiveOptions;
  private sentences: readonly Counted[] = [];
  private scheme: Scheme = 'full';
  private shown: PanelCertainty = { state: 'pending' };
  private last: { readonly basis: readonly PairedSentence[]; readonly shown: PanelCertainty } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly changed: () => void,
    options: Partial<LiveOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
  }

  /** What is known for these very sentences; where that is nothing, it is begun and `changed` is called at its end. */
  of(sentences: readonly Counted[], scheme: Scheme): PanelCertainty {
    if (sentences === this.sentences && scheme === this.scheme) return this.shown;
    this.sentences = sentences;
    this.scheme = scheme;
    this.shown = { state: 'pending' };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.run(this.steps(sentences, scheme));
    }, this.options.delay);
    return this.shown;
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private run(steps: Steps<PanelCertainty>): void {
    const begin = performance.now();
    do {
      const step = steps.next();
      if (step.done === true) {
        this.shown = step.value;
        this.changed();
        return;
      }
    } while (performance.now() - begin < this.options.slice);
    this.timer = setTimeout(() => {
      this.run(steps);
    }, 0);
  }

  private *steps(sentences: readonly Counted[], scheme: Scheme): Steps<PanelCertainty> {
    const basis: PairedSentence[] = [];
    for (const [index, sentence] of sentences.entries()) {
      const paired = pairedSentence(sentence, scheme);
      if (paired !== undefined) basis.push(paired);
      if (index % stride === 0) yield;
    }
    if (this.last !== undefined && sameBasis(basis, this.last.basis)) return this.last.shown;
    const shown = panelCertainty(yield* certaintySteps(basis, this.options), this.options);
    this.last = { basis, shown };
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
