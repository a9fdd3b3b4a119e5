import * as v from 'valibot';
import { failureModeSchema } from '../src/protocol/panel.ts';
import { indexSchema, modelSourceSchema, sourceSchema } from '../src/protocol/schemas.ts';

const selectionSchema = v.object({
  /** The sentence that it was made in; in any other sentence it does not count. */
  sentence: indexSchema,
  anchor: indexSchema,
  /** The token that has the keyboard; the selection runs from anchor to focus, both included. */
  focus: indexSchema,
  /** The row that has the keyboard: 0 is the row of forms, then one a source. */
  row: indexSchema,
});
export type Selection = v.InferOutput<typeof selectionSchema>;

const cellSchema = v.object({
  rowSource: sourceSchema,
  columnSource: sourceSchema,
  level: v.picklist(['token', 'span']),
  /** Names instead of places: a matrix may get or lose rows while its cases are shown. */
  row: v.string(),
  column: v.string(),
});
/** A cell of a confusion matrix whose cases are listed. */
export type CellRef = v.InferOutput<typeof cellSchema>;

const failureRefSchema = v.object({ source: modelSourceSchema, mode: failureModeSchema });
/** One way in which a model fails, whose cases are listed. */
export type FailureRef = v.InferOutput<typeof failureRefSchema>;

/** What a list of cases is of. */
export type CaseRef = CellRef | FailureRef;

const sectionSchema = v.picklist(['raw', 'matrices', 'scores', 'failures', 'agreement']);
export type Section = v.InferOutput<typeof sectionSchema>;

const normalisationSchema = v.picklist(['counts', 'row', 'column']);
export type Normalisation = v.InferOutput<typeof normalisationSchema>;

const sortSchema = v.object({
  by: v.picklist(['order', 'name', 'bert', 't5']),
  descending: v.boolean(),
});
/** The order of the scores: as the host sends them, by name, or by one model's F1. */
export type Sort = v.InferOutput<typeof sortSchema>;

/** What the page itself remembers; everything else is the host's state. */
export const uiSchema = v.object({
  selection: v.nullable(selectionSchema),
  normalisation: normalisationSchema,
  sort: sortSchema,
  closed: v.array(sectionSchema),
  cell: v.nullable(v.union([cellSchema, failureRefSchema])),
});
export type Ui = v.InferOutput<typeof uiSchema>;

export const initialUi: Ui = {
  selection: null,
  normalisation: 'counts',
  sort: { by: 'order', descending: false },
  closed: ['raw'],
  cell: null,
};

/** Opens a closed section, or closes an open one. */
export function withSection(ui: Ui, section: Section, open: boolean): Ui {
  const others = ui.closed.filter((name) => name !== section);
  return { ...ui, closed: open ? others : [...others, section] };
}

/** A second choice of the same column turns the order round; a third goes back to the host's order. */
export function withSort(ui: Ui, by: Sort['by']): Ui {
  const first = by !== 'name';
  if (ui.sort.by !== by) return { ...ui, sort: { by, descending: first } };
  return { ...ui, sort: ui.sort.descending === first ? { by, descending: !first } : initialUi.sort };
}
