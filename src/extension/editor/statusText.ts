import { countsOf } from '../document/sentenceCounts.ts';
import type { ModelState } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import { MODEL_SOURCES, SOURCE_NAMES } from '../../core/span.ts';

/** What the status bar item says: a short text with icons, and a word for screen readers. */
export interface StatusText {
  readonly text: string;
  readonly spoken: string;
}

/** The item for a text that nobody annotated: no more than the way to the menu. */
export const unusedText: StatusText = { text: '$(tag)', spoken: 'Entity Lens: not annotated' };

/** The item's text for a session: what is under way, or how much gold there is, with a sign where a model failed. */
export function statusText(session: Pick<Session, 'busy' | 'sentences'>, models: readonly ModelState[]): StatusText {
  const { busy } = session;
  const { sentences, gold, inProgress, predicted } = countsOf(session);
  const total = String(sentences);
  const started = inProgress === 0 ? '' : `, ${String(inProgress)} in progress`;
  const count = `${String(gold)}/${total} complete${started}`;
  if (busy !== undefined) {
    const done = `${String(busy.done)}/${String(busy.total)}`;
    return { text: `$(loading~spin) ${done} · ${count}`, spoken: `Entity Lens: ${busy.what}, ${done}; ${count}` };
  }
  const failed = models.filter((model) => model.state === 'failed').map((model) => model.name);
  if (failed.length > 0) {
    return { text: `$(warning) ${count}`, spoken: `Entity Lens: ${failed.join(' and ')} failed; ${count}` };
  }
  const done = MODEL_SOURCES.map((source) => `${SOURCE_NAMES[source]} ${String(predicted[source])}/${total}`);
  return { text: `$(tag) ${count}`, spoken: `Entity Lens: ${count}; annotated by ${done.join(', ')}` };
}
