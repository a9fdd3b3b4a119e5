import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelSentence, PanelState } from '../../../src/protocol/panel.ts';
import type { Actions } from '../actions.ts';
import { colorClass } from './facts.ts';
import type { PanelCommand } from '../../../src/protocol/panelCommands.ts';
import { hintOf, labelKeys } from '../keys.ts';
import { counted, percentText } from '../../shared/names.ts';
import { rangeOf } from './selection.ts';
import type { Selection } from '../state.ts';
import type { Said } from '../toolbar.ts';
import { button } from '../../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

/** Milliseconds for which what was just done stays to be read when the next sentence comes. */
const STAYS_MS = 1500;
const arrival = 'Sentence ';

/** What is announced when a sentence comes: the sentence, and before it what was done that led here. */
export function arrivalText({ index, tokens, disagreeing }: PanelSentence, before: Said | null): string {
  const fresh = before !== null && !before.refused && performance.now() - before.at < STAYS_MS;
  const done = fresh && !before.text.includes(arrival) ? `${before.text} · ` : '';
  const differing =
    disagreeing.length === 0 ? '' : `, ${counted(disagreeing.length, 'token')} in which sources disagree`;
  return `${done}${arrival}${String(index + 1)}: ${counted(tokens.length, 'token')}${differing}`;
}

/** The sentence with everything that one does to it. */
export function sentenceView(
  state: PanelState,
  sentence: PanelSentence,
  selection: Selection,
  actions: Actions,
): TemplateResult {
  // The gold file of a text names the text, which stands above already.
  const place = [sentence.documentId, sentence.id]
    .filter((id) => id !== null && id !== state.document?.name)
    .join(' · ');
  return html`<section class="sentence" aria-labelledby="sentence-title">
    <h2 id="sentence-title" class=${place === '' ? 'sr-only' : 'place'}>
      <span class="sr-only">Sentence ${sentence.index + 1} </span>${place}
    </h2>
    <entity-lens-grid
      .sentence=${sentence}
      .labels=${state.labels}
      .selection=${selection}
      .onSelect=${actions.select}
    ></entity-lens-grid>
    ${detail(sentence, selection)}
    <div class="bar actions">
      <div role="group" aria-label="Label the selected tokens">${labelButtons(state, actions)}</div>
      ${
        // Borders can be moved where there are some.
        goldOf(sentence).length === 0
          ? nothing
          : html`<div role="group" aria-label="Change the span">${spanButtons(state, actions)}</div>`
      }
      <div role="group" aria-label="Decide the sentence">${sentenceButtons(state, sentence, actions)}</div>
    </div>
    ${work(sentence)} ${failures(sentence)}
  </section>`;
}

/** What each source says of the selected token, in words. */
function detail(sentence: PanelSentence, selection: Selection): TemplateResult {
  const { first, end } = rangeOf(selection);
  const text = sentence.tokens.slice(first, end).join(' ');
  const { focus } = selection;
  const one = end - first === 1;
  return html`<p class="detail">
    <bdi class="chosen">${text}</bdi>
    <span class="quiet"
      >${one ? `${String(focus + 1)} of ${String(sentence.tokens.length)}` : `${String(first + 1)}–${String(end)} of ${String(sentence.tokens.length)}`}</span
    >
    ${
      one
        ? sentence.rows.map(({ source, tags, probabilities }) => {
            const tag = tags?.[focus];
            const probability = probabilities?.[focus];
            if (tag === undefined) return nothing;
            return html`<span class="says"
              ><b class=${`source ${source}`}>${SOURCE_NAMES[source]}</b> ${tag}${
                probability === undefined ? nothing : html` <span class="quiet">${percentText(probability)}</span>`
              }</span
            >`;
          })
        : nothing
    }
  </p>`;
}

function labelButtons(state: PanelState, actions: Actions): TemplateResult {
  const keys = labelKeys(state.labels, state.keys);
  const simplified = state.scheme === 'simplified';
  return html`${state.labels.map(({ name, color, description }, index) =>
    button({
      label: name,
      hint: keys[index] ?? '',
      className: `label ${colorClass(color)}`,
      title: `Label the selected tokens ${name}${description === '' ? '' : `: ${description}`}${simplified ? ' (the label is kept, though this scheme does not show it)' : ''}`,
      onClick: () => {
        actions.label(name);
      },
    }),
  )}
  ${button({ label: 'Clear', hint: hintOf(state.keys, 'removeLabel'), title: 'Give the selected tokens the tag O', onClick: actions.runner('removeLabel') })}`;
}

