import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { UNDECIDED } from '../../../src/core/decisions.ts';
import type { CompletionKind } from '../../../src/core/draft.ts';
import type { Layer } from '../../../src/core/span.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelSentence } from '../../../src/protocol/panelSentence.ts';
import type { Actions } from '../actions.ts';
import { colorClass } from './facts.ts';
import type { PanelCommand } from '../../../src/protocol/panelCommands.ts';
import { hintOf, labelKeys } from '../keys.ts';
import { counted, percentText } from '../../shared/names.ts';
import { stateText, withWords, wordsChanged } from './decides.ts';
import { rangeOf } from './selection.ts';
import type { Selection } from '../state.ts';
import type { Said } from '../toolbar.ts';
import { button } from '../../shared/toolkit.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

/** Milliseconds for which what was just done stays to be read when the next sentence comes. */
const STAYS_MS = 1500;
const arrival = 'Sentence ';
/** UTF-16 characters of the selected words that stand before the label buttons. */
const LONGEST_CHOSEN = 40;

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
      <div role="group" aria-label="Label the selected tokens">
        ${labelButtons(state, chosenText(sentence, selection), actions)}
      </div>
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
            const said = tag === UNDECIDED ? 'undecided' : tag;
            return html`<span class="says"
              ><b class=${`source ${source}`}>${SOURCE_NAMES[source]}</b> ${said}${
                probability === undefined ? nothing : html` <span class="quiet">${percentText(probability)}</span>`
              }</span
            >`;
          })
        : nothing
    }
  </p>`;
}

/** The selected words, cut where they are many. */
function chosenText({ tokens }: PanelSentence, selection: Selection): string {
  const { first, end } = rangeOf(selection);
  const text = tokens.slice(first, end).join(' ');
  return text.length <= LONGEST_CHOSEN ? text : `${text.slice(0, LONGEST_CHOSEN)}…`;
}

function labelButtons(state: PanelState, words: string, actions: Actions): TemplateResult {
  const keys = labelKeys(state.labels, state.keys);
  const simplified = state.scheme === 'simplified';
  return html`<span class="quiet words">“<bdi>${words}</bdi>” is</span> ${state.labels.map(
      ({ name, color, description }, index) =>
        button({
          label: name,
          hint: keys[index] ?? '',
          className: `label ${colorClass(color)}`,
          title: `Label “${words}” ${name}${description === '' ? '' : `: ${description}`}${simplified ? ' (the label is kept, though this scheme does not show it)' : ''}`,
          onClick: () => {
            actions.label(name);
          },
        }),
    )}
    ${button({ label: 'No entity', hint: hintOf(state.keys, 'removeLabel'), title: `“${words}” is no entity (tag O)`, onClick: actions.runner('removeLabel') })}`;
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

/** The state of the sentence, and what people noted about it. */
function work(sentence: PanelSentence): TemplateResult {
  const { reviewed, note } = sentence;
  return html`<p class="work">
    <span class="state">${stateText(sentence)}</span>
    ${reviewed === null ? nothing : html`<span><b>Reviewed</b> ${reviewed}</span>`}
    ${note === null ? nothing : html`<span><b>Note</b> ${note}</span>`}
  </p>`;
}

function sentenceButtons(state: PanelState, sentence: PanelSentence, actions: Actions): TemplateResult {
  const layerOf = (source: 'bert' | 't5'): Layer | null =>
    sentence.rows.find((row) => row.source === source)?.layer ?? null;
  const has = (source: 'bert' | 't5'): boolean => layerOf(source) !== null;
  const accepting = (source: 'bert' | 't5', name: string): string => {
    const layer = layerOf(source);
    return layer === null ? name : withWords(name, wordsChanged(sentence, layer, state.scheme));
  };
  const predicted = has('bert') || has('t5');
  const decide = (command: PanelCommand, label: string, title: string, disabled = false): TemplateResult =>
    button({ label, title, disabled, hint: hintOf(state.keys, command), onClick: actions.runner(command) });
  return html`${decide('acceptBert', accepting('bert', 'Accept BERT'), 'Decide the whole sentence as BERT has it', !has('bert'))}
  ${decide('acceptBertAndNext', 'BERT, next', 'Accept BERT, then go on to the next sentence', !has('bert'))}
  ${decide('acceptT5', accepting('t5', 'Accept T5'), 'Decide the whole sentence as T5 has it', !has('t5'))}
  ${decide('acceptT5AndNext', 'T5, next', 'Accept T5, then go on to the next sentence', !has('t5'))}
  ${decide('setEmpty', withWords('No entities', wordsChanged(sentence, [], state.scheme)), 'Say that the sentence has no entities')}
  ${completions(state, sentence, actions)}
  ${decide('markReviewed', sentence.reviewed === null ? 'Reviewed' : 'Not reviewed', sentence.reviewed === null ? 'Mark the sentence as reviewed' : `Reviewed: ${sentence.reviewed}. Take that back`, sentence.state !== 'complete' && sentence.state !== 'reviewed')}
  ${decide('editNote', 'Note…', 'Write a note about the sentence, kept in the gold file')}
  ${
    predicted || state.busy !== null
      ? nothing
      : html`<span class="quiet">Neither model has annotated this sentence.</span>`
  }`;
}

const completing = {
  noEntity: ['completeNoEntity', 'Rest: no entity', 'Say that the undecided words are no part of an entity'],
  agreed: ['completeAgreed', 'Rest as both agree', 'Decide the undecided words as the models that are shown agree'],
  bert: ['completeBert', 'Rest as BERT', 'Decide the undecided words as BERT has them'],
  t5: ['completeT5', 'Rest as T5', 'Decide the undecided words as T5 has them'],
} as const satisfies Readonly<Record<CompletionKind, readonly [PanelCommand, string, string]>>;

/** The ways to decide the rest of a sentence in progress, and the way to the next undecided words. */
function completions(
  state: PanelState,
  { completions: ways, undecided }: PanelSentence,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (undecided.length === 0) return nothing;
  const hint = (command: PanelCommand): string => hintOf(state.keys, command);
  return html`${button({ label: `${counted(undecided.length, 'word')} undecided: next`, title: 'Go to the next undecided words', hint: hint('nextUndecided'), onClick: actions.runner('nextUndecided') })}
  ${ways.map(({ by, words, left }) => {
    const [command, label, title] = completing[by];
    const rest = left === 0 ? '' : `; ${counted(left, 'word')} would stay undecided`;
    return button({
      label: withWords(label, words),
      title: title + rest,
      disabled: words === 0,
      hint: hint(command),
      onClick: actions.runner(command),
    });
  })}`;
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
