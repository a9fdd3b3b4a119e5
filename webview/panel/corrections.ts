import type { CompletionKind } from '../../src/core/draft.ts';
import type { Reshape } from '../../src/core/spanEdits.ts';
import type { Channel } from '../../src/protocol/channel.ts';
import type { panelHostContract, panelPageContract, PanelState } from '../../src/protocol/panel.ts';
import { messageOf } from '../../src/core/errorMessage.ts';

/** What the page may ask the host to change, without sentence and revision: the queue knows those. */
export type PanelCorrection =
  | {
      readonly kind: 'setSpan';
      readonly first: number;
      readonly end: number;
      readonly label: string;
      readonly next: boolean;
    }
  | { readonly kind: 'clear'; readonly first: number; readonly end: number; readonly next: boolean }
  | { readonly kind: 'accept'; readonly source: 'bert' | 't5'; readonly next: boolean }
  | { readonly kind: 'complete'; readonly by: CompletionKind; readonly next: boolean }
  | { readonly kind: 'reshape'; readonly first: number; readonly end: number; readonly how: Reshape }
  | { readonly kind: 'markReviewed' }
  | { readonly kind: 'setEmpty'; readonly next: boolean }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** What the host answers to a request. */
export interface Answered {
  readonly accepted: boolean;
  readonly message: string | null;
}

/** The answer to a request, also where it failed. */
export async function answered(request: Promise<Answered>): Promise<Answered> {
  try {
    return await request;
  } catch (error) {
    return { accepted: false, message: messageOf(error) };
  }
}

/** How a correction ended, in words for the status line. */
export interface Outcome {
  readonly accepted: boolean;
  readonly message: string;
  /** The tokens that it was about in the end, where the host says so. */
  readonly tokens?: { readonly sentence: number; readonly first: number; readonly end: number };
}

export type PanelChannel = Channel<typeof panelPageContract, typeof panelHostContract>;

interface Answer extends Pick<Outcome, 'accepted' | 'tokens'> {
  readonly message: string | null;
}

interface Waiting {
  readonly correction: PanelCorrection;
  readonly said: string;
  readonly made: PanelState;
}

/** An accepted correction that changed nothing brings no new state, so the wait for one must end. */
const STATE_WAIT_MS = 500;

/**
 * Sends corrections one after another. Fast hands press the next key before the state after the last one has come; such
 * a correction waits and then carries the new revision, but only if the sentence still holds the tokens it was meant for.
 */
export class Corrections {
  readonly #waiting: Waiting[] = [];
  #running = false;
  #onNewer: (() => void) | undefined;

  readonly #channel: PanelChannel;
  readonly #current: () => PanelState | null;
  readonly #report: (outcome: Outcome) => void;

  constructor(channel: PanelChannel, current: () => PanelState | null, report: (outcome: Outcome) => void) {
    this.#channel = channel;
    this.#current = current;
    this.#report = report;
  }

  /** `said` is what the status line says when the host has done it. */
  add(correction: PanelCorrection, said: string): void {
    const made = this.#current();
    if (made === null) return;
    this.#waiting.push({ correction, said, made });
    if (!this.#running) void this.#run();
  }

  /** To be called when a state has come. */
  stateChanged(): void {
    this.#onNewer?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const now = this.#current();
      if (now === null || !sameSentence(next.made, now)) {
        this.#report({ accepted: false, message: 'The sentence changed meanwhile; nothing was corrected.' });
        continue;
      }
      try {
        const answer = await this.#send(next.correction, next.made === now ? next.made : now);
        this.#report({
          accepted: answer.accepted,
          message: answer.message ?? (answer.accepted ? next.said : 'The correction was refused.'),
          ...(answer.accepted && answer.tokens !== undefined ? { tokens: answer.tokens } : {}),
        });
        if (answer.accepted && leaves(next.correction) && this.#waiting.splice(0).length > 0)
          this.#report({ accepted: false, message: 'Another sentence came before the last key; look at it first.' });
        if (answer.accepted && this.#waiting.length > 0) await this.#newerThan(now.revision);
      } catch (error) {
        this.#report({ accepted: false, message: messageOf(error) });
      }
    }
    this.#running = false;
  }

  async #send(correction: PanelCorrection, state: PanelState): Promise<Answer> {
    const at = { sentence: state.sentence?.index ?? 0, revision: state.revision };
    switch (correction.kind) {
      case 'setSpan': {
        const { first, end, label, next } = correction;
        return this.#channel.request('setSpan', { ...at, first, end, label, next });
      }
      case 'clear': {
        const { first, end, next } = correction;
        return this.#channel.request('clear', { ...at, first, end, next });
      }
      case 'accept':
        return this.#channel.request('accept', { ...at, source: correction.source, next: correction.next });
      case 'complete':
        return this.#channel.request('complete', { ...at, by: correction.by, next: correction.next });
      case 'reshape': {
        const { first, end, how } = correction;
        const answer = await this.#channel.request('reshape', { ...at, first, end, how });
        return { ...answer, tokens: { sentence: at.sentence, first: answer.first, end: answer.end } };
      }
      case 'markReviewed':
        return this.#channel.request('markReviewed', at);
      case 'setEmpty':
        return this.#channel.request('setEmpty', { ...at, next: correction.next });
      case 'undo':
        return this.#channel.request('undo', {});
      case 'redo':
        return this.#channel.request('redo', {});
    }
  }

  #newerThan(revision: number): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#onNewer = undefined;
        resolve();
      };
      const timer = setTimeout(settle, STATE_WAIT_MS);
      this.#onNewer = () => {
        if ((this.#current()?.revision ?? 0) > revision) settle();
      };
      this.#onNewer();
    });
  }
}

/** True where the correction brings another sentence: a key pressed before that one was seen must not decide it. */
function leaves(correction: PanelCorrection): boolean {
  return 'next' in correction && correction.next;
}

function sameSentence(a: PanelState, b: PanelState): boolean {
  if (a === b) return true;
  const before = a.sentence?.tokens ?? [];
  const after = b.sentence?.tokens ?? [];
  return (
    a.document?.name === b.document?.name &&
    a.sentence?.index === b.sentence?.index &&
    before.length === after.length &&
    before.every((token, index) => token === after[index])
  );
}
