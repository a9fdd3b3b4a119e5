import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { UNDECIDED } from '../../../src/core/decisions.ts';
import type { PanelState } from '../../../src/protocol/panel.ts';
import type { PanelSentence } from '../../../src/protocol/panelSentence.ts';
import type { Actions } from '../actions.ts';
import { counted, percentText } from '../../shared/names.ts';
import { stateText } from './decides.ts';
import { rangeOf } from './selection.ts';
import type { Selection } from '../state.ts';
import type { Said } from '../toolbar.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';

/** Milliseconds for which what was just done stays to be read when the next sentence comes. */
const stays = 1500;
const arrival = 'Sentence ';

/** What is announced when a sentence comes: the sentence, and before it what was done that led here. */
export function arrivalText({ index, tokens, disagreeing }: PanelSentence, before: Said | null): string {
  const fresh = before !== null && !before.refused && performance.now() - before.at < stays;
  const done = fresh && !before.text.includes(arrival) ? `${before.text} · ` : '';
  const differing =
    disagreeing.length === 0 ? '' : `, ${counted(disagreeing.length, 'token')} in which sources disagree`;
  return `${done}${arrival}${String(index + 1)}: ${counted(tokens.length, 'token')}${differing}`;
}

/** The sentence with its state and with what people and models said about it. */
export function sentenceView(
  state: PanelState,
  sentence: PanelSentence,
  selection: Selection,
  actions: Actions,
): TemplateResult {
  return html`<section class="sentence" aria-labelledby="sentence-title">
    <h2 id="sentence-title" class="sr-only">Sentence ${sentence.index + 1}</h2>
    <entity-lens-grid
      .sentence=${sentence}
      .labels=${state.labels}
      .selection=${selection}
      .onSelect=${actions.select}
    ></entity-lens-grid>
    ${work(sentence)} ${failures(sentence)}
    ${
      sentence.rows.some(({ source, layer }) => source !== 'gold' && layer !== null) || state.busy !== null
        ? nothing
        : html`<p class="quiet">Neither model has annotated this sentence.</p>`
    }
  </section>`;
}

/** What a key will act on, and what each source says of it. */
export function detail(sentence: PanelSentence, selection: Selection): TemplateResult {
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

/** The state of the sentence, and what people noted about it. */
function work(sentence: PanelSentence): TemplateResult {
  const { reviewed, note } = sentence;
  return html`<p class="work">
    <span class="state">${stateText(sentence)}</span>
    ${reviewed === null ? nothing : html`<span><b>Reviewed</b> ${reviewed}</span>`}
    ${note === null ? nothing : html`<span><b>Note</b> ${note}</span>`}
  </p>`;
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
