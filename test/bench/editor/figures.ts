import type { Pauses } from './pauses.ts';

/** The same of a small and of a large document. */
export interface Sizes<Value> {
  readonly small: Value;
  readonly large: Value;
}

/** Milliseconds of processor time that an action costs the extension host, as medians; `later` is what follows after a while. */
export interface ActionCost extends Sizes<number> {
  readonly ratio: number;
  readonly later: Sizes<number>;
}

/** What the editor bench measures inside the extension host. */
export interface EditorFigures {
  readonly sentences: Sizes<number>;
  readonly prose: Sizes<number>;
  /** Edit, reparse, metrics, snapshot of the panel, queue and everything else that follows. */
  readonly correction: ActionCost;
  readonly keystroke: ActionCost;
  readonly pauses: {
    /** Nothing is open. */
    readonly idle: Pauses;
    readonly opening: Pauses;
    /** The corpus, the panel and the review queue are shown and nobody does anything. */
    readonly shown: Pauses;
    readonly annotating: Pauses;
  };
  readonly predicted: { readonly bert: number; readonly t5: number };
  /** Milliseconds from the command until the first visible sentence has both models' answers, the models being loaded. */
  readonly firstPredictions: number;
}
