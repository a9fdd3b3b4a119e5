import type { InconsistentString } from '../core/search/inconsistent.ts';
import type { SearchHit } from '../core/search/searchRun.ts';
import type { Source } from '../core/span.ts';

/** Where a hit was found: a file and, where its format knows it, the line. */
export interface FoundAt {
  readonly file: string;
  readonly line: number | undefined;
}

/** What a source says at a place, in words. */
function said(labels: SearchHit['labels'], source: Source): string {
  const own = labels[source];
  if (own === undefined) return '';
  const what = own === null ? 'unknown' : own.length === 0 ? 'none' : own.join(',');
  return `${source}:${what}`;
}

/** A hit as a line for people and editors: FILE:LINE: the sentence with the place in brackets, then what the sources say. */
export function hitLine(hit: SearchHit, { file, line }: FoundAt): string {
  const { text, labels } = hit;
  const [start, end] = hit.highlight;
  const marked = `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
  const sources = (['gold', 'bert', 't5'] as const).map((source) => said(labels, source)).filter(Boolean);
  const where = line === undefined ? `${file}: sentence ${hit.sentence + 1}` : `${file}:${line}`;
  return `${where}: ${marked}  ${sources.join(' ')}`;
}

/** A hit as JSON; sentences are counted from 1, tokens from 0 as everywhere in this program's JSON. */
export function hitJson(hit: SearchHit, { file, line }: FoundAt): string {
  const { sentence, first, end, text, highlight, labels } = hit;
  const words = text.slice(...highlight);
  return JSON.stringify({ file, line, sentence: sentence + 1, first, end, words, text, labels });
}

/** How often a string has each label. */
export function stringText({ text, labels }: InconsistentString): string {
  return `“${text}”: ${[...labels].map(([label, count]) => `${label} ${count}`).join(', ')}`;
}
