import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import { append } from '../lists.ts';
import type { Span } from '../span.ts';
import type { Format, Reader, Writer, WriteOptions } from './format.ts';
import { issueItem } from './json.ts';
import { LineFeed } from './lineFeed.ts';
import { joinForms } from './tokenOffsets.ts';

/** Where the word and the entity stand among the columns of CoNLL-2012; the last columns are arguments and coreference. */
const FORM = 3;
const ENTITY = 10;
const bracket = /^(\([^()*\s]+)*\*?\)*$/;

/** Whether a line is one of CoNLL-2012's: a word of a document, with an entity column of brackets. */
export function isOntonotesLine(line: string): boolean {
  const cells = line.trim().split(/\s+/);
  return (
    cells.length > ENTITY &&
    /^\d+$/.test(cells[1] ?? '') &&
    /^\d+$/.test(cells[2] ?? '') &&
    bracket.test(cells[ENTITY] ?? '')
  );
}

interface Word {
  readonly form: string;
  readonly entity: string;
  readonly line: number;
}

/** The spans of an entity column; the outermost of nested ones. */
function spansOf(words: readonly Word[]): { readonly layer: readonly Span[]; readonly items: readonly CorpusItem[] } {
  const layer: Span[] = [];
  const items: CorpusItem[] = [];
  const open: { first: number; label: string }[] = [];
  words.forEach(({ entity, line }, index) => {
    for (const [part] of entity.matchAll(/\(([^()*\s]+)|\)/g)) {
      if (part !== ')') {
        open.push({ first: index, label: part.slice(1) });
        continue;
      }
      const begun = open.pop();
      if (begun === undefined)
        items.push(
          issueItem(
            line,
            'error',
            'bracket',
            'This bracket closes nothing: correct the column of entities. It was left out.',
          ),
        );
      else if (open.length === 0) layer.push({ first: begun.first, end: index + 1, label: begun.label });
      else
        items.push(
          issueItem(
            line,
            'error',
            'overlap',
            `${begun.label} lies inside ${open[0]?.label ?? ''}; a layer holds one of them. The outer one was kept.`,
          ),
        );
    }
  });
  for (const { first, label } of open)
    items.push(
      issueItem(
        words[first]?.line ?? 1,
        'error',
        'bracket',
        `The bracket of ${label} is not closed in its sentence: correct the column of entities. It was left out.`,
      ),
    );
  return { layer, items };
}

function reader(): Reader {
  let items: CorpusItem[] = [];
  let words: Word[] = [];
  let documentId: string | undefined;
  let line = 0;
  const close = (): void => {
    if (words.length === 0) return;
    const own = words;
    words = [];
    const { layer, items: issues } = spansOf(own);
    const open = own.every(({ entity }) => entity === '-');
    const { text, tokens } = joinForms(own.map(({ form }) => form));
    const sentence: CorpusSentence = { text, tokens, layer: open ? null : layer, documentId };
    append(items, issues);
    items.push({ kind: 'sentence', sentence, lineOf: (token) => own[token]?.line ?? 1 });
  };
  const feed = new LineFeed((content) => {
    line++;
    const text = content.replace(/^\uFEFF/, '');
    if (text.trim() === '') close();
    else if (text.startsWith('#')) {
      close();
      const [, id, part] = /^#begin document \((.*)\);(?: part (\d+))?/.exec(text) ?? [];
      if (id !== undefined) documentId = part === undefined || /^0+$/.test(part) ? id : `${id} part ${part}`;
    } else {
      const cells = text.trim().split(/\s+/);
      const [form, entity] = [cells[FORM], cells[ENTITY]];
      if (form === undefined || entity === undefined)
        items.push(
          issueItem(
            line,
            'error',
            'cellCount',
            `${String(cells.length)} cells, but the entity is in the 11th of CoNLL-2012: add the missing cells. The line was left out.`,
          ),
        );
      else words.push({ form: form.replaceAll('\u00A0', ' '), entity, line });
    }
  });
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
      close();
      return taken();
    },
  };
}

function entityCells({ layer, tokens }: CorpusSentence): readonly string[] {
  if (layer === null) return tokens.map(() => '-');
  const cells = tokens.map(() => '*');
  for (const { first, end, label } of layer) {
    const name = label.replace(/[\s()*]/g, '_');
    if (end - first === 1) cells[first] = `(${name})`;
    else {
      cells[first] = `(${name}*`;
      cells[end - 1] = '*)';
    }
  }
  return cells;
}

function writer({ eol }: WriteOptions): Writer {
  let open: string | undefined;
  let begun = false;
  const lines = (all: readonly string[]): string => all.map((one) => one + eol).join('');
  return {
    add: (item) => {
      if (item.kind !== 'sentence') return [];
      const { sentence } = item;
      const id = sentence.documentId ?? '';
      const opening = [
        ...(begun && id !== open ? ['#end document'] : []),
        ...(!begun || id !== open ? [`#begin document (${id}); part 000`] : []),
      ];
      [begun, open] = [true, id];
      const cells = entityCells(sentence);
      const name = id === '' ? '-' : id.replace(/\s+/g, '_');
      const words = sentence.tokens.map(
        ({ form }, index) =>
          `${name}\t0\t${String(index)}\t${form.replace(/\s/g, '\u00A0')}\t-\t*\t-\t-\t-\t-\t${cells[index] ?? '*'}\t-`,
      );
      return [{ file: '', text: lines([...opening, ...words, '']) }];
    },
    end: () => (begun ? [{ file: '', text: lines(['#end document']) }] : []),
  };
}

/** CoNLL-2012, as OntoNotes is distributed: entities as brackets in the eleventh column. */
export const ontonotes: Format = {
  id: 'ontonotes',
  title: 'CoNLL-2012 (OntoNotes, brackets)',
  extensions: ['gold_conll', 'v4_gold_conll', 'conll'],
  shape: 'file',
  holds: {
    tokens: true,
    sentences: true,
    sentenceIds: false,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedLabels: false,
    spacedWords: false,
    runningText: false,
  },
  read: reader,
  write: writer,
};
