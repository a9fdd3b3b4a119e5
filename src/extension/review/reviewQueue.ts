import * as vscode from 'vscode';
import type { ReviewItem, ReviewSentence } from '../../core/queue.ts';
import { reviewEntries } from '../../core/reviewEntries.ts';
import type { ReviewEntry, ReviewFilter } from '../../core/reviewEntries.ts';
import type { Scheme } from '../../core/scheme.ts';
import { workState } from '../../core/workState.ts';
import { sentenceState } from '../../core/sentenceState.ts';
import type { CurrentSentence } from '../document/currentSentence.ts';
import { editorOf } from '../document/currentSentence.ts';
import { layerOf } from '../document/layers.ts';
import type { Services } from '../prediction/services.ts';
import type { Session, SessionSentence } from '../document/session.ts';
import { inSlices } from '../base/slices.ts';
import { LiveQueue } from './liveQueue.ts';
import { SentenceKeys } from './sentenceKeys.ts';

/** A sentence of a session's queue; `key` names it however the sentences around it come and go. */
export interface QueuedSentence extends ReviewEntry {
  readonly session: Session;
  readonly key: string;
}

interface Computed {
  readonly items: readonly ReviewItem[];
  readonly filter: ReviewFilter;
  readonly entries: readonly QueuedSentence[];
}

/** Milliseconds that changes are collected for before the queue is shown anew, and while the models bring one after the other. */
const REFRESH_MS = 200;
const BUSY_REFRESH_MS = 1500;

