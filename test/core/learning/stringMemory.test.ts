import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { readGazetteer, StringMemory } from '../../../src/core/learning/stringMemory.ts';

const words = (text: string): readonly string[] => text.split(' ');

describe('the memory of strings', () => {
  it('finds the longest known string, from left to right', () => {
    const memory = new StringMemory();
    memory.addSentence(words('New York beat York'), ['B-LOC', 'I-LOC', 'O', 'B-ORG']);
    memory.addSentence(words('New York Times'), ['B-ORG', 'I-ORG', 'I-ORG']);
    assert.deepEqual(memory.layerOf(words('New York Times of New York and York')), [
      { first: 0, end: 3, label: 'ORG' },
      { first: 4, end: 6, label: 'LOC' },
      { first: 7, end: 8, label: 'ORG' },
    ]);
  });

  it('gives the most frequent label, the first by name among equals, and forgets what is taken back', () => {
    const memory = new StringMemory();
    memory.add({ words: ['Paris'], label: 'PER' });
    memory.add({ words: ['Paris'], label: 'LOC' });
    const labels = (): readonly string[] => memory.layerOf(['Paris']).map(({ label }) => label);
    assert.deepEqual(labels(), ['LOC']);
    memory.add({ words: ['Paris'], label: 'PER' });
    assert.deepEqual(labels(), ['PER']);
    memory.add({ words: ['Paris'], label: 'PER' }, -2);
    assert.deepEqual(labels(), ['LOC']);
    memory.addSentence(['Paris'], ['B-LOC'], -1);
    assert.deepEqual([labels(), memory.size], [[], 0]);
  });

  it('remembers nothing of undecided words', () => {
    const memory = new StringMemory();
    memory.addSentence(words('Ada met Bob'), [null, 'O', 'B-PER']);
    assert.deepEqual(memory.layerOf(words('Ada met Bob')), [{ first: 2, end: 3, label: 'PER' }]);
  });

  it('reads a gazetteer, and names the lines that are none', () => {
    const { names, issues } = readGazetteer(
      '\uFEFF# people\r\nAda Lovelace\tPER\r\n\r\nBRCA-1\tGene\nno label\nx\ttwo words\na\tB\tC\n',
    );
    assert.deepEqual(names, [
      { words: ['Ada', 'Lovelace'], label: 'PER' },
      { words: names[1]?.words, label: 'Gene' },
    ]);
    assert.equal(names[1]?.words.join(''), 'BRCA-1');
    assert.deepEqual(
      issues.map(({ line }) => line),
      [5, 6, 7],
    );
    assert.match(issues[0]?.message ?? '', /“no label” is not NAME, a tab, LABEL/u);
  });
});
