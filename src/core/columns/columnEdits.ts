import type { ColumnDocument, Place, TextEdit } from './document.ts';
import type { Eol } from '../lines.ts';
import type { Sentence } from '../sentence.ts';
import type { Layer } from '../span.ts';
import { tagCell, tagCells, textOfCells, wordCell } from './cellText.ts';
import { encodeAs } from '../tagging.ts';

/** What goes into a new block besides its sentence. */
export interface BlockOptions {
  readonly id?: string | undefined;
  /** Begins a document of the corpus with this id. */
  readonly documentId?: string | undefined;
  readonly annotator: string;
  readonly eol: Eol;
}

/** The place of a range of characters in a line of a sentence. */
function placeOf(document: ColumnDocument, sentence: number, line: number, character: number): Place {
  return { line: (document.firstLines[sentence] ?? 0) + line, character };
}

/** The place of a token's form (or tag) in a column document, or undefined where there is no such token. */
export function tokenPlace(
  document: ColumnDocument,
  sentence: number,
  token: number,
  cell: 'form' | 'tag' = 'form',
): { readonly start: Place; readonly end: Place } | undefined {
  const cells = document.sentences[sentence]?.cells[token];
  if (cells === undefined) return undefined;
  const [start, end] = cells[cell];
  return {
    start: placeOf(document, sentence, cells.line, start),
    end: placeOf(document, sentence, cells.line, end),
  };
}

/** A name as an annotator cell holds it: never empty and without what separates cells. */
export function annotatorCell(name: string, separator: '\t' | ' '): string {
  const clean = name.replace(separator === '\t' ? /[\t\r\n]+/g : /\s+/g, separator === '\t' ? ' ' : '_').trim();
  return clean === '' ? '-' : clean;
}

/**
 * The edits that make `layer` the gold of a sentence: only tag cells whose tag changes, each with its annotator cell
 * where there is such a column. A null layer writes `_` and takes the names away: nobody annotated the sentence.
 */
export function goldEdits(
  document: ColumnDocument,
  sentence: number,
  layer: Layer | null,
  annotator: string,
): readonly TextEdit[] {
  const target = document.sentences[sentence];
  if (target === undefined) return [];
  const tags =
    layer === null
      ? target.tags.map(() => '_')
      : encodeAs(layer, target.tokens.length, document.layout.tagging ?? 'iob2');
  const name = layer === null ? '-' : annotatorCell(annotator, document.layout.separator);
  return target.cells.flatMap((cells, token) => {
    const tag = tags[token] ?? 'O';
    if (tag === target.tags[token]) return [];
    const edits = [
      replacement(document, sentence, cells.line, cells.tag, (cells.tagPrefix ?? '') + tagCell(tag, document.layout)),
    ];
    if (cells.annotator !== undefined && target.annotators[token] !== name)
      edits.push(replacement(document, sentence, cells.line, cells.annotator, name));
    return edits;
  });
}

function replacement(
  document: ColumnDocument,
  sentence: number,
  line: number,
  [start, end]: readonly [number, number],
  text: string,
): TextEdit {
  return {
    start: placeOf(document, sentence, line, start),
    end: placeOf(document, sentence, line, end),
    text,
  };
}

/** What a comment can hold of a text: everything but what some program takes for the end of a line. */
export function commentText(text: string): string {
  return text.replace(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/g, ' ');
}

/** A UNER block: comments and one line a token, each with its line end, without the blank line after it. O tokens carry no annotator, as in UNER. */
export function sentenceBlock(sentence: Sentence, layer: Layer | null, options: BlockOptions): string {
  const tags = layer === null ? undefined : tagCells(layer, sentence.tokens.length, 'iob2', { separator: '\t' });
  const name = annotatorCell(options.annotator, '\t');
  const lines = [
    ...(options.documentId === undefined ? [] : [`# newdoc id = ${commentText(options.documentId)}`]),
    ...(options.id === undefined ? [] : [`# sent_id = ${commentText(options.id)}`]),
    `# text = ${commentText(textOfCells(sentence.text, sentence.tokens))}`,
    ...sentence.tokens.map((token, index) => {
      const tag = tags?.[index] ?? '_';
      return `${String(index + 1)}\t${wordCell(token.form, '\t')}\t${tag}\t-\t${tag === 'O' || tag === '_' ? '-' : name}`;
    }),
  ];
  return lines.map((line) => line + options.eol).join('');
}

/** The block of a sentence that nobody annotated, with one comment. */
export function commentBlock(sentence: Sentence, key: string, value: string, eol: Eol): string {
  return `# ${key} = ${commentText(value).trim()}${eol}${sentenceBlock(sentence, null, { annotator: '-', eol })}`;
}

/** The insertion of a block before sentence `at` (at the end where there is none), with a blank line after it and, where needed, before it. */
export function insertion(document: ColumnDocument, at: number, block: string): TextEdit {
  const line = document.firstLines[at];
  if (line !== undefined) {
    const place = { line, character: line === 0 && document.bom ? 1 : 0 };
    return { start: place, end: place, text: block + document.eol };
  }
  const { character, blankLines } = document.tail;
  const place = { line: document.lineCount - 1, character };
  const empty = document.lineCount === 1 && character === (document.bom ? 1 : 0);
  const breaks = empty ? 0 : Math.max(character > 0 ? 1 : 0, 2 - blankLines);
  return { start: place, end: place, text: document.eol.repeat(breaks) + block + document.eol };
}

/** The edit that gives a sentence's comment `# key = value` this value: replaced where it is, else put after the other comments; a null value deletes it. Undefined where nothing changes. */
export function commentEdit(
  document: ColumnDocument,
  sentence: number,
  key: string,
  value: string | null,
): TextEdit | undefined {
  const target = document.sentences[sentence];
  if (target === undefined) return undefined;
  const clean = value === null ? null : commentText(value).trim();
  const comment = target.comments.find((candidate) => candidate.key === key);
  if (comment === undefined) {
    if (clean === null) return undefined;
    const firstToken = target.cells[0]?.line ?? 0;
    const line = target.comments.reduce((last, { line: at }) => (at < firstToken ? at + 1 : last), 0);
    const place = placeOf(document, sentence, line, 0);
    const after = { ...place, character: place.line === 0 && document.bom ? 1 : 0 };
    return { start: after, end: after, text: `# ${key} = ${clean}${document.eol}` };
  }
  if (clean === comment.value) return undefined;
  const mark = document.bom && document.firstLines[sentence] === 0 && comment.line === 0 ? 1 : 0;
  const start = placeOf(document, sentence, comment.line, mark);
  return clean === null
    ? { start, end: placeOf(document, sentence, comment.line + 1, 0), text: '' }
    : { start, end: placeOf(document, sentence, comment.line, comment.lineLength), text: `# ${key} = ${clean}` };
}
