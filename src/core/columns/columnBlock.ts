import type { ColumnLayout, ColumnSentence, Comment, Issue, TokenCells } from './document.ts';
import { UNDECIDED, goldParts } from '../decisions.ts';
import { isBlank } from '../lines.ts';
import { decode } from '../scheme.ts';
import { decodeAs } from '../tagging.ts';
import type { Tagging } from '../tagging.ts';
import { tagOfCell } from './cellText.ts';
import { cellCountIssue, emptyFormIssue, mixedIssue, tagIssue, textIssue } from './columnIssues.ts';
import { cellsOf, isTagShaped, isTokenId, markLength } from './columnLayout.ts';
import { MISSING_TAG, saidTags } from './tagLines.ts';
import type { Cell } from './columnLayout.ts';
import { joinForms, placeTokens } from '../formats/tokenOffsets.ts';
import type { Placeable, WrittenTogether } from '../formats/tokenOffsets.ts';

/** A run of lines without a blank one: a sentence, or only comments. Lines of issues are 1-based in the block. */
export interface ParsedBlock {
  readonly sentence: ColumnSentence | undefined;
  /** The document that the block begins, if it begins one; its id is undefined where the comment gives none. */
  readonly newDocument: { readonly id: string | undefined } | undefined;
  /** The number of `-DOCSTART-` lines in the block. */
  readonly docStarts: number;
  readonly issues: readonly Issue[];
}

interface Row {
  readonly form: string;
  readonly tag: string;
  readonly annotator: string | undefined;
  readonly cells: TokenCells;
}

type Line =
  | { readonly kind: 'token'; readonly row: Row; readonly issue: Issue | undefined }
  | { readonly kind: 'comment'; readonly comment: Comment }
  | { readonly kind: 'docStart' }
  | { readonly kind: 'kept'; readonly written: WrittenTogether | undefined }
  | { readonly kind: 'unread'; readonly issue: Issue };

/** The key under which a `-DOCSTART-` line stands among a sentence's comments. */
export const DOC_START = '-DOCSTART-';

const openingKeys: ReadonlySet<string> = new Set(['newdoc id', 'newdoc', DOC_START]);

/** What the lines before a block say of it: the document that they belong to, and how many `-DOCSTART-` lines there were. */
export interface BlockContext {
  readonly documentId: string | undefined;
  readonly docStarts: number;
}

/** True for a sentence whose comments begin a document. */
export function opensDocument(sentence: ColumnSentence): boolean {
  return sentence.comments.some(({ key }) => openingKeys.has(key));
}

/**
 * Reads one block. Its tags are IOB2 as the editor takes it (anything else counts as O), or those of `tagging`, which the
 * layout may name. Never throws: what cannot be read is an issue.
 */
export function parseBlock(
  lines: readonly string[],
  layout: ColumnLayout,
  context: BlockContext,
  tagging: Tagging | undefined = layout.tagging,
): ParsedBlock {
  const rows: Row[] = [];
  const forms: Placeable[] = [];
  const together = new Map<number, WrittenTogether>();
  const comments: Comment[] = [];
  const issues: Issue[] = [];
  let docStarts = 0;
  let gap = false;
  lines.forEach((text, index) => {
    const line = readLine(text, index, layout);
    if (line.kind === 'docStart') {
      docStarts++;
      comments.push({ key: DOC_START, value: '', line: index, lineLength: text.length });
    }
    if (line.kind === 'comment') comments.push(line.comment);
    if (line.kind === 'unread') {
      issues.push(line.issue);
      gap = true;
    }
    if (line.kind === 'kept' && line.written !== undefined) together.set(rows.length, line.written);
    if (line.kind !== 'token') return;
    if (line.issue !== undefined) issues.push(line.issue);
    rows.push(line.row);
    forms.push({ form: line.row.form, gap });
    gap = false;
  });
  const newDocument = openedBy(
    comments.findLast(({ key }) => openingKeys.has(key)),
    context.docStarts + docStarts,
  );
  const parts = { newDocument, docStarts };
  if (rows.length === 0) return { ...parts, sentence: undefined, issues };
  const written = comments.find(({ key }) => key === 'text');
  const placed = written === undefined ? undefined : placeTokens(written.value, forms, gap, together);
  if (written !== undefined && typeof placed === 'number') issues.push(textIssue(written, rows[placed]));
  const joined = joinForms(rows.map((row) => row.form));
  const { text, tokens } =
    written !== undefined && typeof placed === 'object' ? { text: written.value, tokens: placed } : joined;
  const tags = saidTags(rows.map(({ tag }) => tag));
  const undecided = tags.flatMap((tag, token) => (tag === UNDECIDED ? [token] : []));
  const decided = undecided.length === 0 ? tags : tags.map((tag) => (tag === UNDECIDED ? 'O' : tag));
  const decoded = tagging === undefined ? decode(decided, 'repair') : decodeAs(decided, tagging);
  for (const position of decoded.illegal) {
    const row = rows[position];
    if (row !== undefined) issues.push(tagIssue(row, tagging));
  }
  const sentence: ColumnSentence = {
    text,
    tokens,
    id: comments.find(({ key }) => key === 'sent_id')?.value,
    documentId: newDocument === undefined ? context.documentId : newDocument.id,
    tags,
    ...goldParts({ layer: decoded.layer, undecided }, tags.length),
    illegal: decoded.illegal,
    annotators: rows.map((row) => row.annotator),
    comments,
    cells: rows.map((row) => row.cells),
    lineCount: lines.length,
  };
  return { ...parts, sentence, issues: issues.sort((a, b) => a.line - b.line) };
}

