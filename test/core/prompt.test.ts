import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { answerText, buildPrompt, buildPromptWithin, plainWord } from '../../src/core/prompt.ts';
import type { PromptTemplate } from '../../src/core/prompt.ts';

const example = { words: ['Ana', 'Sousa', 'left', 'Oslo', '.'], tags: ['B-PER', 'I-PER', 'O', 'B-LOC', 'O'] };
const none = { words: ['It', 'rained', '.'], tags: ['O', 'O', 'O'] };
const template: PromptTemplate = {
  answer: 'copyTags',
  exampleAnswer: 'entityList',
  template: '{scheme} {labels} {examples} : {sentence}',
  example: 'example : {sentence} => {answer}',
  exampleSeparator: ' ',
  k: 1,
  examples: [example, none],
  tagTokens: {
    O: '<O>',
    'B-PER': '<B-PER>',
    'I-PER': '<I-PER>',
    'B-LOC': '<B-LOC>',
    'I-LOC': '<I-LOC>',
    B: '<B>',
    I: '<I>',
  },
};
const labels = ['PER', 'LOC'];

describe('prompts', () => {
  it('show scheme, labels, examples and the sentence', () => {
    assert.equal(
      buildPrompt(template, ['Hello', 'Paris'], 'full', labels, 2),
      'full PER LOC example : Ana Sousa left Oslo . => Ana Sousa = PER ; Oslo = LOC example : It rained . => - : Hello Paris',
    );
  });

  it('list texts alone in the simplified scheme, and a sign where there are no examples', () => {
    assert.equal(answerText(example, 'entityList', 'simplified', template), 'Ana Sousa ; Oslo');
    assert.equal(buildPrompt(template, ['Hello'], 'simplified', labels, 0), 'simplified PER LOC - : Hello');
    assert.equal(buildPrompt({ ...template, noExamples: 'none' }, ['a'], 'full', [], 0), 'full - none : a');
  });

  it('repeat words and tags in a copyTags example, of the scheme in use', () => {
    assert.equal(
      answerText(example, 'copyTags', 'full', template),
      'Ana <B-PER> Sousa <I-PER> left <O> Oslo <B-LOC> . <O>',
    );
    assert.equal(answerText(example, 'copyTags', 'simplified', template), 'Ana <B> Sousa <I> left <O> Oslo <B> . <O>');
  });

  it('break up markers and tag tokens in words, so that text never poses as a tag', () => {
    for (const word of ['<B-PER>', 'x<O>y', '</s>', '<pad>', '<extra_id_3>', '<<O>O>']) {
      const plain = plainWord(word, template);
      assert.doesNotMatch(plain, /<O>|<B-PER>|<\/s>|<pad>|<extra_id_\d+>/u, plain);
      assert.equal(plain.replaceAll(' ', ''), word);
    }
    assert.equal(plainWord('a<b', template), 'a<b');
    assert.equal(plainWord('New\u00A0York', template), 'NewYork');
  });

  it('fill placeholders once: a sentence that holds one stays text', () => {
    const prompt = buildPrompt(template, ['{examples}', '{scheme}', '{other}', '$&'], 'full', labels, 0);
    assert.equal(prompt, 'full PER LOC - : {examples} {scheme} {other} $&');
  });

  it('always hold the whole sentence; examples go first when the room is short', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/u), { minLength: 1, maxLength: 200 }),
        fc.nat(400),
        (words, room) => {
          const prompt = buildPromptWithin(template, words, 'full', labels, room);
          assert.ok(prompt.endsWith(` : ${words.join(' ')}`));
        },
      ),
    );
    const words = ['a', 'b'];
    assert.equal(buildPromptWithin(template, words, 'full', labels, 500), buildPrompt(template, words, 'full', labels));
    assert.equal(
      buildPromptWithin(template, words, 'full', labels, 20),
      buildPrompt(template, words, 'full', labels, 0),
    );
  });
});
