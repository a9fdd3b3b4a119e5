import { Channel } from '../protocol/channel.ts';
import type { Disposable, Port } from '../protocol/channel.ts';
import { inferenceContract, inferenceHostContract } from '../protocol/inference.ts';
import { Engine } from './engine.ts';

/** Answers the inference contract on a port. `pid` is told to the host with the first message. */
export function serve(port: Port, threads: number, pid: number): Disposable {
  const engine = new Engine(threads);
  const channel = new Channel(
    port,
    inferenceContract,
    inferenceHostContract,
    {
      requests: {
        load: ({ model }) => engine.load(model),
        classify: async ({ modelId, temperature, words, ...options }, signal) => {
          const { results, milliseconds } = await engine.classify(modelId, words, temperature, signal, options);
          return { sentences: [...results], milliseconds };
        },
        generate: async ({ modelId, temperature, prompts }, signal) => {
          const { results, milliseconds } = await engine.generate(modelId, prompts, temperature, signal);
          return { answers: [...results], milliseconds };
        },
        memory: () => Promise.resolve({ residentBytes: engine.residentBytes() }),
      },
      notifications: {},
    },
    (problem) => {
      channel.notify('log', { level: 'warn', message: problem });
    },
  );
  channel.notify('ready', { pid });
  return channel;
}
