import { decide } from '../../core/correction.ts';
import { decisionsOf } from '../../core/decisions.ts';
import type { Decided } from '../../core/decisions.ts';
import type { Draft } from '../../core/draft.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { NO_LABEL } from '../../core/span.ts';
import type { Layer } from '../../core/span.ts';
import type { PlacedCorrection, SessionSentence } from './session.ts';

/** What is decided of a sentence after a correction, by its index. */
export interface CorrectedSentence {
  readonly sentence: number;
  readonly decisions: Decided;
}

/** What each correction leads to; `draftFor` gives what the first correction of a sentence takes over for its other words. */
export function correctedSentences(
  sentences: readonly SessionSentence[],
  corrections: readonly PlacedCorrection[],
  labels: readonly string[],
  draftFor: (sentence: SessionSentence) => Draft | undefined = () => undefined,
): Result<readonly CorrectedSentence[], 'illegalCorrection' | 'noSuchSentence'> {
  const corrected: CorrectedSentence[] = [];
  for (const { sentence, correction } of corrections) {
    const target = sentences[sentence];
    if (target === undefined) return fail('noSuchSentence', 'The document has no such sentence any more.');
    if (corrected.some((other) => other.sentence === sentence))
      return fail('illegalCorrection', 'A sentence can be corrected only once in one step.');
    const before = decisionsOf(target);
    const draft = before === null ? draftFor(target) : undefined;
    const decisions = decide(before, correction, target.tokens.length, draft);
    if (!decisions.ok) return decisions;
    const fault = labelFault(decisions.value.layer, labels);
    if (fault !== undefined) return fail('illegalCorrection', fault);
    corrected.push({ sentence, decisions: decisions.value });
  }
  return ok(corrected);
}

/** True for a label that a tag cell can hold; a span without a label is only at home in a file of plain B, I and O. */
export function isWritable(label: string, labels: readonly string[]): boolean {
  return !/\s/.test(label) && (label !== NO_LABEL || labels.includes(NO_LABEL));
}

/** What keeps a layer from being written into tag cells. */
function labelFault(layer: Layer, labels: readonly string[]): string | undefined {
  const wrong = layer.find(({ label }) => !isWritable(label, labels));
  if (wrong === undefined) return undefined;
  return wrong.label === NO_LABEL
    ? 'The span has no label, because the simplified scheme has none. Choose a label for it.'
    : `The label "${wrong.label}" contains white space, which would end its cell in the file.`;
}
