import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelQueue } from '../../src/protocol/panelQueue.ts';
import type { Changes } from './changes.ts';
import type { CaseView } from './sections/cases.ts';
import type { Ui } from './state.ts';
import type { Said } from './toolbar.ts';

/** All that the page is drawn from. */
export interface Model {
  readonly state: PanelState | null;
  readonly ui: Ui;
  readonly cases: CaseView | null;
  readonly said: Said | null;
  /** The review queue as last sent; null before that. */
  readonly queue: PanelQueue | null;
  /** What the last correction changed in the figures; null where nothing did. */
  readonly changes: Changes | null;
}
