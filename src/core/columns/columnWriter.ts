import type { ColumnLayout } from './document.ts';
import type { CorpusItem, CorpusSentence, SentenceSource } from '../corpus.ts';
import { eolOf, isBlank, splitLines } from '../lines.ts';
import type { Eol } from '../lines.ts';
import { UNDECIDED, decisionsOf, sameDecisions, tagsOfDecisions } from '../decisions.ts';
import { NOBODY } from '../provenance.ts';
import type { Tagging } from '../tagging.ts';
import { parseBlock } from './columnBlock.ts';
import { tagCell } from './cellText.ts';
import { annotatorCell } from './columnEdits.ts';
import type { FormatId, Output, Writer, WriteOptions } from '../formats/format.ts';

/** What tells one column format from another when it is written. */
export interface ColumnStyle {
  readonly format: FormatId;
  readonly tagging: Tagging;
  /** What separates its cells, and the key of the tag where it is one of several values of a cell. */
  readonly cells: Pick<ColumnLayout, 'separator' | 'tagKey'>;
  /** Lines at the start of the file. */
  readonly header?: readonly string[];
  /** The lines that begin a document. */
  readonly opening: (documentId: string | undefined) => readonly string[];
  /** The lines of a sentence; tags, as cells hold them, are undefined where nobody annotated it. */
  readonly lines: (sentence: CorpusSentence, tags: readonly string[] | undefined) => readonly string[];
}

/**
 * The text of a sentence of a column file with other decisions: only its tag cells differ, and the cells of who decided where
 * that is said. Undecided words get `_`.
 */
export function withDecisions(
  source: SentenceSource,
  { layer, partial, annotators = [] }: Pick<CorpusSentence, 'layer' | 'partial' | 'annotators'>,
): string {
  const decisions = decisionsOf({ gold: layer, partial });
  if (sameDecisions(decisions, decisionsOf({ gold: source.layer, partial: source.partial }))) return source.text;
  const pieces = source.text.split(/(\r\n|\r|\n)/);
  const lines = splitLines(source.text);
  const first = lines.findLastIndex((line, index) => isBlank(line) && index < lines.length - 1) + 1;
  const last = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  const block = parseBlock(
    lines.slice(first, last),
    source.layout,
    { documentId: undefined, docStarts: 0 },
    source.tagging,
  );
  const cells = block.sentence?.cells ?? [];
  const tags = tagsOfDecisions(decisions, cells.length, source.tagging);
  cells.forEach(({ line, tag: [start, end], annotator, tagPrefix = '' }, token) => {
    const index = (first + line) * 2;
    let content = pieces[index] ?? '';
    const tag = tags[token] ?? UNDECIDED;
    const name = tag === UNDECIDED ? NOBODY : annotators[token];
    // The annotator's column is the last one, so that the tag's place stays.
    if (annotator !== undefined && name !== undefined && start < annotator[0])
      content =
        content.slice(0, annotator[0]) + annotatorCell(name, source.layout.separator) + content.slice(annotator[1]);
    pieces[index] = content.slice(0, start) + tagPrefix + tagCell(tag, source.layout) + content.slice(end);
  });
  return pieces.join('');
}

/** A writer of columns: sentences that come from the same format keep every byte but changed tags, others are written in `style`. */
export function columnWriter(style: ColumnStyle, options: WriteOptions): Writer {
  let documentId: string | undefined;
  let written: 'nothing' | 'openLine' | 'line' | 'blankLine' = 'nothing';

  const emit = (text: string, eol: Eol): Output => {
    const startsBlank = isBlank(/^[^\r\n]*/.exec(text)?.[0] ?? '');
    const missing = written === 'openLine' ? (startsBlank ? 1 : 2) : written === 'line' && !startsBlank ? 1 : 0;
    written = /(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)$/.test(text)
      ? 'blankLine'
      : /[\r\n]$/.test(text)
        ? 'line'
        : 'openLine';
    return { file: '', text: eol.repeat(missing) + text };
  };
  const block = (lines: readonly string[]): string => lines.map((line) => line + options.eol).join('');
  const add = (item: CorpusItem): readonly Output[] => {
    if (item.kind === 'tail') {
      if (item.format !== style.format || item.text === '') return [];
      written = 'line';
      return [{ file: '', text: item.text }];
    }
    if (item.kind !== 'sentence') return [];
    const { sentence } = item;
    const opens = sentence.documentId !== documentId;
    documentId = sentence.documentId;
    const { source } = sentence;
    if (source?.format === style.format) {
      const text = withDecisions(source, sentence);
      const says = !opens || /^\uFEFF?(?:#[^\S\r\n]*newdoc|-DOCSTART-)/m.test(text);
      const eol = eolOf(source.text);
      const lead = /^(?:[^\S\r\n]*(?:\r\n|\r|\n))*/.exec(text)?.[0] ?? '';
      const opening = says
        ? ''
        : style
            .opening(documentId)
            .map((line) => line + eol)
            .join('');
      // The sentence that had the names of the columns before it may be elsewhere.
      const { header } = source;
      const names = written === 'nothing' && header !== undefined && !text.includes(header) ? header + eol : '';
      return [emit(lead + names + opening + text.slice(lead.length), eol)];
    }
    const decisions = decisionsOf({ gold: sentence.layer, partial: sentence.partial });
    const tags =
      decisions === null
        ? undefined
        : tagsOfDecisions(decisions, sentence.tokens.length, options.tagging ?? style.tagging).map((tag) =>
            tagCell(tag, style.cells),
          );
    const header = written === 'nothing' ? (style.header ?? []) : [];
    const lines = [...header, ...(opens ? style.opening(documentId) : []), ...style.lines(sentence, tags), ''];
    return [emit(block(lines), options.eol)];
  };
  return {
    add,
    end: () => (written === 'nothing' && style.header !== undefined ? [{ file: '', text: block(style.header) }] : []),
  };
}
