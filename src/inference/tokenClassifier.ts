import type { InferenceSession } from 'onnxruntime-node';
import { tagParts } from '../core/scheme.ts';
import type { CancelSignal } from '../protocol/channel.ts';
import type { Classified } from '../protocol/inference.ts';
import { throwIfCancelled } from './cancelled.ts';
import { modelError } from './modelFiles.ts';
import { floats, idTensor, maskTensor, output, runWith } from './tensors.ts';
import { joinedStates, stateSession } from './wordStates.ts';
import type { StateSource } from './wordStates.ts';
import { cutWindows, widestContext } from './windows.ts';
import type { Window } from './windows.ts';
import type { WordPieces } from './wordPieces.ts';
import { append } from '../core/lists.ts';

/** A loaded token classifier: each word's tag is read at its first piece. */
export interface Classifier {
  readonly session: InferenceSession;
  readonly pieces: WordPieces;
  /** The pieces that frame a sentence, such as [CLS] and [SEP]. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly tags: readonly string[];
  /** The most pieces that the model reads at once, frame included. */
  readonly maxPieces: number;
  /** Where the states of pieces come from; undefined for a graph that gives none. */
  readonly states: StateSource | undefined;
}

/** What is asked of a classifier beside its tags. */
export interface ClassifyOptions {
  /** Gives the state of each word's first piece too. */
  readonly hidden?: boolean | undefined;
}

interface Unit {
  readonly sentence: number;
  readonly window: Window;
  readonly index: number;
  readonly ids: readonly number[];
  /** The column of each word's first piece. */
  readonly columns: readonly number[];
}

/**
 * The tag distribution of each word of each sentence; `temperature` divides the logits. One window a run: an int8 graph takes the
 * scale of its activations from all rows of a batch, so that a sentence's tags would depend on the sentences beside it.
 */
export async function classify(
  model: Classifier,
  sentences: readonly (readonly string[])[],
  temperature: number,
  signal: CancelSignal,
  { hidden = false }: ClassifyOptions = {},
): Promise<readonly Classified[]> {
  const prepared = sentences.map((words, sentence) => prepare(model, words, sentence));
  const results = sentences.map((words, sentence): Classified => {
    const units = prepared[sentence]?.units ?? [];
    return {
      distribution: new Float32Array(words.length * model.tags.length),
      pieces: units.reduce((sum, unit) => sum + unit.ids.length, 0),
      windows: Math.max(1, units.length),
      splitWords: [],
    };
  });
  const labels = model.tags.map(labelOf);
  for (const unit of prepared.flatMap((entry) => entry.units)) {
    throwIfCancelled(signal);
    const { logits, states } = await outputsOf(model, unit.ids, hidden);
    const given = logits.length / unit.ids.length;
    if (given !== model.tags.length) {
      throw modelError(
        'modelUnfit',
        `the graph tells ${String(given)} tags apart, but id2label in config.json names ${String(model.tags.length)}. Export the model again, or choose another.`,
      );
    }
    const owners = prepared[unit.sentence]?.owners;
    const result = results[unit.sentence];
    if (owners === undefined || result === undefined) continue;
    const width = (states?.length ?? 0) / unit.ids.length;
    if (states !== undefined) result.hidden ??= new Float32Array(owners.length * width);
    unit.columns.forEach((column, offset) => {
      const word = unit.window.first + offset;
      if (owners[word] !== unit.index) return;
      softmaxInto(result.distribution, word, logits, column, model.tags.length, temperature);
      if (states !== undefined) result.hidden?.set(states.subarray(column * width, (column + 1) * width), word * width);
      const end = unit.columns[offset + 1] ?? unit.ids.length - model.after.length;
      const first = labelAt(labels, logits, column);
      for (let piece = column + 1; piece < end; piece++) {
        if (labelAt(labels, logits, piece) === first) continue;
        result.splitWords.push(word);
        break;
      }
    });
  }
  for (const { splitWords } of results) splitWords.sort((a, b) => a - b);
  return results;
}

function prepare(
  model: Classifier,
  words: readonly string[],
  sentence: number,
): { readonly units: readonly Unit[]; readonly owners: readonly number[] } {
  if (words.length === 0) return { units: [], owners: [] };
  const pieces = words.map((word) => model.pieces.ofWord(word));
  const room = model.maxPieces - model.before.length - model.after.length;
  const windows = cutWindows(
    pieces.map((ids) => ids.length),
    room,
  );
  const units = windows.map((window, index): Unit => {
    const ids = [...model.before];
    const columns: number[] = [];
    for (let word = window.first; word < window.end; word++) {
      columns.push(ids.length);
      append(ids, (pieces[word] ?? []).slice(0, room));
    }
    return { sentence, window, index, ids: [...ids, ...model.after], columns };
  });
  return { units, owners: widestContext(windows, words.length) };
}

async function outputsOf(
  model: Classifier,
  ids: readonly number[],
  hidden: boolean,
): Promise<{ readonly logits: Float32Array; readonly states: Float32Array | undefined }> {
  const names = hidden ? (model.states?.outputs ?? []) : [];
  const session = names.length > 0 ? await stateSession(model) : model.session;
  const inputs = {
    input_ids: idTensor(ids),
    attention_mask: maskTensor(ids.length),
    token_type_ids: idTensor(ids.map(() => 0)),
  };
  const outputs = await runWith(session, inputs, ['logits', ...names]);
  const states = names.map((name) => floats(output(outputs, name)));
  return {
    logits: floats(output(outputs, 'logits')),
    states: states.length === 0 ? undefined : joinedStates(states, ids.length),
  };
}

/** What a tag is about, whether it begins or goes on. */
function labelOf(tag: string): string {
  const parts = tagParts(tag);
  return parts.prefix === 'B' || parts.prefix === 'I' ? parts.label : '';
}

/** The label of the likeliest tag at a place. */
function labelAt(labels: readonly string[], logits: Float32Array, place: number): string {
  const start = place * labels.length;
  let best = 0;
  for (let tag = 1; tag < labels.length; tag++) {
    if ((logits[start + tag] ?? 0) > (logits[start + best] ?? 0)) best = tag;
  }
  return labels[best] ?? '';
}

function softmaxInto(
  target: Float32Array,
  word: number,
  logits: Float32Array,
  place: number,
  width: number,
  temperature: number,
): void {
  const start = place * width;
  let highest = -Infinity;
  for (let tag = 0; tag < width; tag++) highest = Math.max(highest, logits[start + tag] ?? 0);
  let sum = 0;
  for (let tag = 0; tag < width; tag++) sum += Math.exp(((logits[start + tag] ?? 0) - highest) / temperature);
  for (let tag = 0; tag < width; tag++) {
    target[word * width + tag] = Math.exp(((logits[start + tag] ?? 0) - highest) / temperature) / sum;
  }
}
