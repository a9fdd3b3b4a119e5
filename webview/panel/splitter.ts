import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Actions } from './actions.ts';

/** CSS pixels that an arrow key moves the border. */
const STEP_PX = 24;
/** The least height of the sentence's area: its words and one row. */
const LEAST_PX = 72;

/** The height of the sentence's area that nobody chose, as layout.css has it. */
function defaultHeight(): number {
  return Math.min(480, Math.max(100, window.innerHeight - 488));
}

/**
 * The border between sentence and figures: dragged by the mouse, moved by the arrow keys, reset by a double click or Home.
 * `height` is that of the sentence's area in CSS pixels; null for the default.
 */
export function splitter(height: number | null, actions: Pick<Actions, 'resizeSentence'>): TemplateResult {
  return html`<div
    class="splitter"
    role="separator"
    aria-orientation="horizontal"
    aria-label="Height of the sentence’s area in pixels"
    aria-valuenow=${Math.round(height ?? defaultHeight())}
    aria-valuemin=${LEAST_PX}
    aria-valuemax=${window.innerHeight}
    tabindex="0"
    title="Drag to give the sentence more or less room; double-click for the default"
    @pointerdown=${(event: PointerEvent) => {
      drag(event, actions);
    }}
    @dblclick=${() => {
      actions.resizeSentence(null);
    }}
    @keydown=${(event: KeyboardEvent) => {
      const step = event.key === 'ArrowUp' ? -STEP_PX : event.key === 'ArrowDown' ? STEP_PX : 0;
      if (event.key === 'Home') actions.resizeSentence(null);
      else if (step !== 0) actions.resizeSentence(Math.max(LEAST_PX, heightOf() + step));
      else return;
      event.preventDefault();
      event.stopPropagation();
    }}
  ></div>`;
}

function heightOf(): number {
  return document.querySelector('.sentence-area')?.getBoundingClientRect().height ?? LEAST_PX;
}

function drag(event: PointerEvent, { resizeSentence }: Pick<Actions, 'resizeSentence'>): void {
  const { currentTarget: border } = event;
  if (!(border instanceof HTMLElement) || event.button !== 0) return;
  const from = heightOf() - event.clientY;
  const move = ({ clientY }: PointerEvent): void => {
    resizeSentence(Math.max(LEAST_PX, Math.round(from + clientY)));
  };
  border.setPointerCapture(event.pointerId);
  border.addEventListener('pointermove', move);
  const end = (): void => {
    border.removeEventListener('pointermove', move);
  };
  border.addEventListener('pointerup', end, { once: true });
  border.addEventListener('pointercancel', end, { once: true });
}
