import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { buildPrompt, tagTokensOf } from '../../src/core/prompt.ts';
import { decode, tagsOf } from '../../src/core/scheme.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { legalBefore } from '../../src/core/transitions.ts';
import { generate } from '../../src/inference/generator.ts';
import { classify } from '../../src/inference/tokenClassifier.ts';
import type { Prompt } from '../../src/protocol/inference.ts';
import { bundled, classifier, generator, sentences } from './support/bundled.ts';

const signal = new AbortController().signal;

/** Rounding of int8 activations depends on what else is in a run; this is far above it and far below a real change. */
const NOISE = 0.05;

function promptFor(words: readonly string[], scheme: Scheme): Prompt {
  const { prompt, labels } = bundled('t5', scheme);
  assert.ok(prompt);
  const tags = tagsOf(scheme, labels);
  const after = legalBefore(tags).map((before) => (before === null ? null : [...before]));
  return {
    text: buildPrompt(prompt, words, scheme, labels),
    constraint: { kind: 'copyTags', words: [...words], tagTokens: [...tagTokensOf(tags, prompt)], after },
    maxTokens: 200,
  };
}

const strange = ['[SEP]', '<B-PER>', '', 'New York', '😀', 'x'.repeat(9_000), '\u200B', '</s>', 'Berlin'];

describe('the classifier', function () {
  this.timeout(180_000);

  it('gives every word a distribution that sums to 1', async () => {
    const { model } = await classifier();
    const all = [...sentences, strange, []];
    const results = await classify(model, all, 1, signal);
    results.forEach(({ distribution }, index) => {
      const words = all[index]!;
      assert.equal(distribution.length, words.length * model.tags.length);
      words.forEach((_, word) => {
        const row = distribution.subarray(word * model.tags.length, (word + 1) * model.tags.length);
        assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-4);
      });
    });
  });

  it('says the same of a sentence alone and among others', async () => {
    const { model } = await classifier();
    const together = await classify(model, sentences, 1, signal);
    for (const [index, words] of sentences.entries()) {
      const [alone] = await classify(model, [words], 1, signal);
      alone!.distribution.forEach((value, place) => {
        assert.equal(value, together[index]!.distribution[place]!, `${words.join(' ')} at ${place}`);
      });
    }
  });

  it('is flatter at a higher temperature, with the same order', async () => {
    const { model } = await classifier();
    const [sharp] = await classify(model, [sentences[0]!], 0.5, signal);
    const [flat] = await classify(model, [sentences[0]!], 4, signal);
    const best = (values: Float32Array): number => values.indexOf(Math.max(...values));
    const width = model.tags.length;
    for (let start = 0; start < sharp!.distribution.length; start += width) {
      const [a, b] = [sharp!, flat!].map(({ distribution }) => distribution.subarray(start, start + width));
      assert.equal(best(a!), best(b!));
      assert.ok(Math.max(...a!) >= Math.max(...b!));
    }
  });

  it('reads a sentence past its limit in windows, every word of it', async () => {
    const { model } = await classifier();
    const words = Array.from({ length: 1_200 }, (_, index) => sentences[0]![index % sentences[0]!.length]!);
    const [result] = await classify(model, [words], 1, signal);
    assert.ok(result!.windows > 1);
    assert.equal(result!.distribution.length, words.length * model.tags.length);
    assert.ok(result!.distribution.every((value) => Number.isFinite(value)));
    for (let word = 0; word < words.length; word++) {
      const row = result!.distribution.subarray(word * model.tags.length, (word + 1) * model.tags.length);
      assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-4, `word ${word} was not read`);
    }
  });

  it('stops between sentences when cancelled', async () => {
    const { model } = await classifier();
    const stop = new AbortController();
    const many = Array.from({ length: 300 }, () => sentences[3]!);
    const result = classify(model, many, 1, stop.signal);
    stop.abort();
    await assert.rejects(result, { reason: 'cancelled' });
  });
});

describe('the generator', function () {
  this.timeout(180_000);

  for (const scheme of ['full', 'simplified'] as const) {
    it(`answers legally, a tag a word, in the ${scheme} scheme`, async () => {
      const { model } = await generator();
      for (const words of [...sentences, strange]) {
        const prompt = promptFor(words, scheme);
        const answer = await generate(model, prompt, 1, signal);
        assert.equal(answer.choices?.length, words.length);
        const tags = tagsOf(scheme, bundled('t5').labels);
        const chosen = answer.choices.map(({ token }) => tags[prompt.constraint!.tagTokens.indexOf(token)] ?? 'none');
        assert.deepEqual(decode(chosen, 'repair').illegal, []);
        for (const { probability } of answer.choices) assert.ok(probability > 0 && probability <= 1);
        const sum = answer.choices.reduce((total, { probability }) => total + Math.log(probability), 0);
        assert.ok(Math.abs(sum - answer.logProbability) < 1e-6);
      }
    });
  }

  it('decides the same, however many words are fed at once', async () => {
    const { model } = await generator();
    for (const words of sentences) {
      const prompt = promptFor(words, 'full');
      const one = await generate(model, prompt, 1, signal, 1);
      for (const ahead of [2, 5, 64]) {
        const many = await generate(model, prompt, 1, signal, ahead);
        for (const [index, { token, probability }] of one.choices!.entries()) {
          const other = many.choices![index]!;
          assert.ok(Math.abs(probability - other.probability) < NOISE, `${words[index]!}, ${ahead} ahead`);
          // Two tags as likely as each other may fall either way; what follows is then another answer.
          if (token !== other.token) break;
        }
      }
    }
  });

  it('writes freely without a constraint, up to the limit', async () => {
    const { model } = await generator();
    const prompt = { ...promptFor(sentences[1]!, 'full'), constraint: null };
    const short = await generate(model, { ...prompt, maxTokens: 3 }, 1, signal);
    assert.ok(short.generatedPieces <= 3);
    assert.equal(short.finished, short.generatedPieces < 3);
    assert.equal(short.choices, null);
    assert.ok(short.logProbability <= 0);
    const again = await generate(model, { ...prompt, maxTokens: 3 }, 1, signal);
    assert.equal(again.text, short.text);
    const none = await generate(model, { ...prompt, maxTokens: 0 }, 1, signal);
    assert.deepEqual([none.text, none.finished], ['', false]);
  });

  it('names a tag token that the tokenizer lacks', async () => {
    const { model } = await generator();
    const prompt = promptFor(['Berlin'], 'full');
    const constraint = { ...prompt.constraint!, tagTokens: ['<NOPE>'], after: [null] };
    await assert.rejects(generate(model, { ...prompt, constraint }, 1, signal), {
      reason: 'modelUnfit',
      message: /<NOPE>/u,
    });
  });

  it('stops between steps when cancelled', async () => {
    const { model } = await generator();
    const stop = new AbortController();
    const result = generate(model, promptFor(sentences[3]!, 'full'), 1, stop.signal, 1);
    stop.abort();
    await assert.rejects(result, { reason: 'cancelled' });
  });
});
