import { strict as assert } from 'node:assert';
import { goldEdits } from '../../src/core/columns/columnEdits.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { decisionsOf } from '../../src/core/decisions.ts';
import { applyEdits, splitLines } from '../../src/core/lines.ts';
import type { Random } from '../../src/core/random.ts';
import type { Layer, Span } from '../../src/core/span.ts';
import {
  cellStates,
  emptyHistory,
  nextStep,
  recorded,
  stepEdits,
  wordsOf,
} from '../../src/extension/document/gold/goldHistory.ts';
import { pick } from './mutations.ts';

const labels = ['PER', 'LOC', 'Job Title', 'a|b', 'x\ty'];
const names = ['zoe', 'Grace Hopper', 'a\tb'];

function layerOf(random: Random, length: number): Layer | null {
  if (random() < 0.1) return null;
  const spans: Span[] = [];
  for (let first = Math.floor(random() * 3); first < length; first += 1 + Math.floor(random() * 3)) {
    const end = Math.min(length, first + 1 + Math.floor(random() * 3));
    spans.push({ first, end, label: pick(random, labels) });
    first = end - 1;
  }
  return spans;
}

const reader = (text: string): ((line: number) => string) => {
  const lines = splitLines(text);
  return (line) => lines[line] ?? '';
};

/** Corrects sentences of a column file and undoes all of it: each correction says what was meant, and at the end every byte is as before. */
export function correctAndUndo(random: Random, original: string): void {
  let text = original;
  let history = emptyHistory;
  for (let corrections = 1 + Math.floor(random() * 4); corrections > 0; corrections--) {
    const columns = parseColumns(text);
    if (columns.sentences.length === 0) return;
    const sentence = Math.floor(random() * columns.sentences.length);
    const layer = layerOf(random, columns.sentences[sentence]?.tokens.length ?? 0);
    const before = cellStates(columns, sentence, reader(text));
    const next = applyEdits(text, goldEdits(columns, sentence, decisionsOf({ gold: layer }), pick(random, names)));
    const after = parseColumns(next, columns.layout);
    assert.equal(after.sentences.length, columns.sentences.length, 'the correction changed the number of sentences');
    assert.deepEqual(after.sentences[sentence]?.gold, layer, 'the correction gave another layer');
    // A correction that changes which columns the file seems to have is another matter: the editor reads it anew.
    if (JSON.stringify(parseColumns(next).layout) !== JSON.stringify(columns.layout)) return;
    const words = wordsOf(after, sentence) ?? '';
    history = recorded(history, [{ sentence, words, before, after: cellStates(after, sentence, reader(next)) }]);
    text = next;
  }
  for (;;) {
    const columns = parseColumns(text);
    const step = nextStep(history, 'undo', columns, reader(text));
    if (step === undefined) break;
    text = applyEdits(text, stepEdits(columns, step.entry, 'undo'));
    history = step.rest;
  }
  assert.equal(text, original, 'not every byte is as before');
}
