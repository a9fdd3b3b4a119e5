import type { ColumnDocument, Place, TextEdit } from './document.ts';
import { UNDECIDED, tagsOfDecisions } from '../decisions.ts';
import type { Decided, Decisions } from '../decisions.ts';
import type { Eol } from '../lines.ts';
import { NOBODY, decidedBy, isTakenOver } from '../provenance.ts';
import type { Sentence } from '../sentence.ts';
import { tagCell, textOfCells, wordCell } from './cellText.ts';

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
  return clean === '' ? NOBODY : clean;
}

/**
 * The edits that make decisions the gold of a sentence: only tag cells whose tag changes, each with its annotator cell where
 * there is such a column, and the names of decisions that a person took over before and makes their own now. Undecided
 * words get `_` and no name; null means all of them.
 */
export function goldEdits(
  document: ColumnDocument,
  sentence: number,
  decisions: Decisions | Decided | null,
  annotator: string,
): readonly TextEdit[] {
  const target = document.sentences[sentence];
  if (target === undefined) return [];
  const tags = tagsOfDecisions(decisions, target.tokens.length, document.layout.tagging ?? 'iob2');
  const origins = decisions !== null && 'origins' in decisions ? decisions.origins : [];
  const anyDecided = tags.some((tag) => tag !== UNDECIDED);
  return target.cells.flatMap((cells, token) => {
    const tag = tags[token] ?? UNDECIDED;
    const origin = origins[token];
    const named = target.annotators[token];
    // A cell without its key means O as soon as another cell of the sentence has one.
    const unsaid = cells.tagPrefix !== undefined && tag === UNDECIDED && anyDecided;
    const same = tag === target.tags[token] && !unsaid;
    const ownNow = same && origin?.length === 0 && named !== undefined && isTakenOver(named);
    if (same && !ownNow) return [];
    const text = (cells.tagPrefix ?? '') + tagCell(tag, document.layout);
    const edits = same ? [] : [replacement(document, sentence, cells.line, cells.tag, text)];
    const name =
      tag === UNDECIDED ? NOBODY : annotatorCell(decidedBy(annotator, origin ?? []), document.layout.separator);
    if (cells.annotator !== undefined && named !== name)
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

/**
 * A UNER block: comments and one line a token, each with its line end, without the blank line after it. Every decision has a
 * name; where its origin is not known, words outside of entities have none, as in UNER.
 */
export function sentenceBlock(
  sentence: Sentence,
  decisions: Decisions | Decided | null,
  options: BlockOptions,
): string {
  const tags = tagsOfDecisions(decisions, sentence.tokens.length, 'iob2');
  const origins = decisions !== null && 'origins' in decisions ? decisions.origins : [];
  const nameOf = (tag: string, token: number): string => {
    const origin = origins[token];
    if (tag === UNDECIDED || (tag === 'O' && origin === undefined)) return NOBODY;
    return annotatorCell(decidedBy(options.annotator, origin ?? []), '\t');
  };
  const lines = [
    ...(options.documentId === undefined ? [] : [`# newdoc id = ${commentText(options.documentId)}`]),
    ...(options.id === undefined ? [] : [`# sent_id = ${commentText(options.id)}`]),
    `# text = ${commentText(textOfCells(sentence.text, sentence.tokens))}`,
    ...sentence.tokens.map((token, index) => {
      const tag = tags[index] ?? UNDECIDED;
      const cell = tagCell(tag, { separator: '\t' });
      return `${String(index + 1)}\t${wordCell(token.form, '\t')}\t${cell}\t-\t${nameOf(tag, index)}`;
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