function openedBy(opening: Comment | undefined, docStarts: number): ParsedBlock['newDocument'] {
  if (opening === undefined) return undefined;
  if (opening.key === DOC_START) return { id: `document ${String(docStarts)}` };
  return { id: opening.key === 'newdoc id' ? opening.value : undefined };
}

function readLine(text: string, line: number, layout: ColumnLayout): Line {
  const content = text.slice(markLength(text));
  if (content.startsWith(DOC_START)) return { kind: 'docStart' };
  const cells = cellsOf(text, layout.separator);
  if (content.startsWith('#') && !isHashToken(text, cells, layout))
    return { kind: 'comment', comment: commentOf(text, line) };
  if (cells.length === layout.columns) {
    const mixed = layout.separator === ' ' && content.includes('\t');
    return tokenLine(text, line, cells, layout, mixed ? mixedIssue(line, layout) : undefined);
  }
  // A line of as many words as there are columns need not be a row: it is never guessed to be one.
  const spaced = layout.separator === '\t' && !content.includes('\t') && cellsOf(text, ' ').length === layout.columns;
  const issue = spaced ? mixedIssue(line, layout) : cellCountIssue(line, cells.length, layout);
  const tag = cells[layout.tag];
  // Cells behind the tag may be missing; one too many, or one of ten missing, may have moved the tag.
  const usable =
    cells.length < layout.columns &&
    layout.tagKey === undefined &&
    tag !== undefined &&
    isTagShaped(text.slice(...tag)) &&
    (layout.id === undefined || isTokenId(text.slice(...(cells[layout.id] ?? [0, 0]))));
  return usable ? tokenLine(text, line, cells, layout, issue) : { kind: 'unread', issue };
}

function tokenLine(
  text: string,
  line: number,
  cells: readonly Cell[],
  layout: ColumnLayout,
  issue: Issue | undefined,
): Line {
  const formCell = cells[layout.form] ?? [0, 0];
  const { cell: tagCell, prefix: tagPrefix } = tagPlace(text, cells[layout.tag] ?? [0, 0], layout.tagKey);
  const annotatorCell = layout.annotator === undefined ? undefined : cells[layout.annotator];
  const form = text.slice(...formCell);
  const id = layout.id === undefined ? undefined : text.slice(...(cells[layout.id] ?? [0, 0]));
  if (id !== undefined && isTokenId(id) && !/^\d+$/.test(id))
    return { kind: 'kept', written: writtenTogether(id, form) };
  if (isBlank(form)) return { kind: 'unread', issue: emptyFormIssue(line, layout) };
  const row: Row = {
    form,
    tag: tagPrefix === undefined ? tagOfCell(text.slice(...tagCell)) : MISSING_TAG,
    annotator: annotatorCell === undefined ? undefined : text.slice(...annotatorCell),
    cells: {
      line,
      form: formCell,
      tag: tagCell,
      annotator: annotatorCell,
      ...(layout.tagKey !== undefined && { pairs: cells[layout.tag] }),
      ...(tagPrefix && { tagPrefix }),
    },
  };
  return { kind: 'token', row, issue };
}

/** Where the tag stands in its cell, or, where the key is missing, where it is to be written and what comes before it. */
function tagPlace(
  text: string,
  cell: Cell,
  key: string | undefined,
): { readonly cell: Cell; readonly prefix: string | undefined } {
  if (key === undefined) return { cell: trimmed(text, cell), prefix: undefined };
  const content = text.slice(...cell);
  let start = cell[0];
  for (const attribute of content.split('|')) {
    if (attribute.startsWith(`${key}=`))
      return { cell: [start + key.length + 1, start + attribute.length], prefix: undefined };
    start += attribute.length + 1;
  }
  return content === '_' || content === ''
    ? { cell, prefix: `${key}=` }
    : { cell: [cell[1], cell[1]], prefix: `|${key}=` };
}

/** What the row of a range of tokens (`2-3`) says: how they are written as one word. */
function writtenTogether(id: string, form: string): WrittenTogether | undefined {
  const match = /^(\d+)-(\d+)$/.exec(id);
  return match === null ? undefined : { form, count: Number(match[2]) - Number(match[1]) + 1 };
}

/** A word that begins with `#` looks like a comment; it is a token where there is no id column and its cells fit. */
function isHashToken(text: string, cells: readonly Cell[], layout: ColumnLayout): boolean {
  const tag = cells[layout.tag];
  return (
    layout.id === undefined &&
    cells.length === layout.columns &&
    tag !== undefined &&
    isTagShaped(text.slice(...trimmed(text, tag)))
  );
}

function commentOf(text: string, line: number): Comment {
  const content = text.slice(markLength(text) + 1);
  const sign = content.indexOf('=');
  const key = (sign < 0 ? content : content.slice(0, sign)).trim();
  return { key, value: sign < 0 ? '' : content.slice(sign + 1).trim(), line, lineLength: text.length };
}

function trimmed(text: string, [start, end]: Cell): Cell {
  while (start < end && text[end - 1] === ' ') end--;
  while (start < end && text[start] === ' ') start++;
  return [start, end];
}
