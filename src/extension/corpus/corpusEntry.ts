import type * as vscode from 'vscode';
import { DocumentCounter, sumDocuments } from '../../core/documentCounts.ts';
import type { DocumentCounts } from '../../core/documentCounts.ts';
import type { Scheme } from '../../core/scheme.ts';
import { disagrees } from '../document/layers.ts';
import { RunningSum } from '../base/runningSum.ts';
import type { Adding } from '../base/runningSum.ts';
import type { Session, SessionSentence } from '../document/session.ts';
import { inSlices } from '../base/slices.ts';

/** What the models said of a document in this session: the sentences that each was asked about, and those about which two sources differ. */
export interface ModelCounts {
  readonly bert: number;
  readonly t5: number;
  readonly disagreements: number;
}

/** A document of the corpus with what is known of it so far. */
export interface CorpusEntry {
  readonly uri: vscode.Uri;
  /** The gold file beside prose. */
  readonly gold: vscode.Uri | undefined;
  /** The path in the corpus, with slashes; begins with the folder's name where there are several. */
  readonly path: string;
  /** Undefined until counted. */
  readonly counts: DocumentCounts | undefined;
  /** Undefined where no model was asked. */
  readonly models: ModelCounts | undefined;
  /** Why the document cannot be counted. */
  readonly problem: string | undefined;
}

/** What a document's sentences add up to. */
export interface LiveSum {
  readonly counts: DocumentCounter;
  bert: number;
  t5: number;
  disagreements: number;
}

const live = new WeakMap<
  Session,
  { readonly scheme: Scheme; readonly running: RunningSum<SessionSentence, LiveSum> }
>();

/** Counts an open document as it is now, saved or not, at the cost of what changed since the last time; undefined where it changed meanwhile. */
export async function countLive(session: Session): Promise<Pick<CorpusEntry, 'counts' | 'models'> | undefined> {
  const { revision, scheme } = session;
  const running = runningSum(session);
  const moved = (): boolean => session.revision !== revision || session.scheme !== scheme;
  await inSlices((hasTime) => moved() || running.step(session.sentences, hasTime).pending === 0);
  if (moved()) return undefined;
  const { counts, bert, t5, disagreements } = running.current.sum;
  return { counts: sumDocuments([counts]), models: bert + t5 === 0 ? undefined : { bert, t5, disagreements } };
}

function runningSum(session: Session): RunningSum<SessionSentence, LiveSum> {
  const { scheme } = session;
  const known = live.get(session);
  if (known?.scheme === scheme) return known.running;
  const running = new RunningSum(addingCounts(scheme));
  live.set(session, { scheme, running });
  return running;
}

/** How sentences are put into the counts of their document and taken out again. */
export function addingCounts(scheme: Scheme): Adding<SessionSentence, LiveSum> {
  return {
    nothing: () => ({ counts: new DocumentCounter(), bert: 0, t5: 0, disagreements: 0 }),
    add: (sum, sentences, sign) => {
      for (const sentence of sentences) addSentence(sum, sentence, scheme, sign);
      return sum;
    },
  };
}

function addSentence(sum: LiveSum, sentence: SessionSentence, scheme: Scheme, sign: 1 | -1): void {
  sum.counts.add(sentence, sign);
  const { bert, t5 } = sentence.predictions;
  if (bert !== undefined) sum.bert += sign;
  if (t5 !== undefined) sum.t5 += sign;
  if ((bert !== undefined || t5 !== undefined) && disagrees(sentence, scheme)) sum.disagreements += sign;
}
