import assert from 'node:assert/strict';
import { colorClass, rowFacts } from '../../../../webview/panel/sentence/facts.ts';
import { row, sentence } from '../../support/sentences.ts';

const labels = [
  { name: 'PER', key: 'p', color: 1, description: '' },
  { name: 'LOC', key: 'l', color: 2, description: '' },
];

describe('what the grid draws of a row', () => {
  it('joins the tokens of a span and colours them by its label', () => {
    const gold = row('gold', 'B-LOC I-LOC I-LOC O B-PER B-PER');
    const { classes } = rowFacts(sentence(0, 'New York City , Ann Bo', [gold]), gold, labels);
    assert.deepEqual(
      classes.map((names) => names.split(/\s+/).filter(Boolean).join(' ')),
      ['inside c2 first', 'inside c2', 'inside c2 last', 'outside', 'inside c1 first last', 'inside c1 first last'],
    );
  });

  it('gives an unknown label and a plain B the colour of none', () => {
    const gold = row('gold', 'B-EVENT B');
    const { classes } = rowFacts(sentence(0, 'Expo x', [gold]), gold, labels);
    assert.ok(classes.every((names) => names.includes('c0')));
  });

  it('finds tags that cannot follow the one before, and adds what the file reports of gold', () => {
    const gold = row('gold', 'O O O');
    const bert = row('bert', 'B-PER I-LOC O');
    const both = { ...sentence(0, 'a b c', [gold, bert]), illegal: [2] };
    assert.deepEqual([...rowFacts(both, bert, labels).illegal], [1]);
    assert.deepEqual([...rowFacts(both, gold, labels).illegal], [2]);
  });

  it('compares with gold where there is gold, else the models with each other', () => {
    const bert = row('bert', 'B-PER O');
    const t5 = row('t5', 'O O');
    const withGold = sentence(0, 'a b', [row('gold', 'B-PER O'), bert, t5]);
    assert.deepEqual([...rowFacts(withGold, bert, labels).differing], []);
    assert.deepEqual([...rowFacts(withGold, t5, labels).differing], [0]);
    const without = sentence(0, 'a b', [row('gold', null), bert, t5]);
    assert.deepEqual([...rowFacts(without, bert, labels).differing], [0]);
    assert.deepEqual([...rowFacts(without, t5, labels).differing], [0]);
  });

  it('begins again with the first colour after nine labels', () => {
    assert.equal(colorClass(9), 'c9');
    assert.equal(colorClass(10), 'c1');
    assert.equal(colorClass(0), 'c0');
  });
});
