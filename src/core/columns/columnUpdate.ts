import type { ColumnDocument, ColumnSentence, DocumentMark, Issue, TextEdit } from './document.ts';
import { countBreaks, eolOf, isBlank } from '../lines.ts';
import { DOC_START, opensDocument, parseBlock } from './columnBlock.ts';
import type { BlockContext } from './columnBlock.ts';
import { detectLayout } from './columnLayout.ts';
import { addBlock, blocksIn, emptyRegion, parseLines, tailOf } from './columns.ts';
import type { LineRange, ParsedRegion } from './columns.ts';
import { append } from '../lists.ts';

/** Lines to be read again, in the new text; lines before it moved by `deltaBefore`, lines after it by `deltaAfter`. */
interface Region extends LineRange {
  readonly deltaBefore: number;
  readonly deltaAfter: number;
}

type Spliced = Pick<ColumnDocument, 'sentences' | 'firstLines' | 'marks' | 'issues'>;

/**
 * The document after edits (all referring to the text before, as an editor's change event gives them), where `lineText`
 * reads the text after them. Only blocks that an edit touches are read again; every other sentence stays the same
 * object, unless the document that it belongs to got another id. The result equals reading the whole text.
 */
export function updateColumns(
  document: ColumnDocument,
  changes: TextEdit | readonly TextEdit[],
  lineText: (line: number) => string,
): ColumnDocument {
  const sorted = [...('text' in changes ? [changes] : changes)].sort(
    (a, b) => a.start.line - b.start.line || a.start.character - b.start.character,
  );
  const firstChange = sorted[0];
  if (firstChange === undefined) return document;
  const lineCount = sorted.reduce((count, change) => count + growth(change), document.lineCount);
  const eol = eolAfter(document, sorted, lineCount);
  const whole = (): ColumnDocument => parseLines(lineCount, lineText, eol);
  let { layoutLines } = document;
  if (firstChange.start.line < layoutLines) {
    const detected = detectLayout(lineCount, lineText);
    if (!sameLayout(document, detected.layout)) return whole();
    layoutLines = detected.linesRead;
  }
  const spliced = splice(document, regionsOf(sorted, lineCount, lineText), lineText);
  if (spliced === undefined) return whole();
  return {
    ...spliced,
    layout: document.layout,
    lineCount,
    eol,
    layoutLines,
    bom: lineText(0).startsWith('\uFEFF'),
    tail: tailOf(lineCount, lineText),
  };
}

function growth(change: TextEdit): number {
  return countBreaks(change.text) - (change.end.line - change.start.line);
}

function eolAfter(document: ColumnDocument, changes: readonly TextEdit[], lineCount: number): ColumnDocument['eol'] {
  if (lineCount === 1) return '\n';
  return document.lineCount === 1 ? eolOf(changes.map((change) => change.text).join('')) : document.eol;
}

function sameLayout({ layout }: ColumnDocument, other: ColumnDocument['layout']): boolean {
  return (
    layout.columns === other.columns &&
    layout.id === other.id &&
    layout.form === other.form &&
    layout.tag === other.tag &&
    layout.annotator === other.annotator &&
    layout.separator === other.separator &&
    layout.tagKey === other.tagKey &&
    layout.tagging === other.tagging
  );
}

function regionsOf(
  changes: readonly TextEdit[],
  lineCount: number,
  lineText: (line: number) => string,
): readonly Region[] {
  const regions: Region[] = [];
  let delta = 0;
  for (const change of changes) {
    let first = change.start.line + delta;
    let end = change.end.line + delta + growth(change);
    while (first > 0 && !isBlank(lineText(first - 1))) first--;
    while (end + 1 < lineCount && !isBlank(lineText(end + 1))) end++;
    const region = { first, end: end + 1, deltaBefore: delta, deltaAfter: delta + growth(change) };
    delta = region.deltaAfter;
    const last = regions.at(-1);
    if (last === undefined || first > last.end) regions.push(region);
    else
      regions[regions.length - 1] = {
        ...last,
        end: Math.max(last.end, region.end),
        deltaAfter: delta,
      };
  }
  return regions;
}

