import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import type { Predictor, PredictorOptions } from '../../../src/node/models/predictor.ts';
import { sentences } from '../../inference/support/bundled.ts';
import { isAlive, manySentences, newPredictor, predictions, until } from '../../inference/support/predicting.ts';

describe('the predictor', function () {
  this.timeout(240_000);
  const open: Predictor[] = [];
  const make = (changed: Partial<PredictorOptions> = {}) => {
    const made = newPredictor(changed);
    open.push(made.predictor);
    return made;
  };
  afterEach(() => {
    for (const predictor of open.splice(0)) predictor.dispose();
  });

  it('starts idle, without a process, and names its models and labels', () => {
    const { predictor } = make();
    assert.equal(predictor.pid, undefined);
    assert.deepEqual(
      predictor.states.map(({ source, state }) => [source, state]),
      [
        ['bert', 'idle'],
        ['t5', 'idle'],
      ],
    );
    assert.deepEqual([...predictor.labels('bert')].sort(), ['LOC', 'ORG', 'PER']);
    assert.equal(predictor.cached('bert', 'full', ['x']), undefined);
  });

  for (const source of ['bert', 't5'] as const) {
    it(`gives ${source} predictions with a tag and a probability a word, in both schemes`, async () => {
      const { predictor } = make();
      for (const scheme of ['full', 'simplified'] as const) {
        const found = await predictions(predictor, source, sentences, { scheme });
        found.forEach((prediction, index) => {
          assert.ok(prediction);
          assert.equal(prediction.tags.length, sentences[index]!.length);
          assert.equal(prediction.probabilities.length, sentences[index]!.length);
          const pattern = scheme === 'full' ? /^(?:O|[BI]-(?:PER|LOC|ORG))$/u : /^[OBI]$/u;
          for (const tag of prediction.tags) assert.match(tag, pattern);
          assert.equal(prediction.raw === undefined, source === 'bert');
        });
      }
      const state = predictor.states.find((entry) => entry.source === source);
      assert.equal(state?.state, 'ready');
    });
  }

  it('predicts the same sentence once', async () => {
    const { predictor } = make();
    const batches: number[] = [];
    const twice = [...sentences, ...sentences];
    const first = await predictions(predictor, 'bert', twice, { onBatch: (size) => batches.push(size) });
    assert.equal(predictor.stats('bert').sentences, sentences.length);
    assert.equal(
      batches.reduce((a, b) => a + b, 0),
      twice.length,
    );
    sentences.forEach((words, index) => {
      assert.equal(predictor.cached('bert', 'full', [...words]), first[index]);
      assert.equal(first[index + sentences.length], first[index]);
    });
    await predictions(predictor, 'bert', sentences);
    assert.equal(predictor.stats('bert').sentences, sentences.length);
    assert.equal(predictor.cached('bert', 'simplified', sentences[0]!), undefined);
    assert.equal(predictor.cached('t5', 'full', sentences[0]!), undefined);
  });

  it('forgets the least recently used', async () => {
    const { predictor } = make({ cacheSize: 4 });
    const many = manySentences(6);
    await predictions(predictor, 'bert', many);
    const kept = many.filter((words) => predictor.cached('bert', 'full', words) !== undefined);
    assert.equal(kept.length, 4);
  });

  it('puts the newest request first', async () => {
    const { predictor } = make();
    await predictor.load('t5', 'full');
    const ends: string[] = [];
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const long = predictions(predictor, 't5', manySentences(120), {
      onBatch: () => {
        begun();
      },
    }).then(() => ends.push('long'));
    await started;
    await predictions(predictor, 't5', [['Paris', '!']]).then(() => ends.push('short'));
    await long;
    assert.deepEqual(ends, ['short', 'long']);
  });

  it('stops at once when cancelled, keeps what it knows, and goes on with others', async () => {
    const { predictor } = make();
    const stop = new AbortController();
    let seen = 0;
    const long = predictions(predictor, 't5', manySentences(400), {
      signal: stop.signal,
      onBatch: (size) => {
        seen += size;
        stop.abort();
      },
    });
    await assert.rejects(long, { reason: 'cancelled' });
    const heard = seen;
    assert.ok(heard > 0 && heard < 400);
    const [after] = await predictions(predictor, 't5', [['Paris', '!']]);
    assert.ok(after);
    assert.equal(seen, heard);
    assert.notEqual(predictor.states[1]?.state, 'failed');
    await assert.rejects(predictions(predictor, 'bert', sentences, { signal: AbortSignal.abort() }), {
      reason: 'cancelled',
    });
  });

  it('works on both models at the same time', async () => {
    const { predictor } = make();
    const [bert, t5] = await Promise.all([
      predictions(predictor, 'bert', sentences),
      predictions(predictor, 't5', sentences),
    ]);
    assert.ok(bert.every((prediction) => prediction !== undefined));
    assert.ok(t5.every((prediction) => prediction !== undefined));
    assert.ok((await predictor.measureMemory()) > 10_000_000);
    assert.ok(predictor.stats('t5').residentBytes > 10_000_000);
    assert.ok(predictor.stats('t5').generatedPieces > 0);
  });

  it('finishes a request whose process was killed, and says so meanwhile', async () => {
    const { predictor, log } = make();
    await predictor.load('t5', 'full');
    const before = predictor.pid;
    assert.ok(before !== undefined);
    const states: string[] = [];
    predictor.onDidChangeState(() => {
      states.push(predictor.states.map(({ state, message }) => `${state} ${message ?? ''}`).join(' | '));
    });
    let killed = false;
    const found = await predictions(predictor, 't5', manySentences(40), {
      onBatch: () => {
        if (killed) return;
        killed = true;
        process.kill(before, 'SIGKILL');
      },
    });
    assert.ok(found.every((prediction) => prediction !== undefined));
    assert.notEqual(predictor.pid, before);
    assert.ok(
      states.some((text) => /loading The model process stopped: .*SIGKILL/u.test(text)),
      states.join('\n'),
    );
    assert.deepEqual([predictor.states[1]?.state, predictor.states[1]?.message], ['ready', undefined]);
    assert.ok(log.some(({ level, message }) => level === 'error' && message.includes('SIGKILL')));
  });

  it('is idle after its process was killed while nobody waited, and starts again', async () => {
    const { predictor } = make();
    await predictions(predictor, 'bert', [['Berlin']]);
    const before = predictor.pid!;
    process.kill(before, 'SIGKILL');
    await until('the crash', () => predictor.states[0]?.state === 'idle');
    assert.match(predictor.states[0]?.message ?? '', /stopped/u);
    const [again] = await predictions(predictor, 'bert', [['Lisbon']]);
    assert.ok(again);
    assert.equal(predictor.states[0]?.state, 'ready');
  });

  it('ends its process and rejects what waits when it is disposed', async () => {
    const { predictor } = make();
    await predictor.load('t5', 'full');
    const { pid } = predictor;
    assert.ok(pid !== undefined && isAlive(pid));
    const waiting = predictions(predictor, 't5', manySentences(200));
    const rejected = assert.rejects(waiting, { reason: 'disposed' });
    predictor.dispose();
    predictor.dispose();
    await rejected;
    await until('the end of the model process', () => !isAlive(pid));
    await assert.rejects(predictions(predictor, 't5', manySentences(3)), { reason: 'disposed' });
  });
});
