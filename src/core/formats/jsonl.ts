import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import { encode } from '../scheme.ts';
import type { Layer } from '../span.ts';
import { boundedTagging, decodeAs } from '../tagging.ts';
import { codePointCounter } from '../text.ts';
import { cutAtSpans, inUtf16, layerOf, spanIssue, usableSpans } from './charSpans.ts';
import type { CharSpan } from './charSpans.ts';
import type { Format, ReadOptions, Writer } from './format.ts';
import { elementsOf, isObject, issueItem, jsonReader, numbersOf, spanOf, textAt, textsOf, wordsIn } from './json.ts';
import type { Json } from './json.ts';
import type { Token } from '../token.ts';
import { joinForms } from './tokenOffsets.ts';
import { append, largest } from '../lists.ts';

/** One line of a JSON Lines file that Hugging Face's datasets reads; `start` and `end` are code points of `text`. */
export interface JsonlRow {
  readonly id: string;
  readonly doc?: string;
  readonly text: string;
  readonly tokens: readonly string[];
  /** IOB2 tags by name; null where nobody annotated the sentence. */
  readonly ner_tags: readonly string[] | null;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[] | null;
}

/** What the numbers of tags mean in datasets that give no names: the order of CoNLL-2003 and Universal NER. */
const usualTags = ['O', ...['PER', 'ORG', 'LOC', 'MISC'].flatMap((label) => [`B-${label}`, `I-${label}`])];

/** The row of one sentence; `number` (from 1) names it where it has no id. */
export function jsonlRow(sentence: CorpusSentence, number: number): JsonlRow {
  const { layer, tokens, text } = sentence;
  const points = codePointCounter(text);
  return {
    id: sentence.id ?? String(number),
    ...(sentence.documentId === undefined ? {} : { doc: sentence.documentId }),
    text,
    tokens: tokens.map(({ form }) => form),
    ner_tags: layer === null ? null : encode(layer, tokens.length, 'full'),
    spans:
      layer === null
        ? null
        : layer.map(({ first, end, label }) => ({
            start: points(tokens[first]?.start ?? 0),
            end: points(tokens[end - 1]?.end ?? 0),
            label,
          })),
  };
}

const MOST_NAMES = 10_000;
const TAG_KEYS = ['ner_tags', 'tags', 'labels', 'ner'];

/** The tags of a row under any of their names. */
function readNamed(row: Json): unknown {
  const written = TAG_KEYS.map((key) => row[key]).find((value) => value !== undefined && value !== null);
  return elementsOf(written).some((element) => typeof element === 'object') ? undefined : written;
}

interface TagsRead {
  readonly layer: Layer | null;
  readonly items: readonly CorpusItem[];
}

function readTags(row: Json, count: number, names: readonly string[], line: number): TagsRead | undefined {
  const written = readNamed(row);
  if (written === undefined) return undefined;
  const numbers = numbersOf(written);
  const tags = numbers === undefined ? textsOf(written) : numbers.map((number) => names[number]);
  const known = tags?.filter((tag) => tag !== undefined);
  if (tags === undefined || known === undefined || known.length < tags.length) {
    const what =
      numbers === undefined
        ? 'are neither names nor numbers'
        : `go past the ${String(names.length)} names that are known`;
    const message = `The tags of this row ${what}: correct them, or name them in order (--tags O,B-PER,…). The sentence was taken as not annotated.`;
    return { layer: null, items: [issueItem(line, 'error', 'tags', message)] };
  }
  if (known.length !== count) {
    const message = `This row has ${String(known.length)} tags for ${String(count)} words: correct them. The sentence was taken as not annotated.`;
    return { layer: null, items: [issueItem(line, 'error', 'tagCount', message)] };
  }
  const { layer, illegal } = decodeAs(known, boundedTagging(known) ?? 'iob2');
  const items = illegal.map((index) =>
    issueItem(
      line,
      'warning',
      'orphanTag',
      `The tag ${known[index] ?? ''} of word ${String(index + 1)} breaks the rules of IOB2 and was read as well as it can be: correct it.`,
    ),
  );
  return { layer, items };
}

/** The names of numbered tags that the spans of a row tell: the tag of each word beside its number. */
function namesBySpans(row: Json, layer: Layer, count: number): ReadonlyMap<number, string> | undefined {
  const numbers = numbersOf(row['ner_tags'] ?? row['tags']);
  if (numbers?.length !== count || numbers.some((number) => number < 0 || number > MOST_NAMES)) return undefined;
  const names = new Map<number, string>();
  for (const [index, tag] of encode(layer, count, 'full').entries()) {
    const number = numbers[index] ?? 0;
    if ((names.get(number) ?? tag) !== tag) return undefined;
    names.set(number, tag);
  }
  return new Set(names.values()).size === names.size ? names : undefined;
}

/** The words of a row, without those that are empty or hold only white space, which are counted. */
function wordsOf(value: Json): { readonly forms: readonly string[]; readonly empty: readonly number[] } | undefined {
  const all = textsOf(value['tokens']) ?? textsOf(value['words']) ?? textsOf(value['tokenized_text']);
  if (all === undefined || all.length === 0) return undefined;
  const empty = all.flatMap((form, index) => (form.trim() === '' ? [index] : []));
  return { forms: all, empty };
}

