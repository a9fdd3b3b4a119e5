import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CorpusItem } from '../../../src/core/corpus.ts';
import type { FormatId } from '../../../src/core/formats/format.ts';
import { formatOf } from '../../../src/core/formats/registry.ts';
import { issuesOf, readAll, writeAll } from './convert.ts';

/** A span as a program that counts code points writes it. */
type PointSpan = readonly [start: number, end: number, label: string];

interface Made {
  readonly text: string;
  readonly spans: readonly PointSpan[];
}

const piece = fc.constantFrom(
  'Ada',
  'Zoe\u0308',
  '😀',
  '👩‍👩‍👧',
  '東京',
  '𝔘𝔫𝔦',
  "don't",
  '.',
  'x\u0323\u0307',
  '\u200D',
  '🇫🇷',
  'ﬁn',
);
const gap = fc.constantFrom(' ', '  ', '\n', '\r\n', '\r\n\r\n', '\t', '');

/** Texts of all that shifts offsets, and spans at any code points that begin and end in no white space. */
const made: fc.Arbitrary<Made> = fc
  .array(fc.tuple(piece, gap), { minLength: 1, maxLength: 14 })
  .chain((parts) => {
    const text = parts.flat().join('').trim();
    const points = Array.from(text);
    return fc
      .array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 4 }), fc.constantFrom('PER', 'LOC')), { maxLength: 5 })
      .map((steps): Made => {
        const spans: PointSpan[] = [];
        let at = 0;
        for (const [skip, length, label] of steps) {
          const start = at + skip;
          const end = start + length;
          if (end > points.length) break;
          at = end;
          const content = points.slice(start, end).join('');
          if (content.trim() === content && content !== '') spans.push([start, end, label]);
        }
        return { text, spans };
      });
  })
  .filter(({ text }) => text !== '');

const quote = (text: string, [start, end]: PointSpan): string => Array.from(text).slice(start, end).join('');

/** A file of each format as its own tool writes it, by Python's offsets. */
const files: Readonly<
  Partial<Record<FormatId, (made: Made) => { readonly text: string; readonly annotations?: string }>>
> = {
  doccano: ({ text, spans }) => ({ text: `${JSON.stringify({ id: 1, text, label: spans })}\n` }),
  prodigy: ({ text, spans }) => ({
    text: `${JSON.stringify({ text, spans: spans.map(([start, end, label]) => ({ start, end, label })), answer: 'accept' })}\n`,
  }),
  spacy: ({ text, spans }) => ({ text: JSON.stringify([[text, { entities: spans }]]) }),
  'label-studio': ({ text, spans }) => {
    const result = spans.map((span) => ({
      type: 'labels',
      value: { start: span[0], end: span[1], text: quote(text, span), labels: [span[2]] },
    }));
    return { text: JSON.stringify([{ id: 1, data: { text }, annotations: [{ result }] }]) };
  },
  brat: ({ text, spans }) => ({
    text,
    annotations: spans
      .map(
        (span, index) =>
          `T${String(index + 1)}\t${span[2]} ${String(span[0])} ${String(span[1])}\t${quote(text, span).replace(/[\r\n]/g, ' ')}\n`,
      )
      .join(''),
  }),
};

/** The spans of a corpus in code points of the running text of its only document. */
function spansOf(items: readonly CorpusItem[]): readonly PointSpan[] {
  const document = items.find((item) => item.kind === 'document');
  return items.flatMap((item) => {
    if (item.kind !== 'sentence') return [];
    const text = document?.text ?? item.sentence.text;
    const start = item.start ?? 0;
    const points = (offset: number): number => Array.from(text.slice(0, start + offset)).length;
    const { tokens, layer } = item.sentence;
    return (layer ?? []).map(({ first, end, label }): PointSpan => [
      points(tokens[first]?.start ?? 0),
      points(tokens[end - 1]?.end ?? 0),
      label,
    ]);
  });
}

describe('offsets', () => {
  for (const [id, make] of Object.entries(files))
    it(`${id}: emoji, combining marks and CRLF shift nothing, on the way in and out`, () => {
      const format = formatOf(id)!;
      fc.assert(
        fc.property(made, fc.boolean(), fc.integer({ min: 1, max: 40 }), (corpus, bom, size) => {
          const { text, annotations } = make(corpus);
          const items = readAll(format, (bom ? '\uFEFF' : '') + text, size, {
            annotations,
            offsets: 'codePoint',
            name: 'd',
          });
          // Spans at any characters may cut words, which is told.
          assert.deepEqual(
            issuesOf(items).filter(({ reason }) => reason !== 'partOfWord'),
            [],
          );
          assert.deepEqual(spansOf(items), corpus.spans);
          const written = writeAll(format, items);
          const names = [...written.keys()];
          const main = names.find((name) => name === '' || name.endsWith('.txt')) ?? '';
          const again = readAll(format, written.get(main) ?? '', size, {
            annotations: written.get(main.replace(/\.txt$/, '.ann')),
            offsets: 'codePoint',
            name: 'd',
          });
          assert.deepEqual(spansOf(again), corpus.spans);
        }),
      );
    });

  it('brat: a mark at the start of the text that the offsets count is told by what they quote', () => {
    const brat = formatOf('brat')!;
    const text = '\uFEFFAda left Turin.';
    for (const shift of [0, 1]) {
      const annotations = `T1\tPER ${String(shift)} ${String(3 + shift)}\tAda\nT2\tLOC ${String(9 + shift)} ${String(14 + shift)}\tTurin\n`;
      const items = readAll(brat, text, 99, { annotations, name: 'd' });
      assert.deepEqual(issuesOf(items), []);
      assert.deepEqual(spansOf(items), [
        [0, 3, 'PER'],
        [9, 14, 'LOC'],
      ]);
    }
  });

  it('past the end of a text are reported, whatever they count', () => {
    for (const offsets of ['codePoint', 'utf16', 'byte'] as const) {
      const items = readAll(formatOf('doccano')!, JSON.stringify({ text: '😀 é Ada', label: [[0, 99, 'PER']] }), 99, {
        offsets,
      });
      assert.deepEqual(
        issuesOf(items).map(({ reason }) => reason),
        ['outOfText'],
        offsets,
      );
      assert.deepEqual(spansOf(items), []);
    }
  });
});
