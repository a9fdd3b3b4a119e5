import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ColumnDocument } from '../../../../src/core/columns/document.ts';
import { decisionsOf } from '../../../../src/core/decisions.ts';
import { goldEdits } from '../../../../src/core/columns/columnEdits.ts';
import { parseColumns } from '../../../../src/core/columns/columns.ts';
import { applyEdits, splitLines } from '../../../../src/core/lines.ts';
import type { Layer } from '../../../../src/core/span.ts';
import {
  cellStates,
  emptyHistory,
  followed,
  moved,
  nextStep,
  recorded,
  stepEdits,
  wordsOf,
} from '../../../../src/extension/document/gold/goldHistory.ts';
import type { Direction, History } from '../../../../src/extension/document/gold/goldHistory.ts';

/** A gold file with its history, corrected without an editor. */
interface State {
  readonly text: string;
  readonly history: History;
}

const reader = (text: string): ((line: number) => string) => {
  const lines = splitLines(text);
  return (line) => lines[line] ?? '';
};

function correct({ text, history }: State, sentence: number, layer: Layer | null): State {
  const columns = parseColumns(text);
  const before = cellStates(columns, sentence, reader(text));
  const next = applyEdits(text, goldEdits(columns, sentence, decisionsOf({ gold: layer }), 'zoe'));
  const after = parseColumns(next);
  const words = wordsOf(after, sentence) ?? '';
  const step = { sentence, words, before, after: cellStates(after, sentence, reader(next)) };
  return { text: next, history: recorded(history, [step]) };
}

function step({ text, history }: State, direction: Direction): State | undefined {
  const columns = parseColumns(text);
  const next = nextStep(history, direction, columns, reader(text));
  return next && { text: applyEdits(text, stepEdits(columns, next.entry, direction)), history: next.rest };
}

const block = (word: string, tag: string, name = 'ann'): string =>
  `1\t${word}\t${tag}\t-\t${name}\n2\tx\tI-ORG\t-\t\n\n`;
const FILE = block('Ada', 'B-PER') + block('Bob', '_') + block('Eve', 'O', 'the "first"');
const layers = fc.constantFrom<Layer | null>(
  null,
  [],
  [{ first: 0, end: 1, label: 'PER' }],
  [{ first: 0, end: 2, label: 'LOC' }],
);

describe('the history of corrections', () => {
  it('undoes to the very bytes and redoes to the very bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), layers), { maxLength: 6 }), (corrections) => {
        const start: State = { text: FILE, history: emptyHistory };
        const done = corrections.reduce((state, [sentence, layer]) => correct(state, sentence, layer), start);
        let state: State = done;
        for (let next = step(state, 'undo'); next !== undefined; next = step(state, 'undo')) state = next;
        assert.equal(state.text, FILE);
        for (let next = step(state, 'redo'); next !== undefined; next = step(state, 'redo')) state = next;
        assert.equal(state.text, done.text);
      }),
      { numRuns: 50 },
    );
  });

  it('undoes to the very bytes where the tag is one of several values of a cell', () => {
    const row = (id: number, misc: string): string => `${String(id)}\tw${String(id)}${'\t_'.repeat(7)}\t${misc}\n`;
    const misc = fc.constantFrom(
      '_',
      'SpaceAfter=No',
      'NER=B-PER',
      'A=b|NER=O|C=d',
      'NER=_',
      'SpaceAfter=No|NER=I-LOC',
    );
    const sentence = fc
      .array(misc, { minLength: 2, maxLength: 4 })
      .map((all) => all.map((one, at) => row(at + 1, one)).join(''));
    fc.assert(
      fc.property(
        fc.array(sentence, { minLength: 3, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(2), layers), { maxLength: 6 }),
        (blocks, corrections) => {
          // A row that says which column holds tags, whatever the others say.
          const text = `${row(1, 'NER=B-PER')}\n${blocks.join('\n')}`;
          const done = corrections.reduce((state, [index, layer]) => correct(state, index + 1, layer), {
            text,
            history: emptyHistory,
          });
          corrections.slice(-1).forEach(([index, layer]) => {
            assert.deepEqual(parseColumns(done.text).sentences[index + 1]?.gold, layer);
          });
          let state: State = done;
          for (let next = step(state, 'undo'); next !== undefined; next = step(state, 'undo')) state = next;
          assert.equal(state.text, text);
          for (let next = step(state, 'redo'); next !== undefined; next = step(state, 'redo')) state = next;
          assert.equal(state.text, done.text);
        },
      ),
    );
  });

  it('follows its sentences when others come before them', () => {
    const done = correct({ text: FILE, history: emptyHistory }, 1, [{ first: 0, end: 1, label: 'PER' }]);
    const history = moved(done.history, { first: 0, oldEnd: 0, newEnd: 1 });
    const state = step({ text: block('New', 'O') + done.text, history }, 'undo');
    assert.equal(state?.text, block('New', 'O') + FILE);
  });

  it('drops entries whose sentence may be gone', () => {
    const done = correct({ text: FILE, history: emptyHistory }, 1, []);
    assert.deepEqual(moved(done.history, { first: 1, oldEnd: 2, newEnd: 1 }), emptyHistory);
    assert.equal(moved(done.history, { first: 1, oldEnd: 2, newEnd: 2 }), done.history);
  });

  it('passes over an entry that other hands changed, never to another sentence with the same tags', () => {
    let state = correct({ text: FILE, history: emptyHistory }, 0, []);
    state = correct(state, 1, [{ first: 0, end: 1, label: 'PER' }]);
    const other = { ...state, text: state.text.replace('Bob', 'Rob') };
    const undone = step(other, 'undo');
    assert.ok(undone);
    assert.ok(undone.text.startsWith(block('Ada', 'B-PER')));
    assert.ok(undone.text.includes('Rob\tB-PER'));
    assert.equal(step(undone, 'undo'), undefined);
  });

  it('lets the editor undo and redo the same corrections', () => {
    const done = correct({ text: FILE, history: emptyHistory }, 2, []);
    const read = (text: string): ColumnDocument => parseColumns(text);
    const undone = followed(done.history, 'undo', read(FILE), reader(FILE));
    assert.deepEqual([undone.undo.length, undone.redo.length], [0, 1]);
    const redone = followed(undone, 'redo', read(done.text), reader(done.text));
    assert.deepEqual(redone, done.history);
    assert.equal(followed(done.history, 'undo', read(done.text), reader(done.text)), done.history);
  });
});
