import type { CorpusItem } from '../corpus.ts';
import { splitLines } from '../lines.ts';
import { fittingUnit, inUtf16, offsetsTo, spanIssue, usableSpans } from './charSpans.ts';
import type { CharSpan } from './charSpans.ts';
import { DocumentGatherer } from './documents.ts';
import type { DocumentStep } from './documents.ts';
import type { Format, OffsetUnit, Output, Reader, ReadOptions, Writer } from './format.ts';
import { issueItem } from './json.ts';
import { RecordCutter } from './records.ts';
import { itemsOfRow } from './rows.ts';

interface StandoffSpan extends CharSpan {
  readonly line: number;
}

const otherKinds: Readonly<Record<string, string>> = {
  R: 'relations',
  E: 'events',
  A: 'attributes',
  M: 'attributes',
  N: 'links to other sources',
  '#': 'notes',
  '*': 'relations',
};

/** The spans of an `.ann` file, and issues for everything that a layer cannot hold. */
function readAnnotations(text: string): {
  readonly spans: readonly StandoffSpan[];
  readonly items: readonly CorpusItem[];
} {
  const spans: StandoffSpan[] = [];
  const items: CorpusItem[] = [];
  const others = new Map<string, { count: number; line: number }>();
  const problem = (line: number, severity: 'error' | 'warning', reason: string, message: string): void => {
    items.push({ ...issueItem(line, severity, reason, message), inAnnotations: true } as CorpusItem);
  };
  splitLines(text.replace(/^\uFEFF/, '')).forEach((content, index) => {
    if (content.trim() === '') return;
    const line = index + 1;
    const kind = otherKinds[content.charAt(0)];
    if (kind !== undefined) {
      const known = others.get(kind);
      others.set(kind, { count: (known?.count ?? 0) + 1, line: known?.line ?? line });
      return;
    }
    const match = /^T\S*\t(\S+) (\d+) (\d+)((?:;\d+ \d+)*)(?:\t(.*))?$/.exec(content);
    if (match === null) {
      problem(
        line,
        'error',
        'annotation',
        'This line is no annotation as brat writes it (T1, tab, LABEL start end, tab, text): correct it. It was left out.',
      );
      return;
    }
    const [, label = '', start = '', end = '', more = '', quoted] = match;
    if (more !== '') {
      problem(
        line,
        'error',
        'discontinuous',
        `${label} ${start} ${end}${more} has gaps, which a layer cannot hold: make it one or several spans. It was left out.`,
      );
      return;
    }
    spans.push({ start: Number(start), end: Number(end), label, line, ...(quoted === undefined ? {} : { quoted }) });
  });
  for (const [kind, { count, line }] of others)
    problem(
      line,
      'warning',
      'otherAnnotations',
      `${String(count)} ${kind} (the first on this line) were left out: a layer holds only spans.`,
    );
  return { spans, items };
}

/** Spans of a text that began with a mark: programs count it as a character or do not, which is told by what the spans quote. */
function withoutMark(text: string, spans: readonly StandoffSpan[]): readonly StandoffSpan[] {
  const shifted = spans.map((span) => ({ ...span, start: span.start - 1, end: span.end - 1 }));
  const fitting = (own: readonly StandoffSpan[]): number =>
    inUtf16(text, own, 'codePoint').filter(({ start, end, quoted }) => quoted === text.slice(start, end)).length;
  return fitting(shifted) > fitting(spans) ? shifted : spans;
}

function reader(options: ReadOptions): Reader {
  const parts: string[] = [];
  return {
    push: (text) => {
      parts.push(text);
      return [];
    },
    end: () => {
      const whole = parts.join('');
      const text = whole.replace(/^\uFEFF/, '');
      const { spans: found, items } = readAnnotations(options.annotations ?? '');
      const spans = text.length < whole.length ? withoutMark(text, found) : found;
      const unit = options.offsets ?? fittingUnit(text, spans);
      const lines = new Map<CharSpan, number>();
      const placed = inUtf16(text, spans, unit);
      placed.forEach((span, index) => lines.set(span, spans[index]?.line ?? 1));
      const issues = [...items];
      const { spans: good, problems } = usableSpans(text, placed);
      for (const problem of problems)
        issues.push({ kind: 'issue', issue: spanIssue(problem, lines.get(problem.span) ?? 1), inAnnotations: true });
      const row = {
        text,
        spans: options.annotations === undefined ? null : good,
        documentId: options.name,
        ids: [],
        tokens: undefined,
        lengths: undefined,
      };
      const line = (item: CorpusItem): number => (item.kind === 'issue' ? item.issue.line : 0);
      return [...issues.sort((a, b) => line(a) - line(b)), ...itemsOfRow(row, 1, true)];
    },
  };
}

/** A document's id as the name of a file, different from all others in `taken`. */
export function fileName(id: string | undefined, taken: Set<string>): string {
  const clean = (id ?? 'document').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
  const base = clean === '' ? 'document' : clean;
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}-${String(number)}`;
  taken.add(name.toLowerCase());
  return name;
}

function writer(unit: OffsetUnit): Writer {
  const gatherer = new DocumentGatherer();
  // A text without an .ann file beside it is one that nobody annotated; there is no other way to say so.
  const cutter = new RecordCutter('run', true);
  const taken = new Set<string>();
  let name = '';
  let number = 0;
  let written = 0;
  const outputs = (step: DocumentStep): readonly Output[] => {
    if (step.kind === 'open') {
      name = fileName(step.id, taken);
      [number, written] = [0, 0];
      return [{ file: `${name}.txt`, text: '' }];
    }
    if (step.kind === 'close') return [{ file: `${name}.txt`, text: step.rest }];
    const { sentence, text } = step;
    const offset = offsetsTo(text, unit);
    const lead = text.length - sentence.text.length;
    const lines = (sentence.layer ?? []).map(({ first, end, label }) => {
      const from = sentence.tokens[first]?.start ?? 0;
      const to = sentence.tokens[end - 1]?.end ?? from;
      const quoted = sentence.text.slice(from, to).replace(/[\r\n]/g, ' ');
      return `T${String(++number)}\t${label.replace(/\s+/g, '_')} ${String(written + offset(lead + from))} ${String(written + offset(lead + to))}\t${quoted}\n`;
    });
    written += offset(text.length);
    return [
      { file: `${name}.txt`, text },
      ...(sentence.layer === null ? [] : [{ file: `${name}.ann`, text: lines.join('') }]),
    ];
  };
  const gathered = (items: readonly CorpusItem[]): readonly Output[] =>
    items.flatMap((item) => gatherer.add(item)).flatMap(outputs);
  return {
    add: (item) => gathered(cutter.add(item)),
    end: () => [...gathered(cutter.end()), ...gatherer.end().flatMap(outputs)],
  };
}

/** brat's standoff: for each document a text and, where somebody annotated it, an `.ann` file of spans in code points. Spans with gaps and all that is no span are reported. */
export const brat: Format = {
  id: 'brat',
  title: 'brat standoff (.txt and .ann)',
  extensions: ['txt'],
  shape: 'pairs',
  holds: {
    tokens: false,
    sentences: false,
    sentenceIds: false,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: true,
    runningText: true,
  },
  read: reader,
  write: (options) => writer(options.offsets ?? 'codePoint'),
};
