import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { UNDECIDED } from '../../../src/core/decisions.ts';
import type { PanelLabel } from '../../../src/protocol/panel.ts';
import type { PanelSentence, SentenceRow } from '../../../src/protocol/panelSentence.ts';
import { rowFacts } from './facts.ts';
import type { RowFacts } from './facts.ts';
import { breakLines, directionOf } from './lines.ts';
import { counted, percentText } from '../../shared/names.ts';
import { moved, nextName, rangeOf } from './selection.ts';
import type { Step, TokenRange } from './selection.ts';
import type { Selection } from '../state.ts';
import { SOURCE_NAMES } from '../../../src/core/span.ts';
import { largest } from '../../../src/core/lists.ts';

/** What CSS gives a column beside its text, and the column of row names, in CSS pixels. */
const COLUMN_EXTRA = 14;
const NAME_COLUMN = 58;
/** An O with at least this probability shows no bar: nearly all tokens are that, and what is doubtful should stand out. */
const CERTAIN = 0.9;
/** What the sign of a disagreement adds to its token. */
const MARK_EXTRA = 10;

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'start',
  End: 'end',
};

/** The sentence: tokens as columns, a row a source, broken over lines; the selection is made here. */
export class SentenceGrid extends LitElement {
  static override properties = {
    sentence: { attribute: false },
    labels: { attribute: false },
    selection: { attribute: false },
    onSelect: { attribute: false },
    width: { state: true },
  };
  declare sentence: PanelSentence;
  declare labels: readonly PanelLabel[];
  declare selection: Selection;
  declare onSelect: (selection: Selection) => void;
  declare private width: number;
  #lines: readonly TokenRange[] = [];
  #facts: readonly RowFacts[] = [];
  #disagreeing: ReadonlySet<number> = new Set();
  #hadFocus = false;
  #dragging = false;
  readonly #observer = new ResizeObserver(([entry]) => {
    this.width = entry?.contentRect.width ?? this.width;
  });
  readonly #measure = document.createElement('canvas').getContext('2d');

  constructor() {
    super();
    this.width = 0;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    window.addEventListener('pointerup', this.#endDrag);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    window.removeEventListener('pointerup', this.#endDrag);
  }

  /** Moves the selection for an arrow key (with Ctrl: to the next name), Home or End, and says whether it did. */
  step(event: KeyboardEvent): boolean {
    const step = steps[event.key];
    const toName = event.ctrlKey || event.metaKey;
    if (step === undefined || event.altKey || (toName && (event.shiftKey || (step !== 'left' && step !== 'right'))))
      return false;
    const mirrored = directionOf(this.sentence.tokens) === 'rtl';
    const turned = mirrored && step === 'left' ? 'right' : mirrored && step === 'right' ? 'left' : step;
    const grid = { tokens: this.sentence.tokens.length, rows: this.sentence.rows.length, lines: this.#lines };
    this.onSelect(
      toName
        ? (nextName(this.selection, this.sentence.tokens, turned === 'left' ? -1 : 1) ?? this.selection)
        : moved(this.selection, turned, event.shiftKey, grid),
    );
    this.#hadFocus = true;
    this.requestUpdate();
    return true;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    this.#hadFocus ||= this.matches(':focus-within');
    if (changed.has('sentence') || changed.has('labels')) {
      this.#disagreeing = new Set(this.sentence.disagreeing);
      this.#facts = this.sentence.rows.map((row) => rowFacts(this.sentence, row, this.labels));
    }
    if (changed.has('sentence') || changed.has('width')) {
      this.#lines = breakLines(this.#columnWidths(), this.width > 0 ? this.width - NAME_COLUMN : Infinity);
    }
  }

  protected override updated(): void {
    if (!this.#hadFocus) return;
    this.#hadFocus = false;
    const { row, focus } = this.selection;
    const cell = this.querySelector<HTMLElement>(`[data-row="${String(row)}"][data-token="${String(focus)}"]`);
    if (cell !== null && cell !== document.activeElement) cell.focus();
  }

  protected override render(): TemplateResult {
    const { tokens, rows, index } = this.sentence;
    return html`<div
      role="grid"
      class="grid"
      dir=${directionOf(tokens)}
      aria-label=${`Sentence ${String(index + 1)}, ${counted(tokens.length, 'token')}`}
      aria-multiselectable="true"
      aria-colcount=${tokens.length + 1}
      @keydown=${this.#onKeydown}
      @pointerdown=${this.#onPointerdown}
      @pointerover=${this.#onPointerover}
    >
      ${this.#lines.map(
        (line) =>
          html`<table role="rowgroup" class="line">
            <tbody role="presentation">
              <tr role="row">
                <th role="rowheader" class="name"><span class="sr-only">Tokens</span></th>
                ${tokens.slice(line.first, line.end).map((form, place) => this.#formCell(form, line.first + place))}
              </tr>
              ${rows.map((row, rowIndex) => this.#sourceRow(row, rowIndex + 1, line, this.#facts[rowIndex]))}
            </tbody>
          </table>`,
      )}
    </div>`;
  }

  #formCell(form: string, token: number): TemplateResult {
    const differs = this.#disagreeing.has(token);
    const said = `${form}, token ${String(token + 1)}${differs ? ', sources disagree' : ''}`;
    return html`<td
      role="columnheader"
      class=${`form ${this.#selectedClass(token)} ${differs ? 'differs' : ''}`}
      data-row="0"
      data-token=${token}
      tabindex=${this.#tabindex(0, token)}
      aria-colindex=${token + 2}
      aria-selected=${this.#isSelected(token)}
      aria-label=${said}
    >
      <bdi>${form}</bdi
      >${differs ? html`<span class="mark" aria-hidden="true" title="Sources disagree">≠</span>` : nothing}
    </td>`;
  }

  #sourceRow(row: SentenceRow, rowIndex: number, line: TokenRange, facts: RowFacts | undefined): TemplateResult {
    const name = SOURCE_NAMES[row.source];
    const missing = row.source === 'gold' ? 'nothing decided yet' : 'not predicted yet';
    const cells: TemplateResult[] = [];
    for (let token = line.first; token < line.end; token++) {
      const tag = row.tags?.[token];
      const probability = row.probabilities?.[token];
      const differs = facts?.differing.has(token) ?? false;
      const illegal = facts?.illegal.has(token) ?? false;
      const said = [
        name,
        tag === UNDECIDED ? 'undecided' : (tag ?? missing),
        ...(probability === undefined ? [] : [percentText(probability)]),
        ...(differs ? ['differs'] : []),
        ...(illegal ? ['illegal: this tag cannot follow the one before it'] : []),
      ].join(', ');
      cells.push(
        html`<td
          role="gridcell"
          class=${`tag ${row.source} ${facts?.classes[token] ?? 'none'} ${differs ? 'differs' : ''} ${illegal ? 'illegal' : ''} ${this.#selectedClass(token)}`}
          data-row=${rowIndex}
          data-token=${token}
          tabindex=${this.#tabindex(rowIndex, token)}
          aria-colindex=${token + 2}
          aria-selected=${this.#isSelected(token)}
          aria-label=${`${said}; ${this.sentence.tokens[token] ?? ''}`}
          title=${said}
        >
          <span class="text">${tag === UNDECIDED ? '?' : (tag ?? '–')}</span>${
            probability === undefined || (tag === 'O' && probability >= CERTAIN)
              ? nothing
              : html`<span class="probability" .style=${`--p:${String(probability)}`}></span>`
          }
        </td>`,
      );
    }
    return html`<tr role="row" class=${`row-${row.source}`}>
      <th role="rowheader" class="name" title=${row.tags === null ? missing : nothing}>${name}</th>
      ${cells}
    </tr>`;
  }

  #tabindex(row: number, token: number): number {
    return this.selection.row === row && this.selection.focus === token ? 0 : -1;
  }

  #isSelected(token: number): 'true' | 'false' {
    const { first, end } = rangeOf(this.selection);
    return token >= first && token < end ? 'true' : 'false';
  }

  #selectedClass(token: number): string {
    const { first, end } = rangeOf(this.selection);
    if (token < first || token >= end) return '';
    return `selected ${token === first ? 'from' : ''} ${token === end - 1 ? 'to' : ''}`;
  }

  #columnWidths(): readonly number[] {
    const { tokens, rows } = this.sentence;
    const measure = this.#measure;
    if (measure === null) return tokens.map((form) => form.length * 9 + COLUMN_EXTRA);
    const style = getComputedStyle(this);
    const font = `${style.fontSize} ${style.fontFamily}`;
    const widest = (texts: readonly string[]): number =>
      largest(
        texts.map((text) => measure.measureText(text).width),
        0,
      );
    return tokens.map((form, index) => {
      const differs = this.#disagreeing.has(index);
      measure.font = differs ? `600 ${font}` : font;
      const formWidth = measure.measureText(form).width + (differs ? MARK_EXTRA : 0);
      measure.font = font;
      return Math.ceil(COLUMN_EXTRA + Math.max(formWidth, widest(rows.map(({ tags }) => tags?.[index] ?? '–'))));
    });
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.step(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onPointerdown = (event: PointerEvent): void => {
    const place = placeOf(event.target);
    if (place === undefined || event.button !== 0) return;
    this.#dragging = true;
    this.#hadFocus = true;
    const anchor = event.shiftKey ? this.selection.anchor : place.token;
    this.onSelect({ sentence: this.sentence.index, anchor, focus: place.token, row: place.row });
    this.requestUpdate();
    event.preventDefault();
  };

  readonly #onPointerover = (event: PointerEvent): void => {
    const place = placeOf(event.target);
    if (!this.#dragging || place === undefined) return;
    this.onSelect({ ...this.selection, focus: place.token, row: place.row });
  };

  readonly #endDrag = (): void => {
    this.#dragging = false;
  };
}

function placeOf(target: EventTarget | null): { row: number; token: number } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-token]') : null;
  if (cell === null) return undefined;
  return { row: Number(cell.dataset['row']), token: Number(cell.dataset['token']) };
}
