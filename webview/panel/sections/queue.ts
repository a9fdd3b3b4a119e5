import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { REVIEW_GROUPS } from '../../../src/core/reviewEntries.ts';
import { groupNames } from '../../../src/core/reviewWords.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelQueue, QueueEntry, QueueFilter } from '../../../src/protocol/panelQueue.ts';
import type { Actions } from '../actions.ts';
import { hintOf } from '../keys.ts';
import { counted } from '../../shared/names.ts';
import type { TokenRange } from '../sentence/selection.ts';
import { workStateNames } from '../../../src/core/workState.ts';
import { button, dropdown } from '../../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

const sources = ['gold', 'bert', 't5'] as const;
const stateSigns: Readonly<Record<QueueEntry['state'], string>> = {
  untouched: '○',
  inProgress: '◐',
  complete: '●',
  reviewed: '✓',
};

/** The heading of the section, with how many sentences wait. */
export function queueTitle(queue: PanelQueue | null): string {
  return queue === null ? 'Review queue' : `Review queue: ${counted(totalOf(queue), 'sentence')}`;
}

/** The place that the queue lists a sentence for, where it does. */
export function placeOf(queue: PanelQueue | null, sentence: number): TokenRange | undefined {
  return queue?.groups.flatMap(({ entries }) => entries).find((entry) => entry.sentence === sentence);
}

/** The sentences that are worth a look, with why, under the filter that the tree in the side bar has too. */
export function reviewQueue(state: PanelState, queue: PanelQueue | null, actions: Actions): TemplateResult {
  if (queue === null) return html`<p class="quiet">Looking for what is worth a look…</p>`;
  const current = state.sentence?.index;
  return html`<div class="bar">
      ${button({ label: 'Next in queue', hint: hintOf(state.keys, 'nextInQueue'), onClick: actions.runner('nextInQueue') })}
      <span class="quiet">${queue.progress}</span>
    </div>
    ${filterBar(state, queue.filter, actions)}
    ${
      queue.groups.length === 0
        ? html`<p class="quiet">${emptyText(queue.filter)}</p>`
        : html`<div class="queue" role="group" aria-label="Review queue" @keydown=${onArrow}>
            ${queue.groups.map(
              ({ group, name, count, entries }) =>
                html`<section aria-labelledby=${`queue-${group}`}>
                  <h3 id=${`queue-${group}`}>${name} <span class="quiet">${count.toLocaleString('en')}</span></h3>
                  <ol>
                    ${entries.map((entry) => html`<li>${entryButton(entry, entry.sentence === current, actions)}</li>`)}
                  </ol>
                  ${
                    count > entries.length
                      ? html`<p class="quiet">
                          ${(count - entries.length).toLocaleString('en')} more; narrow the queue to see them.
                        </p>`
                      : nothing
                  }
                </section>`,
            )}
          </div>`
    }`;
}

function entryButton(entry: QueueEntry, current: boolean, actions: Actions): TemplateResult {
  const { sentence, state, note } = entry;
  return html`<button
    class=${`queued ${current ? 'current' : ''}`}
    aria-current=${current ? 'true' : 'false'}
    @click=${() => {
      actions.openQueued(entry);
    }}
  >
    <span class="where" title=${workStateNames[state]}
      ><span aria-hidden="true">${stateSigns[state]}</span> ${(sentence + 1).toLocaleString('en')}<span class="sr-only"
        >, ${workStateNames[state]}</span
      ></span
    ><span class="what"
      ><bdi class="context">${entry.before}<mark>${entry.text}</mark>${entry.after}</bdi
      ><span class="why">${entry.why}${note === null ? nothing : html` · <b>note:</b> ${note}`}</span></span
    >
  </button>`;
}

function filterBar(state: PanelState, filter: QueueFilter, actions: Actions): TemplateResult {
  const change = (part: Partial<QueueFilter>): void => {
    actions.filterQueue({ ...filter, ...part });
  };
  const all = { value: '', label: 'all' };
  const choice = (
    label: string,
    value: string | null,
    options: readonly { value: string; label: string }[],
    chosen: (value: string | null) => void,
  ): TemplateResult =>
    html`<label class="choice"
      ><span>${label}</span>${dropdown({
        label: `${label} in the queue`,
        value: value ?? '',
        options: [all, ...options],
        onChange: (next) => {
          chosen(next === '' ? null : next);
        },
      })}</label
    >`;
  const narrowed = filter.group !== null || filter.label !== null || filter.source !== null || filter.text !== '';
  return html`<div class="bar filter" role="group" aria-label="Filter the review queue">
    ${choice(
      'Kind',
      filter.group,
      REVIEW_GROUPS.map((group) => ({ value: group, label: groupNames[group] })),
      (value) => {
        change({ group: REVIEW_GROUPS.find((group) => group === value) ?? null });
      },
    )}
    ${choice(
      'Label',
      filter.label,
      state.labels.map(({ name }) => ({ value: name, label: name })),
      (label) => {
        change({ label });
      },
    )}
    ${choice(
      'Source',
      filter.source,
      sources.map((source) => ({ value: source, label: SOURCE_NAMES[source] })),
      (value) => {
        change({ source: sources.find((source) => source === value) ?? null });
      },
    )}
    <label class="choice"
      ><span>Text</span
      ><input
        type="search"
        class="queue-text"
        placeholder="plain or /expression/"
        title=${`Plain text, or /regular expression/ (${hintOf(state.keys, 'filterQueue')})`}
        .value=${live(filter.text)}
        @change=${(event: Event) => {
          if (event.currentTarget instanceof HTMLInputElement) change({ text: event.currentTarget.value });
        }}
    /></label>
    ${
      narrowed
        ? button({
            label: 'Clear filter',
            onClick: () => {
              actions.filterQueue({ group: null, label: null, source: null, text: '' });
            },
          })
        : nothing
    }
  </div>`;
}

function emptyText({ group, label, source, text }: QueueFilter): string {
  if (group !== null || label !== null || source !== null || text !== '') return 'No sentence passes the filter.';
  return 'Nothing to review: no two sources disagree, and no tag is illegal. With the answers of both models there is more to compare.';
}

function totalOf({ groups }: PanelQueue): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

/** Up and down walk through the entries, as in any list. */
function onArrow(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.currentTarget instanceof HTMLElement) || event.ctrlKey || event.altKey) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('button.queued')];
  const place = entries.findIndex((entry) => entry === document.activeElement);
  entries[Math.max(0, Math.min(entries.length - 1, place + step))]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