/** The index of the first line in a sorted list that is at or after `line`. */
function lowerBound(lines: readonly number[], line: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

function documentBefore(document: ColumnDocument, line: number): string | undefined {
  const index = lowerBound(document.firstLines, line) - 1;
  const mark = document.marks.findLast((candidate) => candidate.line < line);
  return mark !== undefined && mark.line > (document.firstLines[index] ?? -1)
    ? mark.documentId
    : document.sentences[index]?.documentId;
}

/** The arrays as one; `flat` would be many times slower. */
function joined<Value>(parts: readonly (readonly Value[])[]): Value[] {
  return parts.reduce<Value[]>((all, part) => all.concat(part), []);
}

/** Everything old with the regions read anew; undefined where the numbering of documents may have changed. */
function splice(
  document: ColumnDocument,
  regions: readonly Region[],
  lineText: (line: number) => string,
): Spliced | undefined {
  const sentences: (readonly ColumnSentence[])[] = [];
  const firstLines: (readonly number[])[] = [];
  const marks: DocumentMark[] = [];
  const issues: Issue[] = [];
  let renamed: { readonly documentId: string | undefined } | undefined;
  const keep = (first: number, end: number, delta: number): void => {
    const from = lowerBound(document.firstLines, first);
    const to = lowerBound(document.firstLines, end);
    const shifted = document.firstLines.slice(from, to);
    firstLines.push(delta === 0 ? shifted : shifted.map((line) => line + delta));
    const kept = document.sentences.slice(from, to);
    const keptMarks = document.marks.filter((mark) => mark.line >= first && mark.line < end);
    if (renamed !== undefined) {
      const { documentId } = renamed;
      let stop = kept.findIndex(opensDocument);
      const mark = keptMarks[0];
      if (mark !== undefined) {
        const before = lowerBound(document.firstLines, mark.line) - from;
        stop = stop < 0 ? before : Math.min(stop, before);
      }
      const count = stop < 0 ? kept.length : stop;
      for (const [index, sentence] of kept.slice(0, count).entries()) kept[index] = { ...sentence, documentId };
      if (stop >= 0) renamed = undefined;
    }
    sentences.push(kept);
    for (const mark of keptMarks) marks.push({ ...mark, line: mark.line + delta });
    for (const issue of document.issues)
      if (issue.line > first && issue.line <= end) issues.push({ ...issue, line: issue.line + delta });
  };
  let position = 0;
  let delta = 0;
  for (const region of regions) {
    const oldFirst = region.first - region.deltaBefore;
    const oldEnd = region.end - region.deltaAfter;
    keep(position, oldFirst, delta);
    const read = readRegion(document, region, lineText, renamed ?? { documentId: documentBefore(document, oldFirst) });
    if (read === undefined) return undefined;
    sentences.push(read.region.sentences);
    firstLines.push(read.region.firstLines);
    append(marks, read.region.marks);
    append(issues, read.region.issues);
    const documentId = read.documentId;
    renamed = documentId === documentBefore(document, oldEnd) ? undefined : { documentId };
    if (regions.length === 1 && delta === region.deltaAfter && renamed === undefined) {
      const inPlace = replacedInPlace(document, oldFirst, oldEnd, read.region);
      if (inPlace !== undefined) return inPlace;
    }
    position = oldEnd;
    delta = region.deltaAfter;
  }
  keep(position, Infinity, delta);
  return { sentences: joined(sentences), firstLines: joined(firstLines), marks, issues };
}

/** The document with other sentences on the same lines, where nothing else can have changed: the common case of a correction. */
function replacedInPlace(
  document: ColumnDocument,
  first: number,
  end: number,
  read: ParsedRegion,
): Spliced | undefined {
  const from = lowerBound(document.firstLines, first);
  const to = lowerBound(document.firstLines, end);
  const same =
    read.sentences.length === to - from &&
    read.firstLines.every((line, index) => document.firstLines[from + index] === line) &&
    read.marks.length === 0 &&
    read.issues.length === 0 &&
    !document.marks.some((mark) => mark.line >= first && mark.line < end) &&
    !document.issues.some((issue) => issue.line > first && issue.line <= end);
  if (!same) return undefined;
  const sentences = document.sentences.slice();
  for (const [index, sentence] of read.sentences.entries()) sentences[from + index] = sentence;
  return { sentences, firstLines: document.firstLines, marks: document.marks, issues: document.issues };
}

function readRegion(
  document: ColumnDocument,
  region: Region,
  lineText: (line: number) => string,
  start: { readonly documentId: string | undefined },
): { readonly region: ParsedRegion; readonly documentId: string | undefined } | undefined {
  const first = region.first - region.deltaBefore;
  const end = region.end - region.deltaAfter;
  const old = document.sentences.slice(lowerBound(document.firstLines, first), lowerBound(document.firstLines, end));
  if (old.some((sentence) => sentence.comments.some(({ key }) => key === DOC_START))) return undefined;
  if (document.marks.some((mark) => mark.docStarts > 0 && mark.line >= first && mark.line < end)) return undefined;
  const read = emptyRegion();
  let context: BlockContext = { ...start, docStarts: 0 };
  for (const range of blocksIn(region, lineText)) {
    const lines: string[] = [];
    for (let line = range.first; line < range.end; line++) lines.push(lineText(line));
    const block = parseBlock(lines, document.layout, context);
    if (block.docStarts > 0) return undefined;
    context = addBlock(read, block, range.first, context);
  }
  keepEqual(old, read.sentences);
  return { region: read, documentId: context.documentId };
}

/** Puts the old objects back for sentences at both ends of a region that are what they were. */
function keepEqual(old: readonly ColumnSentence[], now: ColumnSentence[]): void {
  const common = Math.min(old.length, now.length);
  const keepAt = (oldIndex: number, index: number): boolean => {
    const [before, after] = [old[oldIndex], now[index]];
    if (before === undefined || after === undefined || !sameValue(before, after)) return false;
    now[index] = before;
    return true;
  };
  let start = 0;
  while (start < common && keepAt(start, start)) start++;
  let end = 1;
  while (start + end <= common && keepAt(old.length - end, now.length - end)) end++;
}

/** Equality of plain data. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value], index) => right[index]?.[0] === key && sameValue(value, right[index][1]))
  );
}
