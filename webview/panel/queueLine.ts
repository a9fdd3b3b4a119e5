import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelQueue } from '../../src/protocol/panelQueue.ts';
import { nextDisagreementIcon, nextIcon, previousDisagreementIcon, previousIcon } from '../shared/icons.ts';
import { counted } from '../shared/names.ts';
import { button } from '../shared/toolkit.ts';
import type { Actions } from './actions.ts';
import { queueCount } from './sections/queue.ts';
import { commandIcon } from './toolbar.ts';

/** Where the sentence stands in the review queue and why, with the way to the ones before and after it. */
export function queueLine(state: PanelState, queue: PanelQueue | null, actions: Actions): TemplateResult {
  const entries = queue?.groups.flatMap(({ name, entries: list }) => list.map((entry) => ({ name, entry }))) ?? [];
  const at = entries.findIndex(({ entry }) => entry.sentence === state.sentence?.index);
  const before = entries[at - 1]?.entry;
  const total = queueCount(queue);
  return html`<div class="queue-line" role="group" aria-label="Place in the review queue">
    ${button({
      label: 'Previous in queue',
      icon: previousIcon,
      iconOnly: true,
      disabled: before === undefined,
      onClick: () => {
        if (before !== undefined) actions.openQueued(before);
      },
    })}
    ${commandIcon({ command: 'nextInQueue', label: 'Next in queue', picture: nextIcon, disabled: total === null || total === 0 }, state, actions)}
    <span class="queue-place">${placeText(at, total, entries[at]?.name, entries[at]?.entry.why)}</span>
    <span class="push"></span>
    <span class="quiet place-id">${idOf(state)}</span>
    ${disagreements(state, actions)}
  </div>`;
}

function disagreements(state: PanelState, actions: Actions): TemplateResult {
  const { disagreements: count } = state.counts;
  const to = (command: 'previousDisagreement' | 'nextDisagreement', label: string, picture: TemplateResult) =>
    commandIcon({ command, label, picture, disabled: count === 0 }, state, actions);
  return html`<span class="group" title=${`${counted(count, 'sentence')} in which two sources differ`}
    >${to('previousDisagreement', 'Previous disagreement', previousDisagreementIcon)}<span
      >${count.toLocaleString('en')}<span class="sr-only"> disagreements</span></span
    >${to('nextDisagreement', 'Next disagreement', nextDisagreementIcon)}</span
  >`;
}

function placeText(at: number, total: number | null, name = '', why = ''): TemplateResult {
  if (total === null) return html`<span class="quiet">Looking for what is worth a look…</span>`;
  if (total === 0) return html`<span class="quiet">Nothing to review</span>`;
  if (at < 0) return html`<span class="quiet">${total.toLocaleString('en')} to review</span>`;
  return html`${(at + 1).toLocaleString('en')} of ${total.toLocaleString('en')}:
    <span title=${why}>${lowerFirst(name)}</span>`;
}

/** A reason within a line: its first letter is small, but for a name in capitals (BERT). */
function lowerFirst(text: string): string {
  return /^\p{Lu}(?![\p{Lu}\d])/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** What the file calls the sentence; the gold file of a text names the text, which stands above already. */
function idOf({ sentence, document }: PanelState): string {
  return [sentence?.documentId, sentence?.id]
    .filter((id) => id !== null && id !== undefined && id !== document?.name)
    .join(' · ');
}
