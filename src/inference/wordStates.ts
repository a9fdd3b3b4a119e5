import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import type { ModelSpec } from '../protocol/inference.ts';
import { modelError, neededFiles } from './modelFiles.ts';

/** The name of the output with the state of each piece, in graphs that were exported with one. */
const HIDDEN = 'hidden';

/** Where the states of pieces come from: outputs of a session, which is made when they are first asked for. */
export interface StateSource {
  readonly outputs: readonly string[];
  readonly session: () => Promise<InferenceSession>;
  readonly release: () => Promise<void>;
}

/**
 * The states that a loaded graph gives: its output `hidden`, else the inner tensors that its manifest names, which a second session
 * over the same file gives as outputs; undefined where there is neither.
 */
export function stateSource(
  session: InferenceSession,
  spec: ModelSpec,
  options: InferenceSession.SessionOptions,
): StateSource | undefined {
  if (session.outputNames.includes(HIDDEN))
    return { outputs: [HIDDEN], session: () => Promise.resolve(session), release: () => Promise.resolve() };
  const outputs = spec.hidden ?? [];
  if (outputs.length === 0) return undefined;
  let opened: Promise<InferenceSession> | undefined;
  return {
    outputs,
    session: () => {
      opened ??= openWith(spec, outputs, options);
      opened.catch(() => (opened = undefined));
      return opened;
    },
    release: async () => {
      await (await opened)?.release();
    },
  };
}

/** The session that gives the states of a model, or its own where it gives none. */
export function stateSession(model: {
  readonly session: InferenceSession;
  readonly states: StateSource | undefined;
}): Promise<InferenceSession> {
  return model.states?.session() ?? Promise.resolve(model.session);
}

/** States of several tensors, each pieces × its width, side by side. */
export function joinedStates(parts: readonly Float32Array[], pieces: number): Float32Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const width = parts.reduce((sum, part) => sum + part.length, 0) / pieces;
  const joined = new Float32Array(pieces * width);
  for (let piece = 0; piece < pieces; piece++) {
    let place = piece * width;
    for (const part of parts) {
      const own = part.length / pieces;
      joined.set(part.subarray(piece * own, (piece + 1) * own), place);
      place += own;
    }
  }
  return joined;
}

async function openWith(
  spec: ModelSpec,
  outputs: readonly string[],
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  const graph = neededFiles(spec).find((name) => name.endsWith('.onnx')) ?? '';
  const file = path.join(spec.root, spec.folder, graph);
  try {
    return await InferenceSession.create(withOutputs(await readFile(file), outputs), options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw modelError(
      'modelUnfit',
      `${file} does not give the tensors ${outputs.join(', ')} that its manifest names under “hidden”: ${why}`,
    );
  }
}

/**
 * An ONNX file whose graph has these tensors as outputs too. Protobuf joins what stands twice for one message and appends to its
 * lists, so it is enough to put a model behind the file whose graph has nothing but outputs (ModelProto.graph is field 7,
 * GraphProto.output 12, ValueInfoProto.name 1).
 */
export function withOutputs(file: Uint8Array, outputs: readonly string[]): Uint8Array {
  const infos = outputs.flatMap((name) => field(12, field(1, new TextEncoder().encode(name))));
  return Buffer.concat([file, Uint8Array.from(field(7, infos))]);
}

/** A length-delimited field of protobuf: its key, its length, its bytes. */
function field(number: number, content: ArrayLike<number>): readonly number[] {
  return [...varint(number * 8 + 2), ...varint(content.length), ...Array.from(content)];
}

function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
