import type { CorpusItem } from '../corpus.ts';
import { fittingUnit, inUtf16, offsetsTo } from './charSpans.ts';
import type { CharSpan } from './charSpans.ts';
import type { Format, Output, OffsetUnit, PredictionsUse, ReadOptions, Writer } from './format.ts';
import { elementsOf, isObject, issueItem, jsonReader, numbersOf, spanOf, textAt, textsOf, wordsIn } from './json.ts';
import type { Json } from './json.ts';
import { RowGatherer, itemsOfRow } from './rows.ts';
import type { Row, RowPrediction } from './rows.ts';

/** The annotation that counts: the ground truth, else the first that nobody cancelled. */
function chosenAnnotation(task: Json): { readonly chosen: Json | undefined; readonly others: number } {
  const all = elementsOf(task['annotations'] ?? task['completions']).filter(isObject);
  const kept = all.filter((annotation) => annotation['was_cancelled'] !== true);
  const chosen = kept.find((annotation) => annotation['ground_truth'] === true) ?? kept[0];
  return { chosen, others: Math.max(0, kept.length - 1) };
}

function textOf(task: Json): { readonly data: Json; readonly text: string | undefined } {
  const data = isObject(task['data']) ? task['data'] : task;
  const other = Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' && !media.test(key) && !media.test(value) ? [value] : [],
  );
  return { data, text: textAt(data, 'text') ?? (other.length === 1 ? other[0] : undefined) };
}

/** Media by their usual names and endings; a task about them has no text. */
const media =
  /^(?:image|img|audio|video|pdf|url)$|^(?:https?:|s3:|gs:|data:|\/data\/)\S+$|\.(?:png|jpe?g|gif|webp|wav|mp3|mp4|pdf)$/i;

function noTextMessage(data: Json): string {
  const found = Object.entries(data).find(
    ([key, value]) => media.test(key) || (typeof value === 'string' && media.test(value)),
  );
  return found === undefined
    ? 'This task has no “data” with a “text”: add it, or delete the task. It was left out.'
    : `This task is about “${found[0]}”, not about a text. It was left out.`;
}

/** The labels of a text among results; the rest is counted. */
function regionsIn(result: unknown): {
  readonly spans: readonly CharSpan[];
  readonly unread: number;
  readonly told: readonly Told[];
} {
  const results = elementsOf(result).filter(isObject);
  const regions = results.filter((one) => one['type'] === 'labels' || one['type'] === 'hypertextlabels');
  const spans = regions.map((region) => spanOf(region['value'], 'start', 'end', 'labels'));
  const good = spans.filter((span) => span !== undefined);
  const more = regions.filter(
    (region) => isObject(region['value']) && elementsOf(region['value']['labels']).length > 1,
  );
  return {
    spans: good,
    // A task of which nothing is a label of text asked for something else.
    unread: regions.length === 0 ? results.length : spans.length - good.length,
    told: [
      [results.length - regions.length, 'otherResults', 'results of this task are no labels of text and were left out'],
      [
        spans.length - good.length,
        'label',
        'labels of this task have no start, end and label and were left out: correct them',
      ],
      [more.length, 'severalLabels', 'regions of this task have more than one label; the first one was taken'],
    ],
  };
}

/** How often something was found, its reason, and what became of it. */
type Told = readonly [count: number, reason: string, message: string];

const usedAs: Readonly<Record<PredictionsUse, string>> = {
  notes: 'predictions of this task are no annotation: they were kept as notes (# predicted), without their scores',
  gold: 'predictions of this task were taken as its annotation, in the name of their model; further ones as notes',
  none: 'predictions of this task were left out',
};

function predictionsOf(task: Json): readonly RowPrediction[] {
  return elementsOf(task['predictions'])
    .filter(isObject)
    .map((prediction) => ({
      by: textAt(prediction, 'model_version')?.replace(/\s+/g, ' ').trim() || 'predictions',
      spans: regionsIn(prediction['result']).spans,
    }));
}

