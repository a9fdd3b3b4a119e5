import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PanelSentence, PanelState } from '../src/protocol/panel.ts';
import type { Actions } from './actions.ts';
import { colorClass } from './gridFacts.ts';
import { hintOf, labelKeys } from './keys.ts';
import { percentText, sourceNames } from './names.ts';
import { rangeOf } from './selection.ts';
import type { Selection } from './state.ts';
import { button } from './toolkit.ts';

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
      <div role="group" aria-label="Decide the sentence">${sentenceButtons(state, sentence, actions)}</div>
    </div>
    ${failures(sentence)}
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
              ><b class=${`source ${source}`}>${sourceNames[source]}</b> ${tag}${
                probability === undefined ? nothing : html` <span class="quiet">${percentText(probability)}</span>`
              }</span
            >`;
          })
        : nothing
    }
  </p>`;
}

function labelButtons(state: PanelState, actions: Actions): TemplateResult {
  const keys = labelKeys(state.labels);
  const simplified = state.scheme === 'simplified';
  return html`${state.labels.map(({ name, color }, index) =>
    button({
      label: name,
      hint: keys[index] ?? '',
      className: `label ${colorClass(color)}`,
      title: `Label the selected tokens ${name}${simplified ? ' (the label is kept, though this scheme does not show it)' : ''}`,
      onClick: () => {
        actions.label(name);
      },
    }),
  )}
  ${button({ label: 'Clear', hint: hintOf('clear'), title: 'Give the selected tokens the tag O', onClick: actions.runner('clear') })}`;
}

function sentenceButtons(state: PanelState, sentence: PanelSentence, actions: Actions): TemplateResult {
  const has = (source: 'bert' | 't5'): boolean =>
    sentence.rows.some((row) => row.source === source && row.layer !== null);
  const predicted = has('bert') || has('t5');
  return html`${button({
    label: 'Accept BERT',
    hint: hintOf('acceptBert'),
    disabled: !has('bert'),
    onClick: actions.runner('acceptBert'),
  })}
  ${button({ label: 'Accept T5', hint: hintOf('acceptT5'), disabled: !has('t5'), onClick: actions.runner('acceptT5') })}
  ${button({
    label: 'No entities',
    hint: hintOf('setEmpty'),
    title: 'Say that the sentence has no entities',
    onClick: actions.runner('setEmpty'),
  })}
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
        html`<li><b class=${`source ${source}`}>${sourceNames[source]}</b> ${failureWords[kind] ?? kind}: ${said}</li>`,
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
