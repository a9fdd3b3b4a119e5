import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { disagreeingTokens, disagrees } from '../../../src/extension/document/layers.ts';
import { labelSet, labelSettings } from '../../../src/extension/settings/labels.ts';
import { colorSlot, marksOf, notesOf } from '../../../src/extension/editor/marks.ts';
import type { Mark, MarkOptions } from '../../../src/extension/editor/marks.ts';
import { shiftThrough } from '../../../src/extension/editor/placedMarks.ts';
import type { Replacement, Stretch } from '../../../src/extension/editor/placedMarks.ts';
import { anySentence, prediction, sentence } from '../sentences.ts';

const options: MarkOptions = {
  ...{ scheme: 'full', labels: labelSet(labelSettings(undefined)), labelText: true, threshold: 0 },
  shown: new Set(['gold', 'bert', 't5', 'disagreements'] as const),
};

function brief(marks: readonly Mark[]): readonly string[] {
  return marks.map(({ form, text, first, end }) => `${form} ${String(first)}-${String(end)} ${text}`.trimEnd());
}

describe('marks over a sentence', () => {
  it('let one model speak for both where they agree and there is no gold', () => {
    const agreed = sentence('Ada slept', { bert: prediction('B-PER O'), t5: prediction('B-PER O') });
    assert.deepEqual(brief(marksOf(agreed, options)), ['bert 0-1 PER', 't5 0-1']);
  });

  it('let gold speak where all agree', () => {
    const agreed = sentence('Ada slept', { gold: 'B-PER O', bert: prediction('B-PER O'), t5: prediction('B-PER O') });
    assert.deepEqual(brief(marksOf(agreed, options)), ['gold 0-1 PER', 'bert 0-1', 't5 0-1']);
  });

  it('name the models where they disagree, and mark the place once', () => {
    const disputed = sentence('New York Times', {
      bert: prediction('B-LOC I-LOC O'),
      t5: prediction('B-ORG I-ORG I-ORG'),
    });
    assert.deepEqual(brief(marksOf(disputed, options)), ['disagreement 0-3', 'bert 0-2 BERT LOC', 't5 0-3 T5 ORG']);
  });

  it('become one note behind each span, or behind each stretch over which the sources disagree', () => {
    const disputed = sentence('New York Times in Rome', {
      bert: prediction('B-LOC I-LOC B-PER O B-LOC'),
      t5: prediction('B-ORG I-ORG I-ORG O B-LOC'),
    });
    const marks = marksOf(disputed, options);
    assert.deepEqual(notesOf(marks, 'prose'), [
      { token: 2, text: '≠ BERT LOC + PER · T5 ORG' },
      { token: 4, text: 'LOC' },
    ]);
    assert.deepEqual(notesOf(marks, 'columns'), [
      { token: 0, text: '≠ BERT LOC + PER · T5 ORG' },
      { token: 4, text: 'LOC' },
    ]);
  });

  it('are silent where only gold has a span, but for the sign', () => {
    const missed = sentence('Rome', { gold: 'B-LOC', bert: prediction('O'), t5: prediction('O') });
    assert.deepEqual(notesOf(marksOf(missed, options), 'prose'), [{ token: 0, text: '≠ LOC' }]);
    assert.deepEqual(notesOf(marksOf(missed, options), 'columns'), [{ token: 0, text: '≠' }]);
  });

  it('do not repeat in columns what the tag says', () => {
    const one = sentence('Rome', { gold: 'B-LOC', bert: prediction('B-ORG'), t5: prediction('B-LOC') });
    assert.deepEqual(notesOf(marksOf(one, options), 'columns'), [{ token: 0, text: '≠ BERT ORG' }]);
    assert.deepEqual(notesOf(marksOf(one, options), 'prose'), [{ token: 0, text: '≠ LOC · BERT ORG' }]);
  });

  it('leave out sources that are not shown and spans below the threshold', () => {
    const one = sentence('Ada', {
      gold: 'B-PER',
      bert: prediction('B-PER', 'full', 0.4),
      t5: prediction('B-PER', 'full', 0.8),
    });
    const shown = new Set(['bert', 't5'] as const);
    assert.deepEqual(brief(marksOf(one, { ...options, shown, threshold: 0.5 })), ['t5 0-1']);
  });

  it('give labels past the last colour the first colours again, and no colour where there is no label', () => {
    const labels = Array.from({ length: 12 }, (_, index) => `L${String(index)}`);
    const set = labelSet(labels.map((name) => ({ name, key: '' })));
    assert.deepEqual(
      labels.map((label) => colorSlot(label, set)),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3],
    );
    assert.equal(colorSlot('_', set), 0);
  });

  it('mark a disagreement exactly where there is one', () => {
    fc.assert(
      fc.property(anySentence('full'), (one) => {
        const marked = marksOf(one, options).filter(({ form }) => form === 'disagreement');
        assert.equal(marked.length > 0, disagrees(one, 'full'));
        for (const token of disagreeingTokens(one, 'full')) {
          assert.ok(marked.some(({ first, end }) => first <= token && token < end));
        }
      }),
    );
  });
});

describe('marks under an edit', () => {
  const text = 'Ada met Alan.\r\nAlan met Ada.\nBoth slept.';
  const lines = text.split(/\r\n|\n/);
  const starts = [0, 15, 29];
  const place = (offset: number): { line: number; character: number } => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line, character: Math.min(offset - (starts[line] ?? 0), lines[line]?.length ?? 0) };
  };
  const offsets = fc
    .integer({ min: 0, max: text.length })
    .filter((offset) => text[offset] !== '\n' || text[offset - 1] !== '\r');

  it('stay on their own words or go', () => {
    fc.assert(
      fc.property(
        offsets,
        offsets,
        offsets,
        offsets,
        fc.constantFrom('', 'x', ' ', '\n', 'a\r\nb'),
        (a, b, c, d, inserted) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const [start, end] = [Math.min(c, d), Math.max(c, d)];
          fc.pre(from < to && /\S/.test(text.slice(from, to)));
          const stretch: Stretch = { start: place(from), end: place(to) };
          const change: Replacement = { range: { start: place(start), end: place(end) }, text: inserted };
          const moved = shiftThrough(stretch, [change]);
          const after = text.slice(0, start) + inserted + text.slice(end);
          if (moved === undefined) assert.ok(start <= to && end >= from, 'an edit elsewhere took a mark away');
          else assert.equal(cut(after, moved), text.slice(from, to));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('follow several changes of one event', () => {
    const stretch = { start: { line: 1, character: 9 }, end: { line: 1, character: 12 } };
    const insert = (line: number, character: number, inserted: string): Replacement => ({
      range: { start: { line, character }, end: { line, character } },
      text: inserted,
    });
    assert.deepEqual(shiftThrough(stretch, [insert(0, 0, 'x\n'), insert(1, 0, 'yy'), insert(2, 0, 'z')]), {
      start: { line: 2, character: 11 },
      end: { line: 2, character: 14 },
    });
  });
});

/** The text of a stretch of a document. */
function cut(text: string, { start, end }: Stretch): string {
  const ends = [...text.matchAll(/\r\n|\r|\n/g)].map((found) => found.index + found[0].length);
  const offset = ({ line, character }: Stretch['start']): number =>
    (line === 0 ? 0 : (ends[line - 1] ?? 0)) + character;
  return text.slice(offset(start), offset(end));
}
