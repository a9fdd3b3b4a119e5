import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { standaloneSvg } from '../../src/core/report/chartStyle.ts';
import { matrixCsv, matrixMarkdown, matrixSvg } from '../../src/core/report/matrix.ts';
import type { MatrixView } from '../../src/core/report/matrix.ts';
import type { IllegalPolicy } from '../../src/core/scheme.ts';
import type { Matrix } from '../../src/protocol/panel.ts';
import { drawnMatrix, heatMapOf } from './heatMap.ts';
import type { HeatCell, HeatMap } from './heatMap.ts';
import { menuButton } from './menuButton.ts';
import type { MenuItem } from './menuButton.ts';
import { counted, percentText, policyNames, policyTitles } from './names.ts';
import type { CellRef, MatrixOrder, Normalisation } from './matrixChoices.ts';
import { button } from './toolkit.ts';
import { SOURCE_NAMES } from '../../src/core/span.ts';

/** Puts a text into the clipboard. */
export type CopyText = (text: string, what: string) => void;

/** The cell that one presses to see its cases. */
export type OpenCell = (cell: CellRef) => void;

/** One confusion matrix as a heat map with its numbers; each cell can be reached by arrow keys and opened. */
export class ConfusionMatrix extends LitElement {
  static override properties = {
    matrix: { attribute: false },
    normalisation: { attribute: false },
    order: { attribute: false },
    policy: { attribute: false },
    onCopy: { attribute: false },
    opened: { attribute: false },
    changed: { attribute: false },
    onOpen: { attribute: false },
    focusRow: { state: true },
    focusColumn: { state: true },
    showAll: { state: true },
  };
  declare matrix: Matrix;
  declare normalisation: Normalisation;
  declare order: MatrixOrder;
  declare policy: IllegalPolicy;
  declare onCopy: CopyText;
  declare opened: CellRef | null;
  /** Cells that the last correction changed, as `row|column` by name; undefined where nobody tells. */
  declare changed: ReadonlySet<string> | undefined;
  declare onOpen: OpenCell;
  /** Places among the drawn rows and columns. */
  declare private focusRow: number;
  declare private focusColumn: number;
  declare private showAll: boolean;
  #map: HeatMap | undefined;

