import type { CorpusSentence } from '../corpus.ts';
import { encode } from '../scheme.ts';
import type { DatasetSplit, Format, Output, Writer, WriteOptions } from './format.ts';
import { jsonlRow } from './jsonl.ts';

/** What was written to one part of a dataset. */
interface SplitCounts {
  sentences: number;
  tokens: number;
  annotated: number;
  reviewed: number;
  filled: number;
  documents: number;
  readonly labels: Map<string, number>;
}

const splits: readonly DatasetSplit[] = ['train', 'validation', 'test'];

/** The numbers of tags: O is 0, and each label gets two as it turns up. */
class TagNumbers {
  readonly names: string[] = ['O'];
  readonly #numbers = new Map<string, number>([['O', 0]]);

  of(tag: string): number {
    const known = this.#numbers.get(tag);
    if (known !== undefined) return known;
    const number = this.names.length;
    const pair = tag.replace(/^[BI]/, '');
    for (const name of [`B${pair}`, `I${pair}`]) this.#numbers.set(name, this.names.push(name) - 1);
    return tag.startsWith('B') ? number : number + 1;
  }
}

function countSentence(counts: SplitCounts, sentence: CorpusSentence): void {
  counts.sentences++;
  counts.tokens += sentence.tokens.length;
  if (sentence.filledBy !== undefined) counts.filled++;
  else if (sentence.layer !== null) counts.annotated++;
  if (sentence.comments?.some(({ key }) => key === 'reviewed') === true) counts.reviewed++;
  for (const { label } of sentence.layer ?? []) counts.labels.set(label, (counts.labels.get(label) ?? 0) + 1);
}

const quoted = (text: string): string => JSON.stringify(text);

function frontMatter(
  name: string,
  tags: readonly string[],
  written: ReadonlyMap<DatasetSplit, SplitCounts>,
  { card = {}, dataFiles = 'jsonl' }: Pick<WriteOptions, 'card' | 'dataFiles'>,
): readonly string[] {
  const used = splits.filter((split) => written.has(split));
  const list = (key: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`${key}:`, ...values.map((value) => `- ${value}`)];
  return [
    '---',
    `pretty_name: ${quoted(name)}`,
    ...list('language', card.languages ?? []),
    ...(card.licence === undefined ? [] : [`license: ${card.licence}`]),
    'task_categories:',
    '- token-classification',
    'task_ids:',
    '- named-entity-recognition',
    'configs:',
    '- config_name: default',
    '  data_files:',
    ...used.flatMap((split) => [`  - split: ${split}`, `    path: data/${split}.${dataFiles}`]),
    'dataset_info:',
    '  features:',
    ...['id', 'doc', 'text'].flatMap((field) => [`  - name: ${field}`, '    dtype: string']),
    '  - name: tokens',
    '    sequence: string',
    '  - name: ner_tags',
    '    sequence:',
    '      class_label:',
    '        names:',
    ...tags.map((tag, number) => `          '${String(number)}': ${tag}`),
    '  - name: spans',
    '    list:',
    ...['start', 'end'].flatMap((field) => [`    - name: ${field}`, '      dtype: int64']),
    '    - name: label',
    '      dtype: string',
    '  splits:',
    ...used.flatMap((split) => [
      `  - name: ${split}`,
      `    num_examples: ${String(written.get(split)?.sentences ?? 0)}`,
    ]),
    '---',
  ];
}

function describe(
  tags: readonly string[],
  written: ReadonlyMap<DatasetSplit, SplitCounts>,
  options: WriteOptions,
): string {
  const { name, card = {} } = options;
  const used = splits.filter((split) => written.has(split));
  const count = (split: DatasetSplit, of: (counts: SplitCounts) => number): string => {
    const counts = written.get(split);
    return String(counts === undefined ? 0 : of(counts));
  };
  const row = (title: string, of: (counts: SplitCounts) => number): string =>
    `| ${[title, ...used.map((split) => count(split, of))].join(' | ')} |`;
  const labels = [...new Set(tags.flatMap((tag) => (tag === 'O' ? [] : [tag.slice(2)])))];
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ''];
  return [
    ...frontMatter(name, tags, written, options),
    '',
    `# ${name}`,
    '',
    'Sentences with named entities. A row has `tokens`, `ner_tags` (IOB2; null where nobody annotated the sentence), `text`, and',
    '`spans` in code points of the text.',
    '',
    `| | ${used.join(' | ')} |`,
    `|---|${used.map(() => '---').join('|')}|`,
    row('documents', (counts) => counts.documents),
    row('sentences', (counts) => counts.sentences),
    row('annotated by people', (counts) => counts.annotated),
    row('reviewed', (counts) => counts.reviewed),
    row('annotated by a model', (counts) => counts.filled),
    row('tokens', (counts) => counts.tokens),
    ...labels.map((label) =>
      row(label === '' ? '(no label)' : label, (counts) => counts.labels.get(label === '' ? '_' : label) ?? 0),
    ),
    '',
    ...section('Where it comes from', card.provenance ?? []),
    ...section('Models that filled in what nobody annotated', card.models ?? []),
    ...section('Licence', card.licence === undefined ? ['Not stated.'] : [card.licence]),
  ].join('\n');
}

function writer(options: WriteOptions): Writer {
  const numbers = new TagNumbers();
  const written = new Map<DatasetSplit, SplitCounts>();
  const documents = new Map<DatasetSplit, string | undefined>();
  let number = 0;
  const countsOf = (split: DatasetSplit): SplitCounts => {
    const known = written.get(split);
    if (known !== undefined) return known;
    const fresh = {
      sentences: 0,
      tokens: 0,
      annotated: 0,
      reviewed: 0,
      filled: 0,
      documents: 0,
      labels: new Map<string, number>(),
    };
    written.set(split, fresh);
    return fresh;
  };
  return {
    add: (item): readonly Output[] => {
      if (item.kind !== 'sentence') return [];
      const { sentence } = item;
      const split = options.splitOf?.(sentence) ?? 'train';
      const counts = countsOf(split);
      if (counts.sentences === 0 || documents.get(split) !== sentence.documentId) counts.documents++;
      documents.set(split, sentence.documentId);
      countSentence(counts, sentence);
      const { doc = null, ...row } = jsonlRow(sentence, ++number);
      const tags =
        sentence.layer === null
          ? null
          : encode(sentence.layer, sentence.tokens.length, 'full').map((tag) => numbers.of(tag));
      return [{ file: `data/${split}.jsonl`, text: `${JSON.stringify({ ...row, doc, ner_tags: tags })}\n` }];
    },
    end: () => {
      countsOf('train');
      const empty = [...written]
        .filter(([, counts]) => counts.sentences === 0)
        .map(([split]) => ({ file: `data/${split}.jsonl`, text: '' }));
      return [...empty, { file: 'README.md', text: describe(numbers.names, written, options) }];
    },
  };
}

/** A folder that Hugging Face's datasets loads: JSON Lines with numbered tags and a card that names them. Out only. */
export const hf: Format = {
  id: 'hf',
  title: 'Hugging Face dataset folder',
  extensions: [],
  shape: 'folder',
  holds: {
    tokens: true,
    sentences: true,
    sentenceIds: true,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: true,
    runningText: false,
  },
  write: writer,
};
