import type { CorpusItem, CorpusSentence, SentenceComment } from '../corpus.ts';
import type { ColumnLayout, ColumnSentence } from './document.ts';
import { taggingEvidence } from '../tagging.ts';
import type { Tagging } from '../tagging.ts';
import { DOC_START, parseBlock } from './columnBlock.ts';
import type { BlockContext } from './columnBlock.ts';
import { BlockFeed } from './columnBlocks.ts';
import type { FormatId, ReadOptions, Reader } from '../formats/format.ts';

const ownKeys: ReadonlySet<string> = new Set(['text', 'sent_id', 'newdoc id', 'newdoc', 'global.columns', DOC_START]);

/** The comments that are neither text, id nor document. */
export function otherComments({
  comments,
}: {
  readonly comments: readonly SentenceComment[];
}): readonly SentenceComment[] {
  return comments.filter(({ key }) => !ownKeys.has(key)).map(({ key, value }) => ({ key, value }));
}

/** The names of annotator cells; what stands for nobody is undefined. */
export function knownNames(cells: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return cells.map((name) => (name === '-' || name === '_' ? undefined : name));
}

/** A sentence of a column file as any format can take it. */
export function corpusSentence(sentence: ColumnSentence): CorpusSentence {
  const { text, tokens, id, documentId, gold, partial, annotators } = sentence;
  const known = knownNames(annotators);
  return {
    text,
    tokens,
    id,
    documentId,
    layer: gold,
    ...(partial === undefined ? {} : { partial }),
    ...(known.some((name) => name !== undefined) ? { annotators: known } : {}),
    comments: otherComments(sentence),
  };
}

/**
 * A reader of columns. `tagging` is how the format writes spans; undefined takes IOB1 and IOB2 as they come and says
 * once where a file mixes them.
 */
export function columnReader(format: FormatId, tagging: Tagging | undefined, options: ReadOptions): Reader {
  let items: CorpusItem[] = [];
  let context: BlockContext = { documentId: undefined, docStarts: 0 };
  let seen: Tagging | undefined;
  let mixed = false;
  let raw: string[] = [];
  let header: string | undefined;

  const takeBlock = (block: readonly string[], first: number, layout: ColumnLayout): void => {
    const parsed = parseBlock(block, layout, context, tagging ?? 'iob1');
    for (const issue of parsed.issues) items.push({ kind: 'issue', issue: { ...issue, line: issue.line + first } });
    context = {
      documentId: parsed.newDocument === undefined ? context.documentId : parsed.newDocument.id,
      docStarts: context.docStarts + parsed.docStarts,
    };
    const { sentence } = parsed;
    if (sentence === undefined) return;
    noteEvidence(sentence, first);
    const source = {
      format,
      layout,
      tagging: tagging ?? seen ?? 'iob2',
      text: raw.join(''),
      layer: sentence.gold,
      ...(sentence.partial === undefined ? {} : { partial: sentence.partial }),
      ...(header === undefined ? {} : { header }),
      otherColumns: otherColumns(layout),
    };
    raw = [];
    const { cells } = sentence;
    const lineOf = (token: number): number => first + (cells[token]?.line ?? 0) + 1;
    items.push({ kind: 'sentence', sentence: { ...corpusSentence(sentence), source }, lineOf });
  };
  const noteEvidence = (sentence: ColumnSentence, first: number): void => {
    if (tagging !== undefined || mixed) return;
    const evidence = taggingEvidence(sentence.tags);
    if (evidence === undefined) return;
    seen ??= evidence;
    if (evidence === seen) return;
    mixed = true;
    items.push({
      kind: 'issue',
      issue: {
        line: first + (sentence.cells[0]?.line ?? 0) + 1,
        severity: 'warning',
        reason: 'mixedTagging',
        message: `This sentence is tagged as ${evidence.toUpperCase()}, the ones before it as ${seen.toUpperCase()}. Both are read; make them one.`,
      },
    });
  };
  const line = (text: string): void => {
    if (/^\uFEFF?#\s*global\.columns\s*=/.test(text)) header = text.replace(/^\uFEFF/, '').trimEnd();
    raw.push(text);
  };
  const feed = new BlockFeed({ block: takeBlock, line }, options.layout);
  const taken = (): readonly CorpusItem[] => {
    const result = items;
    items = [];
    return result;
  };
  return {
    push: (text) => {
      feed.push(text);
      return taken();
    },
    end: () => {
      feed.end();
      if (raw.length > 0) items.push({ kind: 'tail', format, text: raw.join('') });
      return taken();
    },
  };
}

function otherColumns(layout: ColumnLayout): number {
  const own = [layout.id, layout.annotator].filter((column) => column !== undefined).length + 2;
  // UNER's fourth column is always empty.
  return layout.annotator === undefined ? layout.columns - own : 0;
}
