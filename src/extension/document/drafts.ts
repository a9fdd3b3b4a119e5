import type * as vscode from 'vscode';
import { draftOf } from '../../core/draft.ts';
import type { CorrectionStart, Draft } from '../../core/draft.ts';
import type { ModelSource } from '../../core/span.ts';
import { readSettings } from '../settings/settings.ts';
import { isWritable } from './correctedSentences.ts';
import { MODEL_SOURCES } from '../../core/span.ts';
import type { Session, SessionSentence } from './session.ts';

/** The models whose answers count for a document: those that are shown. */
export function modelsOn(resource: vscode.Uri): readonly ModelSource[] {
  const { decorations } = readSettings(resource);
  return MODEL_SOURCES.filter((source) => decorations[source]);
}

/** What can be taken over for a sentence from the models that are on; undefined where one that is asked for has not answered. */
export function draftFor(
  { tokens, predictions }: Pick<SessionSentence, 'tokens' | 'predictions'>,
  start: CorrectionStart,
  on: readonly ModelSource[],
  labels: readonly string[],
): Draft | undefined {
  const answers = on.map((source) => ({ source, prediction: predictions[source] }));
  return draftOf(start, answers, tokens.length, (label) => isWritable(label, labels));
}

/** What the first correction of a sentence takes over, by the settings as they are now. */
export function draftsOf({
  document,
  labels,
}: Pick<Session, 'document' | 'labels'>): (sentence: SessionSentence) => Draft | undefined {
  const { correctionStart } = readSettings(document.uri);
  const on = modelsOn(document.uri);
  return (sentence) => draftFor(sentence, correctionStart, on, labels);
}
