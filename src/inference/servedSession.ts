import { AsyncLocalStorage } from 'node:async_hooks';
import { Tensor } from 'onnxruntime-node';
import type { InferenceSession } from 'onnxruntime-node';
import type { CancelSignal } from '../protocol/channel.ts';
import type { ModelSpec, ServedAnswer, ServedRun } from '../protocol/inference.ts';

/** Has the host run a graph that lies on a server. */
export type RunServed = (run: ServedRun, signal: CancelSignal | undefined) => Promise<ServedAnswer>;

const served = new WeakSet<object>();
const calls = new AsyncLocalStorage<CancelSignal>();

/** Work whose runs on servers end when the signal aborts. */
export function withSignal<T>(signal: CancelSignal, work: () => Promise<T>): Promise<T> {
  return calls.run(signal, work);
}

/** True for a session whose graph lies on a server: its runs hold nobody up here. */
export function isServed(session: InferenceSession): boolean {
  return served.has(session);
}

/**
 * A session whose graph lies on a server. It has the part of the runtime's session that a classifier needs, so that cutting words,
 * windows and reading tags are the same code as with a graph that lies here.
 */
export function servedSession(
  spec: ModelSpec,
  { inputs, outputs }: NonNullable<ModelSpec['served']>,
  run: RunServed,
): InferenceSession {
  const session = {
    inputNames: inputs,
    outputNames: outputs,
    run: async (
      feeds: Readonly<Record<string, Tensor>>,
      wanted: readonly string[] = ['logits'],
    ): Promise<Readonly<Record<string, Tensor>>> => {
      const tensors = Object.entries(feeds).map(([name, { dims, data }]) => {
        if (!(data instanceof BigInt64Array)) throw new Error(`the input "${name}" is no list of ids`);
        return { name, dims: [...dims], data: new BigInt64Array(data) };
      });
      const answer = await run({ modelId: spec.id, inputs: tensors, outputs: [...wanted] }, calls.getStore());
      return Object.fromEntries(
        answer.outputs.map(({ name, dims, data }) => [name, new Tensor('float32', data, dims)]),
      );
    },
  };
  served.add(session);
  return session as unknown as InferenceSession;
}
