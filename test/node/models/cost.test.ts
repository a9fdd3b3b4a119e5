import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import type { Predictor } from '../../../src/node/models/predictor.ts';
import { sentences } from '../../inference/support/bundled.ts';
import { manySentences, newPredictor, predictions } from '../../inference/support/predicting.ts';

describe('what a model costs', function () {
  this.timeout(240_000);
  const open: Predictor[] = [];
  const make = (): Predictor => {
    const { predictor } = newPredictor();
    open.push(predictor);
    return predictor;
  };
  afterEach(() => {
    for (const predictor of open.splice(0)) predictor.dispose();
  });

  it('leaves out the time in which the other model ran', async () => {
    const predictor = make();
    await Promise.all([predictor.load('bert', 'full'), predictor.load('t5', 'full')]);
    const many = manySentences(300);
    const started = performance.now();
    await Promise.all([predictions(predictor, 'bert', many), predictions(predictor, 't5', many.slice(0, 60))]);
    const wall = performance.now() - started;
    const [bert, t5] = [predictor.stats('bert'), predictor.stats('t5')];
    assert.ok(bert.milliseconds > 0 && t5.milliseconds > 0);
    assert.ok(bert.milliseconds + t5.milliseconds <= wall, `${bert.milliseconds} + ${t5.milliseconds} > ${wall}`);
  });

  it('is counted by scheme, and not for what was remembered', async () => {
    const predictor = make();
    await predictions(predictor, 'bert', sentences);
    const first = predictor.stats('bert', 'full');
    await predictions(predictor, 'bert', sentences);
    assert.deepEqual(predictor.stats('bert', 'full'), first);
    assert.equal(predictor.stats('bert', 'simplified').sentences, 0);
    await predictions(predictor, 'bert', sentences.slice(0, 2), { scheme: 'simplified' });
    assert.equal(predictor.stats('bert', 'simplified').sentences, 2);
    assert.deepEqual(predictor.stats('bert', 'full'), first);
    assert.equal(predictor.stats('bert').sentences, sentences.length + 2);
    assert.ok(first.loadedBytes > 1_000_000, `${first.loadedBytes} bytes`);
    assert.ok(first.pieces > sentences.flat().length);
  });
});

describe('a sentence that is too long', function () {
  this.timeout(240_000);

  it('is read in windows or asked about in parts, which is said', async () => {
    const { predictor } = newPredictor();
    try {
      const long = manySentences(110).flat();
      const [bert] = await predictions(predictor, 'bert', [long]);
      const [t5] = await predictions(predictor, 't5', [long.slice(0, 130)]);
      const kinds = (failures: readonly { kind: string }[] = []): string[] => failures.map(({ kind }) => kind);
      assert.ok(kinds(bert?.failures).includes('truncated'));
      assert.ok(kinds(t5?.failures).includes('truncated'));
      const [short] = await predictions(predictor, 'bert', [long.slice(0, 6)]);
      assert.ok(!kinds(short?.failures).includes('truncated'));
    } finally {
      predictor.dispose();
    }
  });

  it('says where the pieces of a word have different labels', async () => {
    const { predictor } = newPredictor();
    try {
      // Pieces of invented words are unlike each other, so a model that reads each of them must stumble over some.
      const names = ['Merkel', 'Paris', 'Reuters', 'the', 'Friday', 'Kofi', 'Geneva', 'qwxz'];
      const words = names.flatMap((a) => names.map((b) => `${a}-${b.toLowerCase()}ovich`));
      const [prediction] = await predictions(predictor, 'bert', [words]);
      const split = prediction?.failures.filter(({ kind }) => kind === 'splitAcrossPieces') ?? [];
      assert.ok(split.length > 0 && split.length < words.length, `${split.length} of ${words.length}`);
      for (const { first = 0, end, detail } of split) {
        assert.equal(end, first + 1);
        assert.ok(detail.includes(words[first]!));
      }
    } finally {
      predictor.dispose();
    }
  });
});
