import type * as vscode from 'vscode';
import { DocumentCounter } from '../../core/documentCounts.ts';
import type { DocumentCounts } from '../../core/documentCounts.ts';
import { disagrees } from '../layers.ts';
import type { Session } from '../session.ts';
import { inSlices } from '../slices.ts';

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

/** Counts an open document as it is now, saved or not; undefined where it changed meanwhile. */
export async function countLive(session: Session): Promise<Pick<CorpusEntry, 'counts' | 'models'> | undefined> {
  const { sentences, scheme, revision } = session;
  const counts = new DocumentCounter();
  let [index, bert, t5, disagreements] = [0, 0, 0, 0];
  await inSlices((hasTime) => {
    for (; index < sentences.length; index++) {
      if (index % 32 === 0 && !hasTime()) return false;
      const sentence = sentences[index];
      if (sentence === undefined) continue;
      counts.add(sentence);
      const { predictions } = sentence;
      if (predictions.bert !== undefined) bert++;
      if (predictions.t5 !== undefined) t5++;
      const asked = predictions.bert !== undefined || predictions.t5 !== undefined;
      if (asked && disagrees(sentence, scheme)) disagreements++;
    }
    return true;
  });
  if (session.revision !== revision) return undefined;
  return { counts, models: bert + t5 === 0 ? undefined : { bert, t5, disagreements } };
}