function take(value: unknown, line: number, options: ReadOptions): readonly CorpusItem[] {
  const { data, text } = isObject(value) ? textOf(value) : { data: {}, text: undefined };
  if (!isObject(value) || text === undefined) return [issueItem(line, 'error', 'noText', noTextMessage(data))];
  const { chosen, others } = chosenAnnotation(value);
  const { spans, unread, told: toldOfRegions } = regionsIn(chosen?.['result']);
  const predictions = predictionsOf(value);
  // Where nobody annotated, a prediction may count as the annotation.
  const use = options.predictions === 'gold' && chosen !== undefined ? 'notes' : (options.predictions ?? 'notes');
  const told: readonly Told[] = [
    [
      others,
      'severalAnnotations',
      'more annotations of this task were left out: the ground truth or the first one counts',
    ],
    ...toldOfRegions,
    [predictions.length, 'predictions', usedAs[use]],
  ];
  const items = told
    .filter(([count]) => count > 0)
    .map(([count, reason, message]) => issueItem(line, 'warning', reason, `${String(count)} ${message}.`));
  const unitOf = (own: readonly CharSpan[]): readonly CharSpan[] =>
    inUtf16(text, own, options.offsets ?? fittingUnit(text, own));
  const [taken, ...further] = use === 'gold' ? predictions : [undefined, ...predictions];
  const kept = use === 'none' ? [] : further.filter((one) => one !== undefined);
  const id = textAt(data, 'sent_id');
  const row: Row = {
    text,
    spans: chosen !== undefined ? unitOf(spans) : taken === undefined ? null : unitOf(taken.spans),
    unread: chosen === undefined ? 0 : unread,
    documentId: textAt(data, 'doc'),
    ids: textsOf(data['sent_ids']) ?? (id === undefined ? [] : [id]),
    tokens: wordsIn(text, textsOf(data['tokens'])),
    lengths: numbersOf(data['sentences']),
    predictions: kept.map((one) => ({ by: one.by, spans: unitOf(one.spans) })),
  };
  const read = itemsOfRow(row, line);
  return [...items, ...(taken === undefined ? read : read.map((item) => decidedBy(item, taken.by)))];
}

/** A sentence whose entities a model decided. */
function decidedBy(item: CorpusItem, by: string): CorpusItem {
  if (item.kind !== 'sentence') return item;
  const { layer, tokens } = item.sentence;
  const annotators = tokens.map((_, index) =>
    layer?.some(({ first, end }) => first <= index && index < end) === true ? by : undefined,
  );
  return { ...item, sentence: { ...item.sentence, annotators } };
}

/** The data of a task: its text, and what else is known of it in fields of our own. */
export function dataOf({ text, documentId, ids, tokens, lengths }: Row): Json {
  const one = ids.length === 1 ? ids[0] : undefined;
  return {
    text,
    ...(one === undefined ? {} : { sent_id: one }),
    ...(ids.length > 1 && ids.every((id) => id !== undefined) ? { sent_ids: ids } : {}),
    ...(documentId === undefined ? {} : { doc: documentId }),
    ...(tokens === undefined ? {} : { tokens: tokens.map(({ form }) => form) }),
    ...(lengths === undefined || lengths.length < 2 ? {} : { sentences: lengths }),
  };
}

function taskOf(row: Row, number: number, unit: OffsetUnit): unknown {
  const { text, spans } = row;
  const offset = offsetsTo(text, unit);
  const data = dataOf(row);
  const resultOf = (own: readonly CharSpan[], first: string): unknown =>
    own.map(({ start, end, label }, index) => ({
      id: `${first}${String(number)}-${String(index + 1)}`,
      from_name: 'label',
      to_name: 'text',
      type: 'labels',
      value: { start: offset(start), end: offset(end), text: text.slice(start, end), labels: [label] },
    }));
  const predictions = row.predictions?.map(({ by, spans: own }, index) => ({
    model_version: by,
    result: resultOf(own, `p${String(index + 1)}-`),
  }));
  return {
    id: number,
    data,
    annotations: spans === null ? [] : [{ result: resultOf(spans, '') }],
    ...(predictions === undefined ? {} : { predictions }),
  };
}

function writer(unit: OffsetUnit): Writer {
  const gatherer = new RowGatherer();
  let number = 0;
  const tasks = (rows: readonly Row[]): readonly Output[] =>
    rows.map((row) => {
      const before = number++ === 0 ? '[\n' : ',\n';
      return { file: '', text: before + JSON.stringify(taskOf(row, number, unit)) };
    });
  return {
    add: (item) => tasks(gatherer.add(item)),
    end: () => [...tasks(gatherer.end()), { file: '', text: number === 0 ? '[]\n' : '\n]\n' }],
  };
}

/**
 * Label Studio's JSON: tasks with `data.text` and annotations whose results are labels of a `text`. Offsets are code
 * points, as it has written them since 2022; older files are read in the unit that fits what they quote.
 */
export const labelStudio: Format = {
  id: 'label-studio',
  title: 'Label Studio JSON',
  extensions: ['json'],
  shape: 'file',
  holds: {
    tokens: true,
    sentences: true,
    sentenceIds: true,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: true,
    runningText: true,
    predictions: true,
  },
  read: (options) => jsonReader((value, line) => take(value, line, options), { lines: false }),
  write: (options) => writer(options.offsets ?? 'codePoint'),
};
