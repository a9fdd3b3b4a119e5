import { sameLayer } from '../../core/span.ts';
import type { Layer } from '../../core/span.ts';
import type { Session, SessionSentence } from '../document/session.ts';
import { sameWords } from '../document/sessionSentence.ts';

interface Snapshot {
  readonly session: Session;
  readonly index: number;
  readonly sentence: SessionSentence;
}

const REMEMBERED = 256;

/** What of a sentence an intent depends on: its words alone, or also what the models say of them. */
export type Depends = 'words' | 'answers';

/**
 * What the page was shown, by revision. An intent counts where its sentence still has the words that its user saw, wherever
 * it stands now and whatever its gold is meanwhile; one that takes over an answer of a model needs that answer too.
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

  /** The session and index that an intent means now, or undefined where its words are gone. */
  resolve(
    intent: { readonly revision: number; readonly sentence: number },
    depends: Depends = 'words',
  ): Pick<Snapshot, 'session' | 'index'> | undefined {
    const shown = this.#byRevision.get(intent.revision);
    if (shown?.index !== intent.sentence) return undefined;
    const { session, sentence } = shown;
    const fits = (now: SessionSentence | undefined): boolean =>
      now !== undefined &&
      sameWords(now.tokens, sentence.tokens) &&
      (depends === 'words' || sameAnswers(now, sentence));
    if (fits(session.sentences[shown.index])) return shown;
    // Sentences before it came or went: it is the only one with these words.
    const found = session.sentences.flatMap((now, index) => (fits(now) ? [index] : []));
    const [index] = found;
    return index === undefined || found.length > 1 ? undefined : { session, index };
  }
}

function sameAnswers(a: SessionSentence, b: SessionSentence): boolean {
  return (
    same(a.predictions.bert?.layer, b.predictions.bert?.layer) && same(a.predictions.t5?.layer, b.predictions.t5?.layer)
  );
}

/** A source that answered meanwhile changes what the user may mean only where it said something else before. */
function same(now: Layer | null | undefined, before: Layer | null | undefined): boolean {
  if (now === before || before === undefined) return true;
  return now !== null && now !== undefined && before !== null && sameLayer(now, before);
}
