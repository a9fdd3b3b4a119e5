import type { CancelSignal } from '../protocol/channel.ts';
import { throwIfCancelled } from './cancelled.ts';
import { emptyState, rewind, step } from './decoder.ts';
import type { DecoderState, Encoded, EncoderDecoder } from './decoder.ts';
import { logSoftmax } from './tensors.ts';
import { append } from '../core/lists.ts';

/** What a copyTags answer is made of, as ids. */
export interface CopyTags {
  /** The piece that starts a decoder's answer. */
  readonly start: number;
  /** The forced pieces of each word. */
  readonly words: readonly (readonly number[])[];
  /** The piece of each tag. */
  readonly tags: readonly number[];
  /** The tags right behind which each tag may stand; null where it may stand anywhere. */
  readonly after: readonly (readonly number[] | null)[];
}

/** A decision for one word: an index into `tags`, and its probability among the legal tags. */
export interface Choice {
  readonly tag: number;
  readonly logProbability: number;
}

/**
 * Greedy decoding of a copyTags answer. The words are forced, so only tags are decided. `ahead` words are fed at once with
 * a guess (the first tag) between them; the first wrong guess rewinds the cache to that word. The choices are those of
 * one word at a time, since each decision sees only pieces before it, all of them decided.
 */
export async function decodeCopyTags(
  model: EncoderDecoder,
  encoded: Encoded,
  plan: CopyTags,
  temperature: number,
  ahead: number,
  signal: CancelSignal,
): Promise<readonly Choice[]> {
  const choices: Choice[] = [];
  let state: DecoderState = emptyState(model);
  let last = plan.start;
  while (choices.length < plan.words.length) {
    throwIfCancelled(signal);
    const first = choices.length;
    const end = Math.min(plan.words.length, first + Math.max(1, ahead));
    const { ids, places } = feedOf(plan, last, first, end);
    const result = await step(model, encoded, state, ids);
    let decided = first;
    for (; decided < end; decided++) {
      const place = places[decided - first] ?? 0;
      const row = result.logits.subarray(place * result.vocabulary, (place + 1) * result.vocabulary);
      const choice = chooseTag(row, plan, choices.at(-1)?.tag, temperature);
      choices.push(choice);
      if (choice.tag !== 0) break;
    }
    const lastPlace = places[Math.min(decided, end - 1) - first] ?? 0;
    state = rewind(result.state, state.length + lastPlace + 1);
    last = plan.tags[choices.at(-1)?.tag ?? 0] ?? plan.start;
  }
  return choices;
}

/** The piece before the first word, then words with the guessed tag between them; `places` has each word's last piece. */
function feedOf(
  plan: CopyTags,
  last: number,
  first: number,
  end: number,
): { readonly ids: readonly number[]; readonly places: readonly number[] } {
  const ids = [last];
  const places: number[] = [];
  for (let word = first; word < end; word++) {
    if (word > first) ids.push(plan.tags[0] ?? 0);
    append(ids, plan.words[word] ?? []);
    places.push(ids.length - 1);
  }
  return { ids, places };
}

function chooseTag(row: Float32Array, plan: CopyTags, before: number | undefined, temperature: number): Choice {
  const legal = plan.tags.flatMap((_, tag) => {
    const after = plan.after[tag] ?? null;
    return after === null || (before !== undefined && after.includes(before)) ? [tag] : [];
  });
  const logs = logSoftmax(
    row,
    temperature,
    legal.map((tag) => plan.tags[tag] ?? 0),
  );
  let best = 0;
  logs.forEach((log, index) => {
    if (log > (logs[best] ?? -Infinity)) best = index;
  });
  return { tag: legal[best] ?? 0, logProbability: logs[best] ?? 0 };
}
