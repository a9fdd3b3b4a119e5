import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { parseAnswer } from '../../src/core/answer.ts';
import type { GeneratedAnswer } from '../../src/core/answer.ts';
import type { Prediction } from '../../src/core/prediction.ts';
import type { PromptTemplate } from '../../src/core/prompt.ts';
import type { Scheme } from '../../src/core/scheme.ts';

const labels = ['PER', 'LOC', 'ORG'];
const tokens = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG', 'B', 'I'];
const copy: PromptTemplate = {
  answer: 'copyTags',
  template: '{sentence}',
  example: '',
  exampleSeparator: '',
  k: 0,
  examples: [],
  tagTokens: Object.fromEntries(tokens.map((tag) => [tag, `<${tag}>`])),
};
const list: PromptTemplate = { ...copy, answer: 'entityList', tagTokens: {} };

function parse(
  text: string,
  sentence: string,
  template: PromptTemplate,
  changed: Partial<GeneratedAnswer> = {},
  scheme: Scheme = 'full',
): Prediction {
  const answer = { text, logProbability: 0, choices: null, finished: true, generatedPieces: 1, ...changed };
  return parseAnswer(answer, { words: sentence.split(' '), scheme, labels, prompt: 'the prompt' }, template);
}

const kinds = (prediction: Prediction) => prediction.failures.map((failure) => failure.kind);

describe('copyTags answers', () => {
  it('with forced words are the chosen tags with their probabilities', () => {
    const choices = [
      { token: '<B-LOC>', probability: 0.8 },
      { token: '<I-LOC>', probability: 0.7 },
      { token: '<O>', probability: 0.9 },
    ];
    const prediction = parse('New <B-LOC> York <I-LOC> . <O>', 'New York .', copy, { choices });
    assert.deepEqual(prediction.tags, ['B-LOC', 'I-LOC', 'O']);
    assert.deepEqual(prediction.layer, [{ first: 0, end: 2, label: 'LOC' }]);
    assert.deepEqual(prediction.probabilities, [0.8, 0.7, 0.9]);
    assert.deepEqual(prediction.failures, []);
    assert.deepEqual(prediction.raw, { prompt: 'the prompt', answer: 'New <B-LOC> York <I-LOC> . <O>' });
  });

  it('that were cut leave the rest without tags and say so', () => {
    const prediction = parse('', 'a b c', copy, { choices: [{ token: '<O>', probability: 1 }], finished: false });
    assert.deepEqual(prediction.tags, ['O', 'O', 'O']);
    assert.deepEqual(kinds(prediction), ['tokenLimit', 'tokenLimit']);
  });

  it('are read freely where nothing was forced', () => {
    const prediction = parse('Rio <B-LOC> de <I-LOC> Janeiro <I-LOC> . <O> </s>', 'Rio de Janeiro .', copy);
    assert.deepEqual(prediction.layer, [{ first: 0, end: 3, label: 'LOC' }]);
    assert.deepEqual(prediction.failures, []);
  });

  it('name every way in which a free answer is not legal', () => {
    assert.deepEqual(kinds(parse('Rio <B-LOC> . <O>', 'Rio is big .', copy)), ['wrongLength']);
    assert.deepEqual(kinds(parse('Rio <B-LOC> Paris <B-LOC> . <O>', 'Rio .', copy)), ['notInText']);
    assert.deepEqual(kinds(parse('Rio <B-LOC> Rio <B-LOC> . <O>', 'Rio .', copy)), ['repetition']);
    assert.deepEqual(kinds(parse('Rio <B-GPE> . <O>', 'Rio .', copy)), ['illegalTag']);
    assert.deepEqual(kinds(parse('Rio <I-LOC> . <O>', 'Rio .', copy)), ['illegalTransition']);
    assert.deepEqual(kinds(parse('Rio <B-LOC> . <O> and so on', 'Rio .', copy)), ['unparseable']);
    assert.deepEqual(kinds(parse('', 'Rio .', copy)), ['wrongLength']);
    assert.deepEqual(kinds(parse('Rio <B> . <O>', 'Rio .', copy)), ['illegalTag']);
    assert.deepEqual(kinds(parse('Rio <B> . <O>', 'Rio .', copy, {}, 'simplified')), []);
  });

  it('keep their place where a word came back as an unknown piece', () => {
    const prediction = parse('caf<unk> <O> <unk> <B-LOC>', 'café 東京', copy);
    assert.deepEqual(prediction.tags, ['O', 'B-LOC']);
    assert.deepEqual(prediction.failures, []);
  });

  it('with plain words as tag tokens do not cut inside words', () => {
    const plain = { ...copy, tagTokens: { O: 'O', 'B-PER': 'B-PER', 'I-PER': 'I-PER' } };
    assert.deepEqual(parse('Otto B-PER Oslo O', 'Otto Oslo', plain).tags, ['B-PER', 'O']);
  });
});

