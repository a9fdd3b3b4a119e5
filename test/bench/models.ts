// Our model process against the bare runtime on the same graphs, threads and words: node scripts/bench.mjs models [--threads N] [--sentences N] [--json]
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { buildPrompt } from '../../src/core/prompt.ts';
import { Predictor } from '../../src/node/models/predictor.ts';
import { neededFiles } from '../../src/inference/modelFiles.ts';
import type { WordPieces } from '../../src/inference/wordPieces.ts';
import { bundled, classifier, generator, modelsRoot, processEntry, repository } from '../inference/support/bundled.ts';

type Feeds = Record<string, Tensor>;

/** Sentences a second, and how many times as long ours takes. */
interface Speed {
  readonly bare: number;
  readonly ours: number;
  readonly ratio: number;
}

const ROUNDS = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string' },
    sentences: { type: 'string', default: '400' },
    json: { type: 'boolean', default: false },
  },
});
const threads = Number(values.threads ?? Math.max(1, availableParallelism() - 1));
const figures: Partial<Record<'bert' | 't5', Speed>> = {};

function say(line: string): void {
  if (!values.json) process.stdout.write(`${line}\n`);
}

const corpus = positionals[0] ?? path.join(repository, 'samples', 'ewt-sample.iob2');
const all = parseColumns(readFileSync(corpus, 'utf8')).sentences.map(({ tokens }) => tokens.map(({ form }) => form));
const sentences = [...all].slice(0, Number(values.sentences)).sort((a, b) => a.length - b.length);

function ids(row: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(row, BigInt), [1, row.length]);
}

function only(session: InferenceSession, feeds: Feeds): Feeds {
  return Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)));
}

function sessionsOf(source: 'bert' | 't5'): Promise<InferenceSession[]> {
  const model = bundled(source);
  const graphs = neededFiles(model).filter((file) => file.endsWith('.onnx'));
  return Promise.all(
    graphs.map((file) =>
      InferenceSession.create(path.join(modelsRoot, model.folder, file), {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
      }),
    ),
  );
}

/** One run a sentence as in ours, inputs made before the clock starts. */
async function bareClassifier(): Promise<() => Promise<void>> {
  const { model } = await classifier();
  const [session] = await sessionsOf('bert');
  if (session === undefined) throw new Error('the classifier has no graph');
  const rows = sentences.map((words) => [
    ...model.before,
    ...words.flatMap((word) => model.pieces.ofWord(word)),
    ...model.after,
  ]);
  const runs = rows.map((row) =>
    only(session, {
      input_ids: ids(row),
      attention_mask: ids(row.map(() => 1)),
      token_type_ids: ids(row.map(() => 0)),
    }),
  );
  return async () => {
    for (const feeds of runs) await session.run(feeds);
  };
}

/** One encoder run a sentence and one decoder run a word, with nothing decided between them. */
async function bareGenerator(): Promise<() => Promise<void>> {
  const { model } = await generator();
  const { prompt, labels } = bundled('t5');
  const [encoder, decoder] = await sessionsOf('t5');
  if (encoder === undefined || decoder === undefined || prompt === null) throw new Error('the generator is not whole');
  const pieces: WordPieces = model.pieces;
  const outside = model.idOf(prompt.tagTokens['O'] ?? '') ?? 0;
  const past = decoder.inputMetadata.flatMap((meta) =>
    meta.isTensor && meta.name.startsWith('past_key_values.') ? [meta] : [],
  );
  const prompts = sentences.map((words) => [
    ...pieces.ofPrompt(buildPrompt(prompt, words, 'full', labels)),
    ...model.ends,
  ]);
  const wanted = decoder.outputNames.filter((name) => !name.includes('.encoder.'));
  return async () => {
    for (const [index, words] of sentences.entries()) {
      const input = ids(prompts[index] ?? []);
      const mask = ids((prompts[index] ?? []).map(() => 1));
      const encoded = await encoder.run({ input_ids: input, attention_mask: mask });
      const hidden = encoded['last_hidden_state'];
      if (hidden === undefined) throw new Error('the encoder has no output');
      let cache: Feeds = Object.fromEntries(
        past.map((meta) => [
          meta.name,
          new Tensor('float32', new Float32Array(0), [1, Number(meta.shape[1]), 0, Number(meta.shape[3])]),
        ]),
      );
      for (const [place, word] of words.entries()) {
        const outputs: Feeds = await decoder.run(
          only(decoder, {
            ...cache,
            input_ids: ids([place === 0 ? model.start : outside, ...pieces.ofWord(word)]),
            encoder_hidden_states: hidden,
            encoder_attention_mask: mask,
            use_cache_branch: new Tensor('bool', [place > 0], [1]),
          }),
          place === 0 ? decoder.outputNames : wanted,
        );
        const kept = Object.entries(outputs).filter(([name]) => name.startsWith('present.'));
        cache = {
          ...cache,
          ...Object.fromEntries(kept.map(([name, tensor]) => [name.replace('present', 'past_key_values'), tensor])),
        };
      }
    }
  };
}

/** A predictor that has loaded its model and remembers nothing, so that each round does the whole work. */
async function ours(source: 'bert' | 't5'): Promise<{ readonly run: () => Promise<void>; readonly end: () => void }> {
  const predictor = new Predictor({ modelsRoot, processEntry, threads, cacheSize: 0, log: () => undefined });
  await predictor.load(source, 'full');
  const { signal } = new AbortController();
  return {
    run: () => predictor.predict(source, 'full', sentences, { signal, onBatch: () => undefined }),
    end: () => {
      predictor.dispose();
    },
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function compare(
  name: string,
  source: 'bert' | 't5',
  makeBare: () => Promise<() => Promise<void>>,
): Promise<void> {
  const bare = await makeBare();
  const mine = await ours(source);
  const times = { bare: [] as number[], ours: [] as number[] };
  // In turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round++) {
    times.bare.push(await seconds(bare));
    times.ours.push(await seconds(mine.run));
  }
  mine.end();
  const best = { bare: Math.min(...times.bare), ours: Math.min(...times.ours) };
  const speed = { bare: sentences.length / best.bare, ours: sentences.length / best.ours };
  figures[source] = { bare: speed.bare, ours: speed.ours, ratio: best.ours / best.bare };
  const words = (each: number): string => `${each.toFixed(0)} sentences/s`;
  say(
    `${name}: bare runtime ${words(speed.bare)}, ours ${words(speed.ours)}, ours takes ${(best.ours / best.bare).toFixed(2)} times as long`,
  );
}

say(`${sentences.length} sentences of ${path.basename(corpus)}, ${threads} threads, best of ${ROUNDS} rounds`);
await compare('BERT, full', 'bert', bareClassifier);
await compare('T5, full', 't5', bareGenerator);
if (values.json) process.stdout.write(`${JSON.stringify({ sentences: sentences.length, threads, ...figures })}\n`);
