import { taggedOfTags } from '../../../src/core/compare.ts';
import { countSentence, sumCounts } from '../../../src/core/counts.ts';
import { evaluator } from '../../../src/core/evaluation.ts';
import type { ComparedSentence, Evaluation } from '../../../src/core/evaluation.ts';
import { encode } from '../../../src/core/scheme.ts';
import type { IllegalPolicy, Scheme } from '../../../src/core/scheme.ts';
import type { Layer } from '../../../src/core/span.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ReportCorpusInput, ReportInput } from '../../../src/core/report/report.ts';

export const LABELS = ['PER', 'ORG', 'LOC'];

/** A made-up sentence whose gold the answers follow with errors at a rate. */
export interface MadeSentence {
  readonly forms: readonly string[];
  readonly gold: Layer;
  readonly documentId: string;
}

/** Made-up sentences, the same for the same seed. */
export function madeCorpus(seed: number, sentences: number): readonly MadeSentence[] {
  const random = seededRandom(seed);
  const names = ['Obama', 'New', 'York', 'IBM', 'lima', 'NATO', 'Ann'];
  return Array.from({ length: sentences }, (_, index) => {
    const length = 6 + Math.floor(random() * 20);
    const forms = Array.from({ length }, (_one, at) => (random() < 0.3 ? names[at % names.length]! : `word${at}`));
    const first = Math.floor(random() * 3);
    const second = first + 3 + Math.floor(random() * 2);
    const gold = [
      { first, end: first + 1 + Math.floor(random() * 2), label: LABELS[Math.floor(random() * 3)]! },
      { first: second, end: second + 1, label: LABELS[Math.floor(random() * 3)]! },
    ].slice(Math.floor(random() * 3));
    return { forms, gold, documentId: `document ${Math.floor(index / 5)}` };
  });
}

/** A made-up answer's tags: each tag of gold is another one at this rate. */
export function madeTags({ gold, forms }: MadeSentence, rate: number, random: () => number): readonly string[] {
  const choices = ['O', 'O', 'B-PER', 'I-PER', 'B-LOC', 'I-ORG'];
  return encode(gold, forms.length, 'full').map((tag) =>
    random() < rate ? choices[Math.floor(random() * choices.length)]! : tag,
  );
}

/** The evaluation of answers given as tags. */
export function evaluated(
  corpus: readonly MadeSentence[],
  answers: readonly (readonly string[])[],
  scheme: Scheme,
  policy: IllegalPolicy,
): Evaluation {
  const running = evaluator(scheme, policy);
  corpus.forEach((sentence, index) => {
    const tags = answers[index]!;
    const compared: ComparedSentence = {
      id: `s${index}`,
      documentId: sentence.documentId,
      forms: sentence.forms,
      known: new Set(['Obama', 'IBM']),
      reference: taggedOfTags(encode(sentence.gold, sentence.forms.length, 'full')),
      answer: {
        ...taggedOfTags(tags),
        probabilities: tags.map((_, at) => 0.55 + 0.45 * ((at * 7 + index) % 10) * 0.1),
        failures: index % 17 === 0 ? [{ kind: 'notInText', detail: 'Merkle <b>' }] : [],
      },
    };
    running.add(compared);
  });
  return running.result();
}

/** A corpus with two made-up systems, the second the worse. */
export function madeCorpusInput(
  name: string,
  seed: number,
  sentences: number,
  rate: number,
  scheme: Scheme = 'full',
  policy: IllegalPolicy = 'repair',
): ReportCorpusInput {
  const corpus = madeCorpus(seed, sentences);
  const random = seededRandom(seed + 1);
  const [a, b] = [rate, rate * 2].map((one) => corpus.map((sentence) => madeTags(sentence, one, random)));
  const system = (
    title: string,
    answers: readonly (readonly string[])[],
    milliseconds: number,
  ): ReportCorpusInput['systems'][number] => ({
    name: title,
    evaluation: evaluated(corpus, answers, scheme, policy),
    cost: { sentences, milliseconds, pieces: 20 * sentences, generatedPieces: 0, residentBytes: 2 ** 28 },
  });
  return {
    name,
    files: [{ name: `${name}.iob2`, sha256: 'ab'.repeat(32) }],
    sentences: sentences + 3,
    inProgress: 1,
    systems: [system('BERT', a!, 4 * sentences), system('T5', b!, 90 * sentences)],
    between: [
      sumCounts(a!.map((tags, index) => countSentence(taggedOfTags(tags), taggedOfTags(b![index]!), scheme, policy))),
    ],
  };
}

/** A report over made-up corpora. */
export function madeReport(
  corpora: readonly ReportCorpusInput[],
  { labels = LABELS, ...changes }: Partial<ReportInput> & { readonly labels?: readonly string[] } = {},
): ReportInput {
  return {
    made: '2026-01-02',
    tool: { name: 'Entity Lens', version: '0.1.0' },
    environment: [['Node.js', '20.0.0']],
    policy: 'repair',
    models: [
      {
        name: 'BERT',
        id: 'bert-full',
        family: 'bert',
        licence: 'CC BY-SA 4.0',
        files: [{ path: 'onnx/model.onnx', sha256: 'cd'.repeat(32) }],
      },
    ],
    views: [{ scheme: 'full', labels, corpora }],
    seed: 1,
    draws: 200,
    rounds: 200,
    ...changes,
  };
}
