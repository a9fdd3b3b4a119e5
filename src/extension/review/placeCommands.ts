import { REVIEW_REASONS } from '../../core/queue.ts';
import type { IgnoredPlace } from '../../core/queue.ts';
import { STATE_KEYS, ignoredValue, sentenceState } from '../../core/sentenceState.ts';
import { report } from '../decisions/tell.ts';
import type { Reviewing } from './reviewSteps.ts';
import { isPlace, sentenceTarget } from '../decisions/targets.ts';
import type { CommandPlace, Target } from '../decisions/targets.ts';

/** Tokens first..end (half-open) of the sentence at a place, and the label that they are to get. */
export interface LabelTarget extends CommandPlace {
  readonly first: number;
  readonly end: number;
  readonly label: string;
}

/** A place of the queue that a person wants no hint about. */
export type IgnoreTarget = CommandPlace & IgnoredPlace;

/** Labels the tokens that a quick fix names. */
export async function labelPlace({ services, current }: Reviewing, argument: unknown): Promise<void> {
  const target = isPlace(argument) ? sentenceTarget(services, current, argument) : undefined;
  const { first, end, label } = (argument ?? {}) as Partial<LabelTarget>;
  if (target === undefined || first === undefined || end === undefined || label === undefined) return;
  const { session, index } = target;
  report(await session.correct(index, { kind: 'setSpan', first, end, label }, session.revision));
}

/** Writes into the gold file that a quick fix's place is left out of hints and of the queue. */
export async function ignorePlace({ services, current }: Reviewing, argument: unknown): Promise<void> {
  const target = isPlace(argument) ? sentenceTarget(services, current, argument) : undefined;
  const { first, end, reason: named } = (argument ?? {}) as Partial<IgnoreTarget>;
  const reason = REVIEW_REASONS.find((one) => one === named);
  if (target === undefined || first === undefined || end === undefined || reason === undefined) return;
  await ignore(target, { reason, first, end });
}

async function ignore({ session, index }: Target, place: IgnoredPlace): Promise<void> {
  const { ignored } = sentenceState(session.sentences[index]?.comments ?? []);
  const value = ignoredValue([...ignored, place]);
  report(await session.setComment(index, STATE_KEYS.ignored, value, session.revision));
}