/** A row without its empty words and their tags. */
function withoutEmpty(
  value: Json,
  { forms, empty }: { readonly forms: readonly string[]; readonly empty: readonly number[] },
): Json {
  const kept = <Value>(list: readonly Value[]): readonly Value[] => list.filter((_, index) => !empty.includes(index));
  const tags = Object.fromEntries(
    TAG_KEYS.flatMap((key) => {
      const list = value[key];
      return Array.isArray(list) && list.length === forms.length ? [[key, kept(list as readonly unknown[])]] : [];
    }),
  );
  return { ...value, ...tags, tokens: kept(forms) };
}

/** GLiNER's spans, `[first, last, label]` in words, by characters; undefined where there are none. */
function wordSpans(row: Json, words: readonly Token[]): readonly CharSpan[] | undefined {
  const { ner } = row;
  if (!Array.isArray(ner) || !('tokenized_text' in row || ner.some(Array.isArray))) return undefined;
  return ner.map((span): CharSpan => {
    const [first, last, label] = elementsOf(span);
    const start = words[Number(first)]?.start ?? -1;
    return { start, end: words[Number(last)]?.end ?? -1, label: typeof label === 'string' ? label : '?' };
  });
}

function readerOf(options: ReadOptions): ReturnType<NonNullable<Format['read']>> {
  let warned = options.tagNames !== undefined;
  let learned = new Map<number, string>();
  return jsonReader(
    (given, line) => {
      const found = isObject(given) ? wordsOf(given) : undefined;
      if (!isObject(given) || found === undefined || found.empty.length === found.forms.length)
        return [
          issueItem(
            line,
            'error',
            'noTokens',
            'This row has no “tokens”, a list of words: add it, or name the right format. It was left out.',
          ),
        ];
      const items: CorpusItem[] = found.empty.map((index) =>
        issueItem(
          line,
          'error',
          'emptyForm',
          `Word ${String(index + 1)} of this row is empty: write it, or delete it with its tag. It was left out.`,
        ),
      );
      const value = found.empty.length === 0 ? given : withoutEmpty(given, found);
      const forms = found.forms.filter((form) => form.trim() !== '');
      const written = textAt(value, 'text');
      const placed = written === undefined ? undefined : wordsIn(written, forms);
      if (written !== undefined && placed === undefined)
        items.push(
          issueItem(
            line,
            'warning',
            'textMismatch',
            'The words of this row are not those of its “text”: correct one of them. The words joined by spaces were taken.',
          ),
        );
      const { text, tokens: words } =
        written !== undefined && placed !== undefined ? { text: written, tokens: placed } : joinForms(forms);
      const numbered = options.tagNames === undefined && numbersOf(value['ner_tags'] ?? value['tags']) !== undefined;
      const spans = elementsOf(value['spans'])
        .map((span) => spanOf(span, 'start', 'end', 'label'))
        .filter((span) => span !== undefined);
      const byNames = readNamed(value);
      const bySpans = numbered && placed !== undefined && Array.isArray(value['spans']);
      const inWords = wordSpans(value, words);
      const inText =
        (byNames === undefined || bySpans) && placed !== undefined ? inUtf16(text, spans, 'codePoint') : [];
      const usable = usableSpans(text, inWords ?? inText);
      const tokens = bySpans ? words : cutAtSpans(words, usable.spans);
      const spanLayer =
        Array.isArray(value['spans']) && placed !== undefined ? layerOf(tokens, usable.spans) : undefined;
      if (bySpans && spanLayer !== undefined)
        learned = new Map([...learned, ...(namesBySpans(value, spanLayer, words.length) ?? [])]);
      if (numbered && !warned && !known(value, learned)) {
        warned = true;
        const message = `The tags are numbers without names; they were read as ${usualTags.join(', ')}. If that is wrong, name them in order (--tags O,B-PER,…).`;
        items.push(issueItem(line, 'warning', 'tagNumbers', message));
      }
      const names = options.tagNames ?? (numbered && known(value, learned) ? namesIn(learned) : usualTags);
      const tags = byNames === undefined ? undefined : readTags(value, words.length, names, line);
      append(items, tags?.items ?? []);
      for (const problem of usable.problems) items.push({ kind: 'issue', issue: spanIssue(problem, line) });
      const sentence: CorpusSentence = {
        text,
        tokens,
        layer: tags === undefined ? (spanLayer ?? null) : tags.layer,
        id: textAt(value, 'id', 'idx', 'sent_id'),
        documentId: textAt(value, 'doc', 'doc_id', 'document_id'),
      };
      return [...items, { kind: 'sentence', sentence, lineOf: () => line }];
    },
    { lines: true },
  );
}

/** Whether all numbers of a row were seen beside spans. */
function known(row: Json, names: ReadonlyMap<number, string>): boolean {
  const numbers = numbersOf(row['ner_tags'] ?? row['tags']) ?? [];
  return numbers.every((number) => names.has(number));
}

function namesIn(names: ReadonlyMap<number, string>): readonly string[] {
  const list = new Array<string>(largest(names.keys(), -1) + 1).fill('O');
  for (const [number, name] of names) list[number] = name;
  return list;
}

function writer(): Writer {
  let number = 0;
  return {
    add: (item) =>
      item.kind === 'sentence' ? [{ file: '', text: `${JSON.stringify(jsonlRow(item.sentence, ++number))}\n` }] : [],
    end: () => [],
  };
}

/** JSON Lines as Hugging Face's datasets have it: one sentence a row with `tokens` and `ner_tags` (names, or numbers on the way in). */
export const jsonl: Format = {
  id: 'jsonl',
  title: 'JSON Lines (tokens and ner_tags)',
  extensions: ['jsonl', 'json', 'ndjson'],
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
    runningText: false,
  },
  read: readerOf,
  write: writer,
};
