import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { seededRandom } from '../../../src/core/random.ts';
import type { Random } from '../../../src/core/random.ts';
import { Engine } from '../../../src/inference/engine.ts';
import { readChoice, resolveChoice } from '../../../src/node/models/modelChoice.ts';
import { runModel } from '../../../src/node/models/modelRun.ts';
import type { ModelUse, Runner } from '../../../src/node/models/modelRun.ts';
import { allInFlight, PartError } from '../../../src/node/serving/inFlight.ts';
import { ServedModels } from '../../../src/node/serving/servedModels.ts';
import type { ServerAccess } from '../../../src/node/serving/servedRunner.ts';
import { ChannelError } from '../../../src/protocol/channel.ts';
import { report } from '../../core/corpora.ts';
import { FaultServer } from '../../support/faultServer.ts';
import type { Fault } from '../../support/faultServer.ts';
import { labelledWords, writeTinyClassifier } from '../../support/tinyClassifier.ts';

const RUNS = 1000;
const AT_ONCE = 20;
const SECONDS = 180;
/** What a machine that is busy otherwise must still come to in that time. */
const LEAST = 100;
const TOKEN = 'secret-token';
const words = Array.from({ length: 60 }, (_, index) => `w${String(index)}`);
const tiny = labelledWords(['PER', 'LOC'], Object.fromEntries(words.map((word) => [word, 'O'])));
const PASSING: readonly Fault[] = [
  ...(['cutOff', 'halfBody', 'tooOften', 'unavailable', 'broken', 'noJson'] as const),
  ...(['wrongShape', 'otherLabels', 'notANumber', 'here'] as const),
];

type Outcome = readonly string[] | Error | undefined;

describe('a server that fails', function () {
  this.timeout((SECONDS + 60) * 1000);
  let folder = '';
  const thief = new FaultServer({ next: () => undefined, labels: tiny.tags.length, binary: false });

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-faults-'));
    await writeTinyClassifier(folder, tiny);
    await thief.start();
  });
  after(async () => {
    await thief.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const access: ServerAccess = { token: () => Promise.resolve(TOKEN), agreed: () => Promise.resolve() };

  function useOf(server: string, timeout: number, budget: number): ModelUse {
    const choice = readChoice({ model: 'm', server, protocol: 'oip', tokenizer: folder, timeout, budget, inFlight: 4 });
    assert.ok(choice.ok);
    const resolved = resolveChoice(choice.value, 'bert', undefined);
    assert.ok(resolved.ok, JSON.stringify(resolved));
    return { ...resolved.value, scheme: 'full', asking: {} };
  }

  /** The sentences of a run as the predictor asks about them, through the code of the model process. */
  async function predicted(use: ModelUse, sentences: readonly (readonly string[])[]): Promise<readonly Outcome[]> {
    const engine: Engine = new Engine(1, (run, signal) => models.run(run, signal ?? new AbortController().signal));
    const process: Runner = {
      load: (spec) => engine.load(spec),
      classify: async (spec, temperature, asked, signal) => {
        await engine.load(spec);
        const cancel = signal ?? new AbortController().signal;
        const { results, milliseconds } = await engine.classify(spec.id, asked, temperature, cancel);
        return { sentences: results, milliseconds };
      },
      generate: () => Promise.reject(new Error('not asked for')),
    };
    const models: ServedModels = new ServedModels(process, access);
    const runner = models.runnerOf(use);
    try {
      await runner.load(use.spec);
      const results = await allInFlight(sentences, 4, new AbortController().signal, async (sentence, stop) => {
        const { predictions } = await runModel(runner, use, [sentence], stop);
        return predictions[0]?.tags ?? [];
      });
      return results;
    } catch (error) {
      if (!(error instanceof PartError)) return sentences.map(() => error as Error);
      const { reason, results } = error as PartError<readonly string[]>;
      return results.length === 0 ? sentences.map(() => reason) : [...results].map((result) => result ?? reason);
    } finally {
      models.dispose();
    }
  }

  function sentencesOf(random: Random): readonly (readonly string[])[] {
    const seen = new Set<string>();
    while (seen.size < 8) {
      const length = 1 + Math.floor(random() * 6);
      seen.add(Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? '').join(' '));
    }
    return [...seen].map((text) => text.split(' '));
  }

  const tagOf = (word: string): string => tiny.tags[(words.indexOf(word) + 4) % tiny.tags.length] ?? '';

  /** What one run showed to be wrong; undefined where nothing was. */
  async function run(seed: number): Promise<{ readonly asked: number; readonly ended: boolean }> {
    const random = seededRandom(seed);
    const fate = random();
    const away = fate < 0.05;
    const gone = fate > 0.95;
    const restarts = fate > 0.85 && !gone;
    const server = new FaultServer({
      labels: tiny.tags.length,
      binary: random() < 0.5,
      elsewhere: thief.address,
      next: () => {
        if (away && random() < 0.1) return 'away';
        if (random() < 0.003) return 'slow';
        return random() < 0.25 ? PASSING[Math.floor(random() * PASSING.length)] : undefined;
      },
    });
    await server.start();
    const sentences = sentencesOf(random);
    const stopping = setTimeout(() => {
      if (gone || restarts) void server.stop().then(() => (restarts ? server.start() : undefined));
    }, random() * 40);
    try {
      const outcomes = await predicted(useOf(server.address, gone ? 1 : 5, gone ? 1.5 : 60), sentences);
      assert.equal(outcomes.length, sentences.length);
      const ended = outcomes.some((outcome) => !Array.isArray(outcome));
      assert.ok(
        !ended || away || gone,
        `seed ${String(seed)}: ${String(outcomes.find((one) => one instanceof Error))}`,
      );
      sentences.forEach((sentence, index) => {
        const outcome = outcomes[index];
        if (outcome instanceof ChannelError) {
          assert.ok(['unanswered', 'serverGone', 'serverRefused'].includes(outcome.reason), outcome.message);
          return;
        }
        assert.deepEqual(outcome, sentence.map(tagOf), `seed ${String(seed)}`);
        const ids = [2, ...sentence.map((word) => words.indexOf(word) + 4), 3].join(' ');
        const asked = server.seen.filter((one) => one.asked === ids).map(({ fault }) => fault);
        const said = `seed ${String(seed)}: ${sentence.join(' ')}: ${asked.join()}`;
        assert.ok(asked.filter((fault) => fault === undefined).length <= 1, said);
        assert.ok(asked.length > 0 && [undefined, 'unsure'].includes(asked.at(-1)), said);
      });
      for (const { token } of server.seen) assert.equal(token, `Bearer ${TOKEN}`);
      return { asked: server.seen.length, ended };
    } finally {
      clearTimeout(stopping);
      await server.stop();
    }
  }

  it(`loses no sentence, takes none twice and gives no token away in up to ${String(RUNS)} seeded runs`, async () => {
    const end = Date.now() + SECONDS * 1000;
    let next = 0;
    let asked = 0;
    let ended = 0;
    const worker = async (): Promise<void> => {
      while (next < RUNS && Date.now() < end) {
        const result = await run(++next);
        asked += result.asked;
        ended += Number(result.ended);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    report(
      `${String(next)} of ${String(RUNS)} runs in ${String(SECONDS)} s, ${String(asked)} requests, ${String(ended)} runs ended early, as they had to`,
    );
    assert.ok(next >= LEAST, `only ${String(next)} runs in ${String(SECONDS)} s`);
    assert.ok(ended > 0 && asked > next * 9);
    assert.deepEqual(thief.seen, []);
  });
});
