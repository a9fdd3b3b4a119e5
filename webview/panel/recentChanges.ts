import type { PanelState } from '../../src/protocol/panel.ts';
import { changesBetween } from './changes.ts';
import type { Changes } from './changes.ts';

/** How long a changed cell stays marked. */
const MARKED_MS = 2000;

/** What the last correction changed: its differences of F1 stay until the next one, its cells are marked for a moment. */
export class RecentChanges {
  shown: Changes | null = null;
  #unmark: ReturnType<typeof setTimeout> | undefined;
  readonly #redraw: () => void;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** To be called with each state and the one before it. */
  follow(before: PanelState | null, state: PanelState): void {
    if (before?.document?.goldName !== state.document?.goldName) this.shown = null;
    const changes = changesBetween(before, state);
    if (changes === null) return;
    this.shown = changes;
    clearTimeout(this.#unmark);
    this.#unmark = setTimeout(() => {
      this.shown = { ...changes, cells: [] };
      this.#redraw();
    }, MARKED_MS);
  }
}
