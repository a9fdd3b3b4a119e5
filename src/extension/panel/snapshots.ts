import { sameLayer } from '../../core/span.ts';
import type { Layer } from '../../core/span.ts';
import type { Token } from '../../core/token.ts';
import type { Session, SessionSentence } from '../document/session.ts';

interface Snapshot {
  readonly session: Session;
  readonly index: number;
  readonly sentence: SessionSentence;
}

const REMEMBERED = 256;

/**
 * What the page was shown, by revision. An intent counts where the sentence still says what its user saw: predictions that
 * arrived meanwhile for other sentences do not spoil it, an edit of this one does.
 */
export class Snapshots {
  readonly #byRevision = new Map<number, Snapshot>();

  remember(revision: number, session: Session, index: number): void {
    const sentence = session.sentences[index];
    if (sentence === undefined) return;
    this.#byRevision.set(revision, { session, index, sentence });
    for (const oldest of this.#byRevision.keys()) {
      if (this.#byRevision.size <= REMEMBERED) break;
      this.#byRevision.delete(oldest);
    }
  }

  /** The session and index that an intent means, or undefined where it is stale. */
  resolve(intent: {
    readonly revision: number;
    readonly sentence: number;
  }): Pick<Snapshot, 'session' | 'index'> | undefined {
    const shown = this.#byRevision.get(intent.revision);
    if (shown?.index !== intent.sentence) return undefined;
    const now = shown.session.sentences[shown.index];
    return now !== undefined && saysTheSame(now, shown.sentence) ? shown : undefined;
  }
}

function saysTheSame(a: SessionSentence, b: SessionSentence): boolean {
  if (a === b) return true;
  return (
    a.text === b.text &&
    sameTokens(a.tokens, b.tokens) &&
    same(a.gold, b.gold) &&
    same(a.predictions.bert?.layer, b.predictions.bert?.layer) &&
    same(a.predictions.t5?.layer, b.predictions.t5?.layer)
  );
}

function sameTokens(a: readonly Token[], b: readonly Token[]): boolean {
  const sameToken = (token: Token, other: Token | undefined): boolean =>
    token.start === other?.start && token.end === other.end;
  return a.length === b.length && a.every((token, index) => sameToken(token, b[index]));
}

/** A source that answered meanwhile changes what the user may mean only where it said something else before. */
function same(now: Layer | null | undefined, before: Layer | null | undefined): boolean {
  if (now === before || before === undefined) return true;
  return now !== null && now !== undefined && before !== null && sameLayer(now, before);
}
