import * as vscode from 'vscode';
import { STATE_KEYS, reviewedValue, sentenceState } from '../../core/sentenceState.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { ModelSource } from '../../core/span.ts';
import { wordsText } from '../decisions/completion.ts';
import { acceptPrediction } from '../decisions/acceptance.ts';
import type { CurrentSentence } from '../document/currentSentence.ts';
import { annotatorName } from '../document/annotatorName.ts';
import type { Target } from '../decisions/targets.ts';
import { report } from '../decisions/tell.ts';
import type { WithServices } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import type { ReviewQueue } from './reviewQueue.ts';
import { nameOf } from './reviewView.ts';
import type { ReviewView } from './reviewView.ts';

/** What the steps of a review work on. */
export interface Reviewing extends WithServices {
  readonly current: CurrentSentence;
  readonly review: ReviewQueue;
  readonly reviewView: ReviewView;
}

/** How a step went on: where it stayed, or went somewhere else than the queue, `message` says so; at the end of the queue `others` are the documents that still have one. */
export interface Step {
  readonly moved: boolean;
  readonly message: string | undefined;
  readonly others: readonly Session[];
}

const gone: Step = { moved: true, message: undefined, others: [] };

/**
 * Goes to the next sentence of a document's queue that was not gone through, and after the queue, unless it is narrowed, to
 * the next one that nobody annotated. At the end it says so and stays; asked again, it begins anew.
 */
export async function goOn({ services, current, review, reviewView }: Reviewing, session: Session): Promise<Step> {
  const next = review.next(session) ?? (review.endWasTold(session) ? review.startOver(session) : undefined);
  if (next !== undefined) {
    await review.goTo(next, 'stay');
    await reviewView.show(next);
    return gone;
  }
  const untouched = review.nextUntouched(session, current.of(session) ?? 0);
  if (untouched !== undefined) {
    current.select(session, untouched);
    return { ...gone, message: `The queue is done; sentence ${String(untouched + 1)} is the next untouched one.` };
  }
  const name = nameOf(session);
  const others = services.sessions.all.filter((other) => other !== session && review.next(other) !== undefined);
  const elsewhere = others[0] === undefined ? '' : ` ${nameOf(others[0])} has more; open it to go on there.`;
  const left = review.entries(session).length;
  if (left === 0) return { moved: false, message: `The review queue of ${name} is empty.${elsewhere}`, others };
  review.tellEnd(session);
  const what = left === 1 ? 'the one sentence that is' : `all ${String(left)} sentences that are`;
  const message = `You went through ${what} left in the review queue of ${name}. Once more begins again.${elsewhere}`;
  return { moved: false, message, others };
}

/** Makes a model's spans gold of a sentence and goes on. */
export function acceptAndGoOn(
  reviewing: Reviewing,
  session: Session,
  index: number,
  source: ModelSource,
): Promise<Result<Step>> {
  return decideAndGoOn(reviewing, session, index, () => acceptPrediction(reviewing.services, session, index, source));
}

/** Decides something about a sentence and goes on; where the decision fails it stays. */
export async function decideAndGoOn(
  reviewing: Reviewing,
  session: Session,
  index: number,
  decide: () => Promise<Result<unknown>>,
): Promise<Result<Step>> {
  const { review } = reviewing;
  const key = review.keyOf(session, index);
  const outcome = await decide();
  if (!outcome.ok) return outcome;
  review.markSeen(session, key);
  return ok(await goOn(reviewing, session));
}

/** Notes in the gold file that a sentence was reviewed, by whom and when; for a reviewed one, takes that back. Gives what to tell. */
export async function toggleReviewed(session: Session, index: number): Promise<Result<string>> {
  const sentence = session.sentences[index];
  if (sentence === undefined) return fail('noSuchSentence', 'That sentence is no longer there.');
  const before = sentenceState(sentence.comments).reviewed;
  if (before === undefined && sentence.gold === null)
    return fail(
      'notComplete',
      sentence.partial === undefined
        ? 'Nobody decided anything of this sentence yet. Accept a model or label it first, then mark it as reviewed.'
        : `${wordsText(sentence.partial.undecided.length)} of this sentence are undecided. Decide them first, then mark it as reviewed.`,
    );
  const { revision } = session;
  const value = before === undefined ? reviewedValue(await annotatorName(session.document.uri), new Date()) : null;
  const outcome = await session.setComment(index, STATE_KEYS.reviewed, value, revision);
  if (!outcome.ok) return outcome;
  return ok(value === null ? 'No longer marked as reviewed.' : `Reviewed: ${value}`);
}

/** Tells the end of the queue where there is room for what can be done then. */
export function tellStep({ review, reviewView }: Reviewing, session: Session, step: Step): void {
  if (step.message === undefined) return;
  const [other] = step.others;
  if (step.moved || (other === undefined && !review.endWasTold(session))) {
    vscode.window.setStatusBarMessage(step.message, 6000);
    return;
  }
  const again = 'Start Over';
  const there = other === undefined ? undefined : `Go to ${nameOf(other)}`;
  const choices = [...(review.endWasTold(session) ? [again] : []), ...(there === undefined ? [] : [there])];
  // Not waited for: the user may leave the message where it is and go on.
  void vscode.window.showInformationMessage(step.message, ...choices).then(async (chosen) => {
    if (chosen === again) review.startOver(session);
    if (chosen !== there || other === undefined) return;
    const next = review.next(other);
    if (next === undefined) return;
    await review.goTo(next, 'editor');
    await reviewView.show(next);
  });
}

/** Decides something about a sentence, with `next` goes on then, and tells how it ended; true where it was decided. */
export async function decideAndTell(
  reviewing: Reviewing,
  { session, index }: Target,
  next: boolean,
  decide: () => Promise<Result<void>>,
): Promise<boolean> {
  const outcome = next ? await decideAndGoOn(reviewing, session, index, decide) : await decide();
  report(outcome);
  if (outcome.ok && outcome.value !== undefined) tellStep(reviewing, session, outcome.value);
  return outcome.ok;
}
