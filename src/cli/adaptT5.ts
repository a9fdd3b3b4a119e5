import { tagRenamer } from '../core/classification.ts';
import { toLabels } from '../core/learning/adaptation.ts';
import type { Lesson } from '../core/learning/evidence.ts';
import { nearestSentences, sentenceState, showable } from '../core/learning/nearestSentences.ts';
import type { Example } from '../core/prompt.ts';
import type { Layer } from '../core/span.ts';
import { Predictor } from '../node/models/predictor.ts';
import { ChannelError } from '../protocol/channel.ts';
import type { Disposable } from '../protocol/channel.ts';
import type { PredictorChoices } from './choices.ts';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';
import { predictorOptions } from './withPredictor.ts';

/** T5 with prompts that show the sentences nearest to the one that is asked about. It answers in labels that it knows, as they are called in the corpus. */
export class AdaptedT5 implements Disposable {
  readonly #predictor: Predictor;
  readonly #context: CliContext;
  readonly #k: number;
  readonly #toCorpus: Readonly<Record<string, string>>;
  readonly #toModel: (tag: string) => string;
  readonly #examples = new Map<string, readonly Example[]>();

  constructor(context: CliContext, choices: PredictorChoices, k: number, labels: readonly string[]) {
    this.#context = context;
    this.#k = k;
    const examplesFor = (words: readonly string[]): readonly Example[] => this.#examples.get(words.join('\n')) ?? [];
    this.#predictor = new Predictor(
      predictorOptions(context, { ...choices, asking: { ...choices.asking, k, examplesFor } }),
    );
    const known = this.#predictor.labels('t5');
    this.#toCorpus = toLabels(known, labels);
    const map = toLabels(labels, known);
    this.#toModel = tagRenamer(map);
  }

  /** Answers to sentences with examples from the lessons; `seconds` is the time that finding them took. */
  async answers(
    lessons: readonly Lesson[],
    test: readonly Lesson[],
  ): Promise<{ readonly layers: readonly Layer[]; readonly seconds: number }> {
    const started = performance.now();
    const candidates = lessons.flatMap((lesson) => showable(lesson) ?? []);
    this.#examples.clear();
    for (const { words, evidence } of test) {
      const state = sentenceState(evidence, words.length);
      const shown = nearestSentences(state, words, candidates, this.#k).flatMap(({ index }) => candidates[index] ?? []);
      this.#examples.set(
        words.join('\n'),
        shown.map((one) => ({ words: one.words, tags: one.tags.map(this.#toModel) })),
      );
    }
    const seconds = (performance.now() - started) / 1000;
    const layers: Layer[] = test.map(() => []);
    try {
      await this.#predictor.predict(
        't5',
        'full',
        test.map(({ words }) => words),
        {
          signal: this.#context.signal,
          remember: false,
          onBatch: (results) => {
            for (const [index, { layer }] of results)
              layers[index] = layer.flatMap((span) => {
                const label = this.#toCorpus[span.label] ?? 'O';
                return label === 'O' ? [] : [{ ...span, label }];
              });
          },
        },
      );
    } catch (error) {
      throw error instanceof ChannelError ? new CliError(error.message) : error;
    }
    return { layers, seconds };
  }

  dispose(): void {
    this.#predictor.dispose();
  }
}
