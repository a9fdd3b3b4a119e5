import type { ColumnDocument, ColumnLayout, ColumnSentence, DocumentMark, Issue } from './document.ts';
import { eolOf, isBlank, splitLines } from '../lines.ts';
import { parseBlock } from './columnBlock.ts';
import type { BlockContext, ParsedBlock } from './columnBlock.ts';
import { detectLayout } from './columnLayout.ts';
import { finish } from '../steps.ts';
import type { Steps } from '../steps.ts';

/** A run of lines, half-open. */
export interface LineRange {
  readonly first: number;
  readonly end: number;
}

/** What a run of lines holds, with lines of the whole file (0-based; issues 1-based). */
export interface ParsedRegion {
  readonly sentences: ColumnSentence[];
  readonly firstLines: number[];
  readonly marks: DocumentMark[];
  readonly issues: Issue[];
}

/** The blocks (runs of lines that are not blank) of a range of lines. */
export function* blocksIn({ first, end }: LineRange, lineText: (line: number) => string): Iterable<LineRange> {
  let start: number | undefined;
  for (let line = first; line < end; line++) {
    if (!isBlank(lineText(line))) start ??= line;
    else if (start !== undefined) {
      yield { first: start, end: line };
      start = undefined;
    }
  }
  if (start !== undefined) yield { first: start, end };
}

/** An empty region, to be filled by `addBlock`. */
export function emptyRegion(): ParsedRegion {
  return { sentences: [], firstLines: [], marks: [], issues: [] };
}

/** Adds a block that begins on line `first` to a region; the context after it. */
export function addBlock(region: ParsedRegion, block: ParsedBlock, first: number, context: BlockContext): BlockContext {
  const documentId = block.newDocument === undefined ? context.documentId : block.newDocument.id;
  if (block.sentence !== undefined) {
    region.sentences.push(block.sentence);
    region.firstLines.push(first);
  } else if (block.newDocument !== undefined) {
    region.marks.push({ line: first, documentId, docStarts: block.docStarts });
  }
  for (const issue of block.issues) region.issues.push({ ...issue, line: issue.line + first });
  return { documentId, docStarts: context.docStarts + block.docStarts };
}

/** The end of a text: the length of its last line, and how many of its last lines are blank. */
export function tailOf(lineCount: number, lineText: (line: number) => string): ColumnDocument['tail'] {
  let blankLines = 0;
  while (blankLines < lineCount && isBlank(lineText(lineCount - 1 - blankLines))) blankLines++;
  return { character: lineText(lineCount - 1).length, blankLines };
}

/**
 * Reads a column file: UNER's five columns, CoNLL-2003's four, `form tag`, or any other in which the tags can be told.
 * Never throws; what cannot be read as meant is an issue, and everything else works. `layout` overrides the detection.
 */
export function parseColumns(text: string, layout?: ColumnLayout): ColumnDocument {
  const lines = splitLines(text);
  return parseLines(lines.length, (line) => lines[line] ?? '', eolOf(text), layout);
}

/** Reads a column file that is given line by line. */
export function parseLines(...file: Parameters<typeof parsingLines>): ColumnDocument {
  return finish(parsingLines(...file));
}

/** `parseLines` one block a step, for whoever has other things to do between them. */
export function* parsingLines(
  lineCount: number,
  lineText: (line: number) => string,
  eol: ColumnDocument['eol'],
  given?: ColumnLayout,
): Steps<ColumnDocument> {
  const { layout, linesRead } =
    given === undefined ? detectLayout(lineCount, lineText) : { layout: given, linesRead: 0 };
  const region = emptyRegion();
  let context: BlockContext = { documentId: undefined, docStarts: 0 };
  for (const { first, end } of blocksIn({ first: 0, end: lineCount }, lineText)) {
    const lines: string[] = [];
    for (let line = first; line < end; line++) lines.push(lineText(line));
    context = addBlock(region, parseBlock(lines, layout, context), first, context);
    yield;
  }
  return {
    ...region,
    layout,
    lineCount,
    eol,
    layoutLines: linesRead,
    bom: lineText(0).startsWith('\uFEFF'),
    tail: tailOf(lineCount, lineText),
  };
}
