import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { applyEdits } from '../../../src/core/lines.ts';
import { coveringReplacement, replacedText } from '../../../src/extension/base/textChange.ts';

const texts = fc
  .array(fc.constantFrom('a', 'b', '\n', '\r\n', '\r', '\u{1F680}'), { maxLength: 14 })
  .map((parts) => parts.join(''));

describe('text changes', () => {
  it('are one edit that makes the new text of the old', () => {
    fc.assert(
      fc.property(texts, texts, (old, fresh) => {
        const edit = replacedText(old, fresh);
        if (edit === undefined) assert.equal(old, fresh);
        else assert.equal(applyEdits(old, [edit]), fresh);
      }),
      { numRuns: 2000 },
    );
  });

  it('never cut a line end in two', () => {
    const edit = replacedText('a\r\nb', 'a\nb');
    assert.deepEqual(edit, { start: { line: 0, character: 1 }, end: { line: 1, character: 0 }, text: '\n' });
  });

  it('of one event are covered by one replacement', () => {
    const changes = [
      { rangeOffset: 10, rangeLength: 2, text: 'abc' },
      { rangeOffset: 3, rangeLength: 1, text: '' },
    ];
    assert.deepEqual(coveringReplacement(changes), { start: 3, end: 12, length: 9 });
    assert.equal(coveringReplacement([]), undefined);
  });
});