/** The queue of each session under one filter, and which of its sentences were gone through. Nothing is computed before someone asks. */
export class ReviewQueue implements vscode.Disposable {
  readonly #services: Pick<Services, 'sessions'>;
  readonly #current: CurrentSentence;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires some time after the active session or what is known of it changed. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #live = new WeakMap<Session, LiveQueue<SessionSentence>>();
  readonly #keys = new WeakMap<Session, SentenceKeys>();
  readonly #computed = new WeakMap<Session, Computed>();
  readonly #seen = new WeakMap<Session, Set<string>>();
  readonly #last = new WeakMap<Session, { readonly key: string; readonly place: number }>();
  readonly #ended = new WeakSet<Session>();
  #filter: ReviewFilter = {};
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Pick<Services, 'sessions'>, current: CurrentSentence) {
    this.#services = services;
    this.#current = current;
    this.#subscriptions = [
      this.#changed,
      services.sessions.onDidChangeActive(() => {
        this.#watch();
      }),
    ];
    this.#watch();
  }

  get session(): Session | undefined {
    return this.#services.sessions.active;
  }

  get filter(): ReviewFilter {
    return this.#filter;
  }

  setFilter(filter: ReviewFilter): void {
    this.#filter = filter;
    this.#changed.fire();
  }

  /** Brings the queue of a session up to date in slices, so that asking for it afterwards costs little. */
  prepare(session: Session): Promise<void> {
    return inSlices((hasTime) => this.#liveOf(session).step(session.sentences, hasTime));
  }

  /** All places of a session that are worth a look. */
  items(session: Session): readonly ReviewItem[] {
    return this.#liveOf(session).of(session.sentences);
  }

  /** The sentences of a session that are worth a look, under the filter. */
  entries(session: Session): readonly QueuedSentence[] {
    const known = this.#computed.get(session);
    const items = this.items(session);
    if (known?.items === items && known.filter === this.#filter) return known.entries;
    const { sentences } = session;
    const keys = this.#keysOf(session);
    const entries = reviewEntries(items, sentences, this.#filter).map((entry) => {
      return { ...entry, session, key: keys[entry.sentence] ?? '' };
    });
    this.#computed.set(session, { items, filter: this.#filter, entries });
    return entries;
  }

  /** The next sentence of the queue that was not gone through, after the last one that was; undefined where there is none. */
  next(session: Session): QueuedSentence | undefined {
    const entries = this.entries(session);
    const last = this.#last.get(session);
    const found = last === undefined ? -1 : entries.findIndex(({ key }) => key === last.key);
    const start = found >= 0 ? found + 1 : Math.min(last?.place ?? 0, entries.length);
    const seen = this.#seen.get(session);
    return [...entries.slice(start), ...entries.slice(0, start)].find(({ key }) => seen?.has(key) !== true);
  }

  /** The next sentence after this one that nobody annotated and that was not gone through, which it is then; undefined where there is none, or the queue is narrowed. */
  nextUntouched(session: Session, after: number): number | undefined {
    if (Object.values(this.#filter).some((part) => part !== undefined)) return undefined;
    const { sentences } = session;
    const keys = this.#keysOf(session);
    const seen = this.#seen.get(session);
    const order = sentences.map((_, place) => (after + 1 + place) % sentences.length);
    const found = order.find((place) => isUntouched(sentences[place]) && seen?.has(keys[place] ?? '') !== true);
    if (found !== undefined) this.markSeen(session, keys[found] ?? '');
    return found;
  }

  /** Brings a sentence of the queue before the user, in the editor and in the panel; it counts as gone through. */
  async goTo(entry: QueuedSentence, focus: 'stay' | 'editor'): Promise<void> {
    const { session, key, sentence, items } = entry;
    const place = this.entries(session).findIndex((other) => other.key === key);
    this.#ended.delete(session);
    this.#last.set(session, { key, place: Math.max(0, place) });
    this.markSeen(session, key);
    const editor = editorOf(session);
    if (editor === undefined || focus === 'editor')
      await vscode.window.showTextDocument(session.document, {
        preview: false,
        preserveFocus: focus === 'stay',
        ...(editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
      });
    this.#current.select(session, sentence, items[0].first);
  }

  /** The sentence was decided or gone through: *Next* leaves it out from now on. */
  markSeen(session: Session, key: string): void {
    const seen = this.#seen.get(session) ?? new Set();
    this.#seen.set(session, seen.add(key));
  }

  /** The key of a sentence, whether or not it is in the queue. */
  keyOf(session: Session, sentence: number): string {
    return this.#keysOf(session)[sentence] ?? '';
  }

  /** Where a sentence of the queue stands now; throws a message for people where it is gone. */
  indexOf({ session, key }: QueuedSentence): number {
    const index = this.#keysOf(session).indexOf(key);
    if (index < 0) throw new Error('The sentence is no longer in the text.');
    return index;
  }

  /** *Next* begins again with the first sentence of the queue, which it gives. */
  startOver(session: Session): QueuedSentence | undefined {
    this.#seen.delete(session);
    this.#last.delete(session);
    this.#ended.delete(session);
    return this.next(session);
  }

  /** The user was told that the queue is at its end: asked once more, *Next* begins again. */
  tellEnd(session: Session): void {
    this.#ended.add(session);
  }

  endWasTold(session: Session): boolean {
    return this.#ended.has(session);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #watch(): void {
    this.#watching?.dispose();
    const { session } = this;
    this.#watching = session?.onDidChange(({ kind }) => {
      if (kind === 'status') return;
      this.#timer ??= setTimeout(
        () => {
          this.#timer = undefined;
          this.#changed.fire();
        },
        session.busy === undefined ? REFRESH_MS : BUSY_REFRESH_MS,
      );
    });
    this.#changed.fire();
  }

  #liveOf(session: Session): LiveQueue<SessionSentence> {
    let live = this.#live.get(session);
    if (live === undefined)
      this.#live.set(session, (live = new LiveQueue((sentence) => asSeen(sentence, session.scheme))));
    return live;
  }

  #keysOf(session: Session): readonly string[] {
    const keys = this.#keys.get(session) ?? new SentenceKeys();
    this.#keys.set(session, keys);
    return keys.of(session.sentences);
  }
}

/** What the queue sees of a sentence. */
function asSeen(sentence: SessionSentence, scheme: Scheme): ReviewSentence {
  const { reviewed, ignored } = sentenceState(sentence.comments);
  const { bert, t5 } = sentence.predictions;
  return {
    forms: sentence.tokens.map(({ form }) => form),
    gold: layerOf(sentence, 'gold', scheme),
    undecided: sentence.partial?.undecided,
    illegal: sentence.illegal,
    reviewed: reviewed !== undefined,
    ignored,
    bert,
    t5,
  };
}

function isUntouched(sentence: SessionSentence | undefined): boolean {
  return sentence !== undefined && workState(sentence) === 'untouched';
}
