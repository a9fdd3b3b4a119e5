import type { Services } from './services.ts';
import type { Session } from '../document/session.ts';

/** True for a session in which something was annotated or is to be: any other text is just open, and is left in peace. */
export function isInUse({ annotator }: Pick<Services, 'annotator'>, session: Session): boolean {
  return (
    session.busy !== undefined ||
    annotator.isOn(session) ||
    session.sentences.some(
      ({ gold, partial, predictions }) =>
        gold !== null || partial !== undefined || predictions.bert !== undefined || predictions.t5 !== undefined,
    )
  );
}
