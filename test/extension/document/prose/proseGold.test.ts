import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { parseColumns } from '../../../../src/core/columns/columns.ts';
import { tokenize } from '../../../../src/core/tokenize.ts';
import { correctedSentences } from '../../../../src/extension/document/correctedSentences.ts';
import {
  followGold,
  followProse,
  matchProse,
  unmatchedOf,
} from '../../../../src/extension/document/prose/proseGold.ts';
import {
  LabelCounts,
  ofColumns,
  ofProse,
  sameWords,
  withGold,
} from '../../../../src/extension/document/sessionSentence.ts';

const sentence = (text: string): { text: string; tokens: ReturnType<typeof tokenize> } => ({
  text,
  tokens: tokenize(text),
});
const block = (text: string, tag = 'O'): string =>
  `# text = ${text}\n${text
    .split(' ')
    .map((word, index) => `${String(index + 1)}\t${word}\t${tag}\t-\t-\n`)
    .join('')}\n`;

describe('gold of prose', () => {
  it('is matched by text and placed in a sentence that runs over two lines', () => {
    const columns = parseColumns(block('Ada met Bob', 'B-PER'));
    const prose = [sentence('Nobody came'), sentence('Ada\n  met Bob')];
    assert.deepEqual(matchProse(prose, columns), { goldOf: [undefined, 0], free: [] });
    const [, second] = prose;
    const [gold] = columns.sentences;
    assert.ok(second && gold);
    const placed = withGold(second, gold);
    assert.deepEqual(
      placed?.tokens.map(({ start, end }) => second.text.slice(start, end)),
      ['Ada', 'met', 'Bob'],
    );
    assert.equal(placed.text, second.text);
  });

  it('wins with its own words', () => {
    const columns = parseColumns('# text = dont go\n1\tdo\tO\t-\t-\n2\tnt\tO\t-\t-\n3\tgo\tB-PER\t-\t-\n\n');
    const [gold] = columns.sentences;
    assert.ok(gold);
    assert.deepEqual(
      withGold(sentence('dont go'), gold)?.tokens.map(({ form }) => form),
      ['do', 'nt', 'go'],
    );
  });

  it('lists annotated sentences that stand nowhere any more, with their lines', () => {
    const columns = parseColumns(block('One') + block('Two', '_') + block('Three'));
    assert.deepEqual(unmatchedOf(columns, [1, 2]), [{ text: 'Three', line: 7 }]);
  });

  it('follows changes of tags and new blocks without matching anew', () => {
    const before = parseColumns(block('One') + block('Three')).sentences;
    const after = parseColumns(block('One') + block('Two') + block('Three')).sentences;
    const added = { first: 1, oldEnd: 1, newEnd: 2 };
    const matching = { goldOf: [0, undefined, undefined], free: [1] };
    const expected = new Map([['Two', 1]]);
    assert.deepEqual(followGold(matching, added, before, after, expected), { goldOf: [0, 1, undefined], free: [2] });
    assert.equal(followGold(matching, added, before, after, new Map()), undefined);
    const same = { first: 0, oldEnd: 1, newEnd: 1 };
    assert.equal(followGold(matching, same, before, before, new Map()), matching);
    assert.equal(followGold(matching, same, before, after.slice(1), new Map()), undefined);
    assert.equal(followGold(matching, { first: 0, oldEnd: 1, newEnd: 0 }, before, before, new Map()), undefined);
  });

  it('follows edits of the text: a changed sentence gives its gold up, and takes it again', () => {
    const columns = parseColumns(block('One day') + block('Two days') + block('Two days'));
    const prose = ['One day', 'Two days', 'Two days'].map(sentence);
    const start = matchProse(prose, columns);
    const splice = { first: 1, oldEnd: 2, newEnd: 2 };
    const changed = followProse(start, splice, [sentence('Two')], columns.sentences);
    assert.deepEqual(changed, { goldOf: [0, undefined, 2], free: [1] });
    assert.deepEqual(followProse(changed, splice, [sentence('Two\ndays')], columns.sentences), start);
    const removed = followProse(start, { first: 0, oldEnd: 2, newEnd: 0 }, [], columns.sentences);
    assert.deepEqual(removed, { goldOf: [2], free: [0, 1] });
    const back = followProse(removed, { first: 0, oldEnd: 0, newEnd: 2 }, prose.slice(0, 2), columns.sentences);
    assert.deepEqual(back, start);
  });
});

describe('corrections of several sentences', () => {
  const columns = parseColumns(block('Ada met Bob', 'B-PER')).sentences.map(ofColumns);
  const sentences = [...columns, ofProse(sentence('Eve left'))];
  const setSpan = { kind: 'setSpan', first: 0, end: 1, label: 'PER' } as const;

  it('start from gold, or from nothing where there is none', () => {
    const made = correctedSentences(sentences, [{ sentence: 1, correction: setSpan }], []);
    const eve = { layer: [{ first: 0, end: 1, label: 'PER' }], undecided: [1], origins: [[], undefined] };
    assert.deepEqual(made.ok && made.value, [{ sentence: 1, decisions: eve }]);
    const cleared = correctedSentences(
      sentences,
      [{ sentence: 0, correction: { kind: 'clear', first: 1, end: 3 } }],
      [],
    );
    assert.deepEqual(cleared.ok && cleared.value[0]?.decisions.layer, [{ first: 0, end: 1, label: 'PER' }]);
  });

  it('are all refused where one is wrong', () => {
    const reasons = [
      [{ sentence: 9, correction: setSpan }],
      [
        { sentence: 1, correction: setSpan },
        { sentence: 1, correction: setSpan },
      ],
      [{ sentence: 1, correction: { ...setSpan, end: 9 } }],
      [{ sentence: 1, correction: { ...setSpan, label: 'a\tb' } }],
      [{ sentence: 1, correction: { ...setSpan, label: '_' } }],
    ].map((corrections) => correctedSentences(sentences, corrections, ['PER']));
    assert.deepEqual(
      reasons.map((result) => !result.ok && result.reason),
      ['noSuchSentence', ...new Array<string>(4).fill('illegalCorrection')],
    );
    assert.ok(correctedSentences(sentences, [{ sentence: 1, correction: { ...setSpan, label: '_' } }], ['_']).ok);
  });
});

describe('facts of sentences', () => {
  it('count labels so that a change costs its own sentences only', () => {
    const counts = new LabelCounts();
    const [first] = parseColumns(block('Ada', 'B-PER')).sentences.map(ofColumns);
    const [second] = parseColumns(block('Bob', 'B-LOC')).sentences.map(ofColumns);
    assert.ok(first && second);
    assert.equal(counts.replace([], [first]), true);
    assert.equal(counts.replace([], [first]), false);
    assert.equal(counts.replace([first], [second]), true);
    assert.deepEqual([...counts.names()], ['PER', 'LOC']);
    assert.equal(counts.replace([first], []), true);
    assert.deepEqual([...counts.names()], ['LOC']);
    assert.equal(counts.has('PER'), false);
  });

  it('compare words alone', () => {
    assert.ok(sameWords(tokenize('a b'), tokenize('a  b')));
    assert.ok(!sameWords(tokenize('a b'), tokenize('a c')));
    assert.ok(!sameWords(tokenize('a b'), tokenize('a')));
  });
});
