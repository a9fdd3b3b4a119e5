import { decide } from '../../core/correction.ts';
import { decisionsOf } from '../../core/decisions.ts';
import { COMPLETIONS, NO_ENTITY } from '../../core/draft.ts';
import type { CompletionKind, Draft } from '../../core/draft.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { draftFor, modelsOn } from '../document/drafts.ts';
import type { Session, SessionSentence } from '../document/session.ts';

/** What a completion would do: the words that it decides, and those that stay undecided. */
export interface Completion {
  readonly by: CompletionKind;
  readonly words: number;
  readonly left: number;
}

const names: Readonly<Record<CompletionKind, string>> = {
  noEntity: 'The rest has no entity',
  agreed: 'The rest as the models agree',
  bert: 'The rest as BERT',
  t5: 'The rest as T5',
};

type Completing = Pick<Session, 'document' | 'labels'>;

function restDraft(session: Completing, sentence: SessionSentence, by: CompletionKind): Draft | undefined {
  if (by === 'noEntity') return NO_ENTITY;
  const { labels, document } = session;
  return by === 'agreed'
    ? draftFor(sentence, 'agreement', modelsOn(document.uri), labels)
    : draftFor(sentence, by, [by], labels);
}

function completionBy(session: Completing, sentence: SessionSentence, by: CompletionKind): Completion | undefined {
  const draft = restDraft(session, sentence, by);
  if (draft === undefined) return undefined;
  const before = decisionsOf(sentence);
  const after = decide(before, { kind: 'decideRest', draft }, sentence.tokens.length);
  if (!after.ok) return undefined;
  const open = before?.undecided.length ?? sentence.tokens.length;
  const left = after.value.undecided.length;
  return { by, words: open - left, left };
}

/** What each completion would do to a sentence in progress; none where a model has not answered, or for any other sentence. */
export function completionsOf(session: Completing, sentence: SessionSentence): readonly Completion[] {
  if (sentence.partial === undefined) return [];
  return COMPLETIONS.flatMap((by) => completionBy(session, sentence, by) ?? []);
}

/** Decides the undecided words of a sentence, as one correction; gives what to tell. */
export async function completeSentence(session: Session, index: number, by: CompletionKind): Promise<Result<string>> {
  const sentence = session.sentences[index];
  if (sentence === undefined) return fail('noSuchSentence', 'That sentence is no longer there.');
  if (sentence.gold !== null) return fail('nothingUndecided', 'Every word of this sentence is decided already.');
  const draft = restDraft(session, sentence, by);
  const will = completionBy(session, sentence, by);
  if (draft === undefined || will === undefined)
    return fail('notPredicted', `${names[by]}: no model that counts has annotated this sentence yet.`);
  if (will.words === 0)
    return fail(
      'nothingTaken',
      `${names[by]}: that says nothing of the ${wordsText(will.left)} that are undecided. Decide them yourself.`,
    );
  const outcome = await session.correct(index, { kind: 'decideRest', draft }, session.revision);
  if (!outcome.ok) return outcome;
  const left = will.left === 0 ? '' : `; ${wordsText(will.left)} still undecided`;
  return ok(`${names[by]}: ${wordsText(will.words)} decided${left}`);
}

/** A number of words, for people. */
export function wordsText(count: number): string {
  return count === 1 ? '1 word' : `${String(count)} words`;
}