  constructor() {
    super();
    this.focusRow = 0;
    this.focusColumn = 0;
    this.showAll = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(): void {
    this.#map = heatMapOf(this.matrix, this.normalisation, this.showAll, this.order);
    this.focusRow = Math.max(0, Math.min(this.focusRow, this.#map.rows.length - 1));
    this.focusColumn = Math.max(0, Math.min(this.focusColumn, this.#map.columns.length - 1));
  }

  protected override render(): TemplateResult | typeof nothing {
    const map = this.#map;
    const matrix = this.matrix;
    if (map === undefined) return nothing;
    const rowName = SOURCE_NAMES[matrix.rowSource];
    const columnName = SOURCE_NAMES[matrix.columnSource];
    const unit = matrix.level === 'token' ? 'token' : 'span';
    const title = `${rowName} × ${columnName}`;
    return html`<figure>
      <figcaption>
        <h3>${title}</h3>
        <span class="quiet"
          >${counted(map.total, unit)} in
          ${counted(matrix.sentences, 'sentence')}${
            matrix.level === 'span'
              ? html` · <span title=${policyTitles[this.policy]}>${policyNames[this.policy]}</span>`
              : nothing
          }</span
        >
        ${menuButton('Copy', title, this.#copies(map, title))}
      </figcaption>
      <div class="scroll">
        <table
          role="grid"
          class="heat"
          aria-label=${`${title}: rows ${rowName}, columns ${columnName}`}
          @keydown=${this.#onKeydown}
        >
          <thead role="rowgroup">
            <tr aria-hidden="true">
              <td class="corner"></td>
              <th class="axis" colspan=${map.columns.length + 1}>${columnName}</th>
            </tr>
            <tr role="row">
              <th role="columnheader" class="axis">${rowName}</th>
              ${map.columns.map((column) => html`<th role="columnheader">${matrix.columns[column]}</th>`)}
              <th role="columnheader" class="total">Total</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${map.rows.map(
              (row, place) =>
                html`<tr role="row">
                  <th role="rowheader">${matrix.rows[row]}</th>
                  ${map.cells[place]?.map((cell, columnPlace) => this.#cell(cell, place, columnPlace))}
                  <td role="gridcell" class="total">${map.rowTotals[place]?.toLocaleString('en')}</td>
                </tr>`,
            )}
            <tr role="row" class="totals">
              <th role="rowheader" class="total">Total</th>
              ${map.columnTotals.map((total) => html`<td role="gridcell" class="total">${total.toLocaleString('en')}</td>`)}
              <td role="gridcell" class="total">${map.total.toLocaleString('en')}</td>
            </tr>
          </tbody>
        </table>
      </div>
      ${
        map.hidden > 0 || this.showAll
          ? html`<p class="quiet">
              ${this.showAll ? 'All names are shown.' : `${counted(map.hidden, 'name')} without counts left out.`}
              ${button({
                label: this.showAll ? 'Leave empty ones out' : 'Show all',
                onClick: () => {
                  this.showAll = !this.showAll;
                },
              })}
            </p>`
          : nothing
      }
    </figure>`;
  }

  #copies(map: HeatMap, title: string): MenuItem[] {
    const matrix = this.matrix;
    const normalisation = this.normalisation;
    const drawn = drawnMatrix(matrix, map);
    const names = { rowName: SOURCE_NAMES[matrix.rowSource], columnName: SOURCE_NAMES[matrix.columnSource] };
    const view: MatrixView = { ...names, by: normalisation };
    const copy = (form: string, text: () => string): MenuItem => ({
      label: `as ${form}`,
      run: () => {
        this.onCopy(text(), `the matrix ${title} as ${form}`);
      },
    });
    return [
      copy('Markdown', () => matrixMarkdown(drawn, view)),
      copy('CSV', () => matrixCsv(drawn, view)),
      copy('SVG', () => standaloneSvg(matrixSvg(drawn, view))),
    ];
  }

  #cell(cell: HeatCell, row: number, column: number): TemplateResult {
    const rowLabel = this.matrix.rows[cell.row] ?? '';
    const columnLabel = this.matrix.columns[cell.column] ?? '';
    const { rowSource, columnSource, level } = this.matrix;
    const unit = level === 'token' ? 'token' : 'span';
    const shares = [
      ...(cell.ofRow === null ? [] : [`${percentText(cell.ofRow)} of row`]),
      ...(cell.ofColumn === null ? [] : [`${percentText(cell.ofColumn)} of column`]),
    ].join(', ');
    const said = `${SOURCE_NAMES[rowSource]} ${rowLabel}, ${SOURCE_NAMES[columnSource]} ${columnLabel}: ${counted(cell.count, unit)}${cell.count === 0 ? '' : `, ${shares}`}`;
    const opened = this.opened;
    const isOpen =
      opened?.rowSource === rowSource &&
      opened.columnSource === columnSource &&
      opened.level === level &&
      opened.row === rowLabel &&
      opened.column === columnLabel;
    const kind = cell.count === 0 ? 'zero' : cell.agrees ? 'agree' : 'confuse';
    return html`<td
      role="gridcell"
      class=${`${kind} h${String(cell.level)} ${cell.agrees ? 'diagonal' : ''} ${isOpen ? 'opened' : ''} ${this.changed?.has(`${rowLabel}|${columnLabel}`) === true ? 'changed' : ''}`}
      data-row=${row}
      data-column=${column}
      tabindex=${row === this.focusRow && column === this.focusColumn ? 0 : -1}
      aria-label=${said}
      aria-selected=${isOpen ? 'true' : 'false'}
      title=${said}
      @click=${() => {
        this.#open(row, column);
      }}
    >
      ${this.#textOf(cell)}
    </td>`;
  }

  #textOf(cell: HeatCell): string {
    if (this.normalisation === 'counts') return cell.count.toLocaleString('en');
    const share = this.normalisation === 'row' ? cell.ofRow : cell.ofColumn;
    return share === null ? '–' : percentText(share);
  }

  #open(row: number, column: number): void {
    this.focusRow = row;
    this.focusColumn = column;
    const cell = this.#map?.cells[row]?.[column];
    if (cell === undefined) return;
    const { rowSource, columnSource, level } = this.matrix;
    const names = { row: this.matrix.rows[cell.row] ?? '', column: this.matrix.columns[cell.column] ?? '' };
    this.onOpen({ rowSource, columnSource, level, ...names });
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const place = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
    if (place === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' || event.key === ' ') this.#open(this.focusRow, this.focusColumn);
    else if (event.key === 'ArrowLeft') this.focusColumn--;
    else if (event.key === 'ArrowRight') this.focusColumn++;
    else if (event.key === 'ArrowUp') this.focusRow--;
    else if (event.key === 'ArrowDown') this.focusRow++;
    else if (event.key === 'Home') this.focusColumn = 0;
    else if (event.key === 'End') this.focusColumn = this.matrix.columns.length;
    else return;
    event.preventDefault();
    event.stopPropagation();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('td[tabindex="0"]')?.focus());
  };
}
