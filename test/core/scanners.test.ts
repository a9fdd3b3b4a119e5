import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ColumnScanner } from '../../src/core/columns/columnScan.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { ProseScanner } from '../../src/core/proseScan.ts';
import { splitSentences } from '../../src/core/splitSentences.ts';
import { corpusText } from './corpora.ts';

/** A text cut into pieces of these sizes, over and over. */
function pieces(text: string, sizes: readonly number[]): readonly string[] {
  const result: string[] = [];
  for (let place = 0, turn = 0; place < text.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    result.push(text.slice(place, place + size));
    place += size;
  }
  return result;
}

function scanned<Found>(
  scanner: { readonly push: (text: string) => readonly Found[]; readonly end: () => readonly Found[] },
  text: string,
  sizes: readonly number[],
): readonly Found[] {
  return [...pieces(text, sizes).flatMap((piece) => scanner.push(piece)), ...scanner.end()];
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const ends = fc.constantFrom('\n', '\r\n', '\r');
const columnLine = fc.constantFrom(
  '# newdoc id = d',
  '# text = Ada slept .',
  '# reviewed = Grace 2026-11-20',
  '1\tAda\tB-PER\t-\tann',
  '2\tslept\tO\t-\t-',
  '3\t.\tI-LOC\t-\t-',
  '4\tRome\t_\t-\t-',
  'broken',
  '',
  '',
);
const proseLine = fc.constantFrom(
  'Ada met Dr. Byron in Rome. They talked.',
  '# A title',
  '- an item of a list',
  'A long line that was wrapped by an editor at some width and so',
  'goes on here. Then it ends.',
  '```',
  '😀 A smile. ',
  '',
  '',
);

describe('readers of what comes in pieces', () => {
  it('find in columns what is found in one go', () => {
    fc.assert(
      fc.property(fc.array(columnLine, { maxLength: 40 }), ends, sizes, (lines, end, cut) => {
        const text = lines.join(end);
        const whole = parseColumns(text);
        const found = scanned(new ColumnScanner(), text, cut);
        assert.deepEqual(
          found.map(({ sentence }) => sentence),
          whole.sentences,
        );
        assert.deepEqual(
          found.map(({ line }) => line),
          whole.firstLines,
        );
      }),
    );
  });

  it('find in prose what is found in one go, over borders of pieces and in fenced code', () => {
    fc.assert(
      fc.property(fc.array(proseLine, { maxLength: 60 }), ends, sizes, (lines, end, cut) => {
        // Some repetition, so that there is more than one piece to read.
        const text = Array.from({ length: 8 }, () => lines.join(end)).join(end);
        const found = scanned(new ProseScanner(), text, cut);
        assert.deepEqual(
          found.map(({ start, sentence }) => ({ start, end: start + sentence.text.length })),
          splitSentences(text),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('find in EWT dev what is found in one go', function () {
    const text = corpusText(this, 'uner/uner_en_ewt.dev.iob2');
    const whole = parseColumns(text);
    const found = scanned(new ColumnScanner(), text, [16384]);
    assert.equal(found.length, whole.sentences.length);
    assert.deepEqual(
      found.map(({ sentence, line }) => ({ line, gold: sentence.gold, words: sentence.tokens })),
      whole.sentences.map((sentence, index) => ({
        line: whole.firstLines[index],
        gold: sentence.gold,
        words: sentence.tokens,
      })),
    );
  });
});
