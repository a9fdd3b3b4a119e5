import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type * as v from 'valibot';
import { FAILURE_NAMES } from '../../src/core/failure.ts';
import type { evaluationHostContract, PlacesOf } from '../../src/protocol/evaluation.ts';
import { closeIcon } from '../shared/icons.ts';
import { counted } from '../shared/names.ts';
import { button } from '../shared/toolkit.ts';
import type { Opened } from './state.ts';

export type Places = v.InferOutput<(typeof evaluationHostContract.requests.places)['result']>;

/** The places of what is opened: null while they are on their way, a text where they could not be had. */
export interface PlacesView {
  readonly opened: Opened;
  readonly wanted: PlacesOf;
  readonly found: Places | null;
  readonly problem: string | null;
}

/** What the list may ask for. */
export interface PlaceActions {
  readonly openPlace: (wanted: PlacesOf, index: number) => void;
  readonly closePlaces: () => void;
}

/** What is listed, in words. */
export function placesTitle(opened: Opened): string {
  const where = `${opened.system} on ${opened.corpus}`;
  return opened.kind === 'failure'
    ? `${where}: ${FAILURE_NAMES[opened.mode]}`
    : `${where}: gold ${opened.row} × ${opened.column}`;
}

/** The places behind a count, each with its file and line; a press shows it in the editor. */
export function placesList(view: PlacesView, actions: PlaceActions): TemplateResult {
  const { opened, wanted, found, problem } = view;
  const places = found?.places ?? [];
  const total = found?.total ?? 0;
  return html`<section
    class="cases"
    aria-labelledby="places-title"
    aria-busy=${found === null && problem === null ? 'true' : 'false'}
  >
    <header>
      <h3 id="places-title">${placesTitle(opened)}</h3>
      <span class="quiet">${found === null ? (problem === null ? 'Looking…' : '') : counted(total, 'place')}</span>
      ${button({ label: 'Close the list', icon: closeIcon, iconOnly: true, onClick: actions.closePlaces })}
    </header>
    ${problem === null ? nothing : html`<p class="problem">The places could not be read: ${problem}</p>`}
    ${
      places.length === 0
        ? nothing
        : html`<ol>
            ${places.map(
              ({ where, before, text, after, note }, index) =>
                html`<li>
                  <button
                    class="case"
                    @click=${() => {
                      actions.openPlace(wanted, index);
                    }}
                  >
                    <span class="where">${where}</span
                    ><bdi class="context"
                      ><span>${before}</span> <mark>${text}</mark>
                      <span>${after}</span>${note === '' ? nothing : html`<span class="note">${note}</span>`}</bdi
                    >
                  </button>
                </li>`,
            )}
          </ol>`
    }
    ${
      found !== null && total > places.length
        ? html`<p class="quiet">
            ${places.length === 0 ? 'Tokens that both sides leave out are counted, but not kept.' : `The first ${String(places.length)} of ${total.toLocaleString('en')}.`}
          </p>`
        : nothing
    }
  </section>`;
}
