import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { readChoice } from '../../../src/node/models/modelChoice.ts';
import type { Predictor } from '../../../src/node/models/predictor.ts';
import { UnansweredError } from '../../../src/node/models/lane.ts';
import { ChannelError } from '../../../src/protocol/channel.ts';
import { report } from '../../core/corpora.ts';
import { newPredictor, predictions } from '../../inference/support/predicting.ts';
import { FaultServer } from '../../support/faultServer.ts';
import { labelledWords, writeTinyClassifier } from '../../support/tinyClassifier.ts';
import { until } from '../../support/until.ts';

const words = Array.from({ length: 100 }, (_, index) => `w${String(index)}`);
const tiny = labelledWords(['PER', 'LOC'], Object.fromEntries(words.map((word) => [word, 'O'])));

describe('a predictor whose model lies on a server', function () {
  this.timeout(120_000);
  let folder = '';
  let server: FaultServer;
  let predictor: Predictor | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-served-'));
    await writeTinyClassifier(folder, tiny);
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    server = new FaultServer({ next: () => undefined, labels: tiny.tags.length, binary: true });
    await server.start();
  });
  afterEach(async () => {
    predictor?.dispose();
    await server.stop();
  });

  function use(family: 'bert' | 't5', more: object = {}): Predictor {
    const choice = readChoice({
      ...{ model: 'm', server: server.address, timeout: 20, budget: 20 },
      ...(family === 'bert' ? { tokenizer: folder } : { labels: ['PER', 'LOC'] }),
      ...more,
    });
    assert.ok(choice.ok);
    const servers = { token: () => Promise.resolve(undefined), agreed: () => Promise.resolve() };
    predictor?.dispose();
    ({ predictor } = newPredictor({ models: { [family]: choice.value }, servers }));
    return predictor;
  }

  const sentences = words.map((word) => [word]);
  const infers = (): number => server.seen.filter(({ path: asked }) => asked.endsWith('/infer')).length;

  it('has as many requests under way as it is told, and no more', async () => {
    server.behaviour = { ...server.behaviour, delay: 50 };
    const seconds: number[] = [];
    for (const inFlight of [1, 8]) {
      const one = use('bert', { inFlight });
      await one.load('bert', 'full');
      server.mostAtOnce = 0;
      const started = performance.now();
      await predictions(one, 'bert', sentences.slice(0, 64));
      seconds.push((performance.now() - started) / 1000);
      assert.equal(server.mostAtOnce, inFlight);
    }
    const [slow = 0, fast = 1] = seconds;
    report(`64 sentences at 50 ms a request: ${slow.toFixed(2)} s one by one, ${fast.toFixed(2)} s with 8 in flight`);
    assert.equal(infers(), 128);
    assert.equal(server.seen.length, 128 + 2 * 4, 'the server is asked what it has more than once');
    assert.ok(fast < slow / 3);
  });

  it('asks about no sentence again that was answered, and says which ones were not', async () => {
    server.behaviour = { ...server.behaviour, next: () => undefined };
    const one = use('bert', { timeout: 1, budget: 2 });
    await one.load('bert', 'full');
    let count = 0;
    server.behaviour = { ...server.behaviour, next: () => (++count % 3 === 0 ? undefined : 'unavailable') };
    const some = sentences.slice(0, 12);
    const found = new Map<number, unknown>();
    const ask = async (): Promise<unknown> =>
      one
        .predict('bert', 'full', some, {
          signal: new AbortController().signal,
          onBatch: (results) => {
            for (const [index, prediction] of results) found.set(index, prediction);
          },
        })
        .catch((error: unknown) => error);
    const error = await ask();
    if (error !== undefined) assert.ok(error instanceof UnansweredError);
    const unanswered = error instanceof UnansweredError ? [...error.places.keys()] : [];
    assert.deepEqual(
      [...found.keys(), ...unanswered].sort((a, b) => a - b),
      some.map((_, index) => index),
    );
    server.behaviour = { ...server.behaviour, next: () => undefined };
    const before = infers();
    assert.equal(await ask(), undefined);
    assert.equal(infers() - before, unanswered.length);
    assert.equal(found.size, some.length);
  });

  it('cancels on the wire', async () => {
    const one = use('bert', { inFlight: 4 });
    await one.load('bert', 'full');
    server.behaviour = { ...server.behaviour, next: () => 'slow' };
    const stop = new AbortController();
    const running = predictions(one, 'bert', sentences, { signal: stop.signal }).catch((error: unknown) => error);
    await until('four requests', () => infers() === 4);
    stop.abort();
    const error = await running;
    assert.ok(error instanceof ChannelError && error.reason === 'cancelled');
    await until('the lines to close', () => server.open === 0);
    assert.equal(infers(), 4);
  });

  it('is said to be gone where nothing comes, and asks nobody who did not agree', async () => {
    const one = use('bert', { timeout: 0.5, budget: 1 });
    await server.stop();
    const gone = await one.load('bert', 'full').catch((error: unknown) => error);
    assert.ok(gone instanceof ChannelError && gone.reason === 'serverGone', String(gone));
    await server.start();
    const choice = readChoice({ model: 'm', server: server.address, tokenizer: folder });
    assert.ok(choice.ok);
    const other = newPredictor({ models: { bert: choice.value } }).predictor;
    const refused = await other.load('bert', 'full').catch((error: unknown) => error);
    other.dispose();
    assert.ok(refused instanceof ChannelError && refused.reason === 'notAgreed');
    assert.equal(server.seen.length, 0);
  });

  for (const api of ['chat', 'completions'] as const)
    it(`reads what OpenAI's ${api} API says as a list of entities, and counts what cannot be read as a failure`, async () => {
      server.behaviour = {
        ...server.behaviour,
        answer: (prompt) => (prompt.includes('Ada left Oslo') ? 'Ada = PER ; Oslo = LOC' : 'Rome = LOC'),
      };
      const one = use('t5', { api });
      const [first, second] = await predictions(one, 't5', [
        ['Ada', 'left', 'Oslo'],
        ['Nobody', 'came'],
      ]);
      assert.deepEqual(first?.tags, ['B-PER', 'O', 'B-LOC']);
      assert.deepEqual(
        second?.failures.map(({ kind }) => kind),
        ['notInText'],
      );
      assert.ok(one.stats('t5').generatedPieces > 0 && one.stats('t5').pieces > 0);
    });
});
