import { taggingEvidence } from '../tagging.ts';
import { bilou } from './bilou.ts';
import { bioes } from './bioes.ts';
import { brat } from './brat.ts';
import { parseColumns } from '../columns/columns.ts';
import { conll2003 } from './conll2003.ts';
import { conllu, conllup } from './conllu.ts';
import { doccano } from './doccano.ts';
import type { Format, FormatId } from './format.ts';
import { hf } from './hf.ts';
import { html } from './html.ts';
import { iob2 } from './iob2.ts';
import { elementsOf, isObject } from './json.ts';
import { jsonl } from './jsonl.ts';
import { labelStudio } from './labelStudio.ts';
import { plainText } from './plainText.ts';
import { prodigy } from './prodigy.ts';
import { spacy } from './spacy.ts';
import { READABLE_COLUMN_ENDINGS, hasEnding } from '../columns/columnFiles.ts';

/** All formats, in the order in which people are shown them. */
export const formats: readonly Format[] = [
  iob2,
  conll2003,
  bioes,
  bilou,
  conllu,
  conllup,
  jsonl,
  doccano,
  prodigy,
  spacy,
  labelStudio,
  brat,
  plainText,
  hf,
  html,
];

/** The format with this name. */
export function formatOf(name: string): Format | undefined {
  return formats.find((format) => format.id === name);
}

/** The format of a file by its name and the beginning of its text (some ten thousand characters); plain text where nothing else fits. */
export function detectFormat(name: string, head: string): FormatId {
  const text = head.replace(/^\uFEFF/, '');
  if (/^\s*[[{]/.test(text) && !hasEnding(name, ['txt', 'md', 'tsv', ...READABLE_COLUMN_ENDINGS]))
    return detectJson(text);
  if (/\.(?:md|markdown)$/i.test(name)) return 'text';
  // The last line of a beginning may be cut.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1);
  const document = parseColumns(lines === '' ? text : lines);
  const read = document.sentences.reduce((sum, sentence) => sum + sentence.cells.length, 0);
  const unread = document.issues.filter(({ severity }) => severity === 'error').length;
  const tags = document.sentences.flatMap((sentence) => [...sentence.tags, 'O']);
  const known = tags.filter((tag) => /^(?:[OBIESLUM_]|[BIESLUM]-.+)$/.test(tag)).length;
  const looksLikeColumns = read > 0 && unread <= read && known >= tags.length * 0.9;
  if (!looksLikeColumns && !hasEnding(name, [...READABLE_COLUMN_ENDINGS, 'tsv'])) return 'text';
  const { layout } = document;
  if (/^#\s*global\.columns/m.test(text)) return 'conllup';
  if (layout.tagKey !== undefined) return 'conllu';
  if (tags.some((tag) => /^[ES](?:-|$)/.test(tag))) return 'bioes';
  if (tags.some((tag) => /^[LU](?:-|$)/.test(tag))) return 'bilou';
  const iob1 = document.sentences.some((sentence) => taggingEvidence(sentence.tags) === 'iob1');
  const four = layout.columns === 4 && layout.id === undefined;
  return four || /^-DOCSTART-/m.test(text) || (iob1 && layout.id === undefined) ? 'conll2003' : 'iob2';
}

/** The keys of the first JSON object of a text, also where the text was cut in the middle of it. */
function detectJson(text: string): FormatId {
  const has = (...keys: readonly string[]): boolean => keys.some((key) => text.includes(`"${key}"`));
  const first = firstRow(text);
  if (first !== undefined) {
    if (first['tokens'] !== undefined && elementsOf(first['tokens']).every((token) => typeof token === 'string'))
      if (['ner_tags', 'tags'].some((key) => key in first)) return 'jsonl';
    if ('data' in first && ('annotations' in first || 'predictions' in first || isObject(first['data'])))
      return 'label-studio';
    if ('paragraphs' in first || 'ents' in first) return 'spacy';
    if ('spans' in first && (elementsOf(first['tokens']).some(isObject) || 'answer' in first || '_input_hash' in first))
      return 'prodigy';
    if (elementsOf(first['tokens']).some(isObject)) return 'prodigy';
    if ('label' in first || 'labels' in first || 'entities' in first) return 'doccano';
    if (Array.isArray(first['tokens']) && first['text'] === undefined) return 'jsonl';
    if (typeof first['text'] === 'string') return 'doccano';
  }
  if (has('paragraphs')) return 'spacy';
  if (has('annotations', 'predictions') && has('data')) return 'label-studio';
  if (has('ner_tags')) return 'jsonl';
  if (has('token_start', 'answer')) return 'prodigy';
  return /^\s*\[\s*\[/.test(text) || has('ents') ? 'spacy' : 'doccano';
}

function firstRow(text: string): Record<string, unknown> | undefined {
  const end = text.indexOf('\n');
  for (const candidate of [end < 0 ? text : text.slice(0, end), text]) {
    try {
      const value: unknown = JSON.parse(candidate);
      const row: unknown = Array.isArray(value) ? value[0] : value;
      if (isObject(row)) return row;
    } catch {
      // A row that was cut, or one of several lines: the keys are looked for in the text.
    }
  }
  return undefined;
}
