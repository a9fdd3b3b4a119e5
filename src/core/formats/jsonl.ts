import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import { encode } from '../scheme.ts';
import type { Layer } from '../span.ts';
import { decodeAs } from '../tagging.ts';
import { codePointCounter } from '../text.ts';
import { cutAtSpans, inUtf16, layerOf, spanIssue, usableSpans } from './charSpans.ts';
import type { Format, ReadOptions, Writer } from './format.ts';
import { elementsOf, isObject, issueItem, jsonReader, numbersOf, spanOf, textAt, textsOf, wordsIn } from './json.ts';
import type { Json } from './json.ts';
import { joinForms } from './tokenOffsets.ts';
import { append } from '../lists.ts';

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

interface TagsRead {
  readonly layer: Layer | null;
  readonly items: readonly CorpusItem[];
}

function readTags(row: Json, count: number, names: readonly string[], line: number): TagsRead | undefined {
  const written = row['ner_tags'] ?? row['tags'] ?? row['labels'] ?? row['ner'];
  if (written === undefined || written === null) return undefined;
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
  const { layer, illegal } = decodeAs(known, 'iob2');
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

function readerOf(options: ReadOptions): ReturnType<NonNullable<Format['read']>> {
  let warned = options.tagNames !== undefined;
  const names = options.tagNames ?? usualTags;
  return jsonReader(
    (value, line) => {
      const forms = isObject(value) ? (textsOf(value['tokens']) ?? textsOf(value['words'])) : undefined;
      if (!isObject(value) || forms === undefined || forms.length === 0)
        return [
          issueItem(
            line,
            'error',
            'noTokens',
            'This row has no “tokens”, a list of words: add it, or name the right format. It was left out.',
          ),
        ];
      const items: CorpusItem[] = [];
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
      if (!warned && numbersOf(value['ner_tags'] ?? value['tags']) !== undefined) {
        warned = true;
        const message = `The tags are numbers without names; they were read as ${usualTags.join(', ')}. If that is wrong, name them in order (--tags O,B-PER,…).`;
        items.push(issueItem(line, 'warning', 'tagNumbers', message));
      }
      const tags = readTags(value, words.length, names, line);
      const spans = elementsOf(value['spans'])
        .map((span) => spanOf(span, 'start', 'end', 'label'))
        .filter((span) => span !== undefined);
      const usable = usableSpans(
        text,
        tags === undefined && placed !== undefined ? inUtf16(text, spans, 'codePoint') : [],
      );
      append(items, tags?.items ?? []);
      for (const problem of usable.problems) items.push({ kind: 'issue', issue: spanIssue(problem, line) });
      const tokens = cutAtSpans(words, usable.spans);
      const bySpans = Array.isArray(value['spans']) && placed !== undefined ? layerOf(tokens, usable.spans) : null;
      const sentence: CorpusSentence = {
        text,
        tokens,
        layer: tags === undefined ? bySpans : tags.layer,
        id: textAt(value, 'id', 'idx', 'sent_id'),
        documentId: textAt(value, 'doc', 'doc_id', 'document_id'),
      };
      return [...items, { kind: 'sentence', sentence, lineOf: () => line }];
    },
    { lines: true },
  );
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