describe('entity lists', () => {
  const sentence = 'Angela Merkel flew from Paris to Paris with Siemens .';
  const spans = (prediction: Prediction) =>
    prediction.layer.map(({ first, end, label }) => `${String(first)}-${String(end)} ${label}`);

  it('are read in the form that the prompt shows', () => {
    const prediction = parse('Angela Merkel = PER ; Siemens = ORG', sentence, list);
    assert.deepEqual(spans(prediction), ['0-2 PER', '8-9 ORG']);
    assert.deepEqual(prediction.tags.slice(0, 3), ['B-PER', 'I-PER', 'O']);
    assert.deepEqual(prediction.failures, []);
  });

  it('are read in the forms that models make up', () => {
    const forms = [
      'PER: Angela Merkel\nORG: Siemens',
      '- Angela Merkel (PER)\n- Siemens (ORG)',
      '1. Angela Merkel - person\n2. Siemens - organization',
      'Angela Merkel: PERSON; Siemens: company',
      '"Angela Merkel" -> PER | "Siemens" -> ORG',
      '[{"text": "Angela Merkel", "label": "PER"}, {"entity": "Siemens", "type": "ORG"}]',
      '{"PER": ["Angela Merkel"], "ORG": ["Siemens"]}',
      '[["Angela Merkel", "PER"], ["ORG", "Siemens"]]',
      '```json\n{"Angela Merkel": "PER", "Siemens": "ORG"}\n```',
      'angela merkel = per ; SIEMENS = org',
    ];
    for (const form of forms) assert.deepEqual(spans(parse(form, sentence, list)), ['0-2 PER', '8-9 ORG'], form);
  });

  it('that say there is nothing have no failure', () => {
    for (const form of ['-', 'none', 'None.', '', '[]', '{}', 'O']) {
      const prediction = parse(form, sentence, list);
      assert.deepEqual([spans(prediction), prediction.failures], [[], []], form);
    }
  });

  it('put entities that occur twice in order, and say when the place is a guess', () => {
    const both = parse('Paris = LOC ; Paris = LOC', sentence, list);
    assert.deepEqual([spans(both), kinds(both)], [['4-5 LOC', '6-7 LOC'], []]);
    const one = parse('Paris = LOC', sentence, list);
    assert.deepEqual([spans(one), kinds(one)], [['4-5 LOC'], ['ambiguousPlace']]);
    const three = parse('Paris = LOC ; Paris = LOC ; Paris = LOC', sentence, list);
    assert.deepEqual(kinds(three), ['repetition']);
  });

  it('name what cannot be placed or read, and keep the rest', () => {
    const prediction = parse('Berlin = LOC ; Siemens = ORG ; Paris = FRUIT ; hello', sentence, list);
    assert.deepEqual(spans(prediction), ['8-9 ORG']);
    assert.deepEqual(kinds(prediction).sort(), ['illegalTag', 'notInText', 'unparseable']);
  });

  it('never take part of a word', () => {
    assert.deepEqual(kinds(parse('Merk = PER', sentence, list)), ['notInText']);
  });

  it('find text whose blanks differ', () => {
    const prediction = parse("AT&T's = ORG ; Rio de Janeiro = LOC", "AT&T 's office in Rio de Janeiro", list);
    assert.deepEqual(spans(prediction), ['0-2 ORG', '4-7 LOC']);
  });

  it('need no labels in the simplified scheme', () => {
    const prediction = parse('Angela Merkel ; Siemens = ORG', sentence, list, {}, 'simplified');
    assert.deepEqual(spans(prediction), ['0-2 _', '8-9 _']);
    assert.deepEqual(prediction.tags.slice(0, 2), ['B', 'I']);
    assert.deepEqual(prediction.failures, []);
  });

  it('have the mean probability of a piece for every word', () => {
    const prediction = parse('-', 'a b', list, { logProbability: Math.log(0.25), generatedPieces: 2 });
    assert.deepEqual(
      prediction.probabilities.map((value) => value.toFixed(6)),
      ['0.500000', '0.500000'],
    );
  });
});