const reshapes = [
  ['extendSpanStart', 'Start ←', 'Extend the span by a token at its start'],
  ['shrinkSpanStart', 'Start →', 'Shrink the span by a token at its start'],
  ['shrinkSpanEnd', 'End ←', 'Shrink the span by a token at its end'],
  ['extendSpanEnd', 'End →', 'Extend the span by a token at its end'],
  ['splitSpan', 'Split', 'Split the span before the selected token'],
  ['mergeSpan', 'Merge', 'Merge the selected spans, or one with its neighbour'],
] as const satisfies readonly (readonly [PanelCommand, string, string])[];

function spanButtons(state: PanelState, actions: Actions): TemplateResult {
  return html`${reshapes.map(([command, label, title]) =>
    button({ label, title, hint: hintOf(state.keys, command), onClick: actions.runner(command) }),
  )}`;
}

function goldOf(sentence: PanelSentence): NonNullable<PanelSentence['rows'][number]['layer']> {
  return sentence.rows.find(({ source }) => source === 'gold')?.layer ?? [];
}

function hasGold(sentence: PanelSentence): boolean {
  return sentence.rows.some(({ source, layer }) => source === 'gold' && layer !== null);
}

/** What people noted about the sentence. */
function work({ reviewed, note }: PanelSentence): TemplateResult | typeof nothing {
  if (reviewed === null && note === null) return nothing;
  return html`<p class="work">
    ${reviewed === null ? nothing : html`<span><b>Reviewed</b> ${reviewed}</span>`}
    ${note === null ? nothing : html`<span><b>Note</b> ${note}</span>`}
  </p>`;
}

function sentenceButtons(state: PanelState, sentence: PanelSentence, actions: Actions): TemplateResult {
  const has = (source: 'bert' | 't5'): boolean =>
    sentence.rows.some((row) => row.source === source && row.layer !== null);
  const predicted = has('bert') || has('t5');
  const decide = (command: PanelCommand, label: string, title: string, disabled = false): TemplateResult =>
    button({ label, title, disabled, hint: hintOf(state.keys, command), onClick: actions.runner(command) });
  return html`${decide('acceptBert', 'Accept BERT', 'Make BERT’s spans gold of the sentence', !has('bert'))}
  ${decide('acceptBertAndNext', 'BERT, next', 'Accept BERT, then go on to the next sentence', !has('bert'))}
  ${decide('acceptT5', 'Accept T5', 'Make T5’s spans gold of the sentence', !has('t5'))}
  ${decide('acceptT5AndNext', 'T5, next', 'Accept T5, then go on to the next sentence', !has('t5'))}
  ${decide('setEmpty', 'No entities', 'Say that the sentence has no entities')}
  ${decide('markReviewed', sentence.reviewed === null ? 'Reviewed' : 'Not reviewed', sentence.reviewed === null ? 'Mark the sentence as reviewed' : `Reviewed: ${sentence.reviewed}. Take that back`, !hasGold(sentence))}
  ${decide('editNote', 'Note…', 'Write a note about the sentence, kept in the gold file')}
  ${
    predicted || state.busy !== null
      ? nothing
      : html`<span class="quiet">Neither model has annotated this sentence.</span>`
  }`;
}

function failures(sentence: PanelSentence): TemplateResult | typeof nothing {
  const all = sentence.rows.flatMap(({ source, failures: list }) => list.map((failure) => ({ source, ...failure })));
  if (all.length === 0) return nothing;
  return html`<ul class="failures" aria-label="Failures of the models">
    ${all.map(
      ({ source, kind, detail: said }) =>
        html`<li>
          <b class=${`source ${source}`}>${SOURCE_NAMES[source]}</b> ${failureWords[kind] ?? kind}: ${said}
        </li>`,
    )}
  </ul>`;
}

const failureWords: Readonly<Record<string, string>> = {
  illegalTransition: 'illegal transition',
  truncated: 'sentence cut at the model’s limit',
  splitAcrossPieces: 'pieces of a token differ',
  unparseable: 'unreadable answer',
  illegalTag: 'illegal tag',
  wrongLength: 'wrong number of tags',
  notInText: 'entity not in the text',
  ambiguousPlace: 'ambiguous place',
  repetition: 'repetition',
  tokenLimit: 'cut by the token limit',
};
