import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isBlank } from '../../../../src/core/lines.ts';
import {
  emptyProse,
  endOf,
  rereadProse,
  touching,
  updateProse,
} from '../../../../src/extension/document/prose/proseText.ts';
import { readInSlices, readSentences } from '../../../../src/extension/document/prose/proseReading.ts';
import type { ProseText } from '../../../../src/extension/document/prose/proseText.ts';

const whole = (text: string): ProseText => rereadProse(emptyProse, text, readSentences).text;

/** The lines around a range up to blank ones, as the editor's part finds them. */
function paragraph(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  let first = text.lastIndexOf('\n', start - 1) + 1;
  let last = text.indexOf('\n', end);
  if (last < 0) last = text.length;
  for (;;) {
    const before = text.lastIndexOf('\n', first - 2) + 1;
    if (first === 0 || isBlank(text.slice(before, first))) break;
    first = before;
  }
  for (;;) {
    const after = text.indexOf('\n', last + 1);
    const next = text.slice(last + 1, after < 0 ? text.length : after);
    if (last >= text.length || isBlank(next)) break;
    last = after < 0 ? text.length : after;
  }
  return { start: first, end: last };
}

const pieces = fc.constantFrom(
  'Dr. Smith met Ada. ',
  'She left. ',
  'Why? ',
  'in Paris ',
  '\n',
  '\n\n',
  '\r\n',
  '- item. ',
  '# Head\n',
  '\u{1F680} ',
  'a long line of words that goes on for more than fifty characters until here\n',
);
const documents = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

describe('prose read in slices', () => {
  const text = Array.from({ length: 400 }, (_, index) => `Dr. Ada met No. ${String(index)} in Rome. It rained.\n`);
  const whole = text.map((line, index) => (index % 3 === 0 ? `${line}\n` : line)).join('');

  it('is what it is in one go', async () => {
    assert.deepEqual(await readInSlices(whole, () => false), readSentences(whole));
    assert.deepEqual(await readInSlices('', () => false), []);
  });

  it('is given up where the text changed meanwhile', async () => {
    assert.equal(await readInSlices(whole, () => true), undefined);
  });
});

describe('prose that is edited', () => {
  it('has the sentences that the whole text has, after any edit', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.nat(), documents, (text, from, count, typed) => {
        const start = Math.min(from % (text.length + 1), text.length);
        const end = Math.min(text.length, start + (count % 40));
        const after = text.slice(0, start) + typed + text.slice(end);
        const window = paragraph(after, start, start + typed.length);
        const edit = { start, end, length: typed.length };
        const between = (a: number, b: number): string => after.slice(a, b);
        const updated = updateProse(whole(text), edit, window, between, readSentences);
        assert.deepEqual(updated.text, whole(after));
      }),
      { numRuns: 400 },
    );
  });

  it('keeps the objects of all sentences whose text stayed', () => {
    const text = 'Ada came. Bob left.\n\nEve stayed.\n';
    const old = whole(text);
    const after = text.replace('left', 'went');
    const edit = { start: 14, end: 18, length: 4 };
    const update = updateProse(old, edit, { start: 0, end: 19 }, (a, b) => after.slice(a, b), readSentences);
    assert.deepEqual(update.splice, { first: 1, oldEnd: 2, newEnd: 2 });
    assert.equal(update.text.sentences[0], old.sentences[0]);
    assert.equal(update.text.sentences[2], old.sentences[2]);
    assert.equal(rereadProse(old, text, readSentences).splice, undefined);
  });

  it('knows which sentences a range touches', () => {
    const text = whole('Ada came. Bob left.\n\nEve stayed.');
    assert.deepEqual(text.starts, [0, 10, 21]);
    assert.equal(endOf(text, 0), 9);
    assert.deepEqual(touching(text, { start: 3, end: 4 }), [0, 1]);
    assert.deepEqual(touching(text, { start: 9, end: 10 }), [1, 1]);
    assert.deepEqual(touching(text, { start: 9, end: 11 }), [1, 2]);
    assert.deepEqual(touching(text, { start: 0, end: 99 }), [0, 3]);
  });
});
