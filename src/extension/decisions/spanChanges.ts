import { decidedSpans } from '../../core/decisions.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { Span } from '../../core/span.ts';
import { reshaped } from '../../core/spanEdits.ts';
import type { Reshape } from '../../core/spanEdits.ts';
import type { Session } from '../document/session.ts';

/** Changes the borders of the gold span that the tokens touch, as one correction; gives the tokens that it is about then. */
export async function reshapeSpan(
  session: Session,
  index: number,
  tokens: Pick<Span, 'first' | 'end'>,
  how: Reshape,
): Promise<Result<Pick<Span, 'first' | 'end'>>> {
  const sentence = session.sentences[index];
  if (sentence === undefined) return fail('noSuchSentence', 'That sentence is no longer there.');
  const change = reshaped(decidedSpans(sentence), tokens, how, sentence.tokens.length);
  if (!change.ok) return change;
  const { layer, first, end } = change.value;
  const outcome = await session.correct(index, { kind: 'changeSpans', layer }, session.revision);
  return outcome.ok ? ok({ first, end }) : outcome;
}
