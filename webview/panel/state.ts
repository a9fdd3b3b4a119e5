import * as v from 'valibot';
import { dimensionSchema, failureModeSchema } from '../../src/protocol/panelDetails.ts';
import { indexSchema, modelSourceSchema, sourceSchema } from '../../src/protocol/schemas.ts';
import { cellSchema, normalisationSchema, orderSchema } from '../shared/matrixChoices.ts';
import type { CellRef } from '../shared/matrixChoices.ts';

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

const failureRefSchema = v.object({ source: modelSourceSchema, mode: failureModeSchema });
/** One way in which a model fails, whose cases are listed. */
export type FailureRef = v.InferOutput<typeof failureRefSchema>;

/** What a list of cases is of. */
export type CaseRef = CellRef | FailureRef;

const tabSchema = v.picklist(['matrices', 'scores', 'failures', 'queue']);
/** What the live area below the sentence shows. */
export type Tab = v.InferOutput<typeof tabSchema>;

const sectionSchema = v.picklist(['raw', 'breakdowns', 'calibration', 'cost', 'schemes', 'agreement']);
export type Section = v.InferOutput<typeof sectionSchema>;

const groupSchema = v.picklist(['labels', 'strictLabels', 'tokenTags', 'allModes', 'between', 'matrixView']);
/** Rows of a table, a table, or a row of choices, that can be shown or not. */
export type RowGroup = v.InferOutput<typeof groupSchema>;

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
  order: orderSchema,
  tab: tabSchema,
  /** The matrix that is always shown, by its sources; the others stand beside it where there is room. */
  pair: v.nullable(v.object({ rowSource: sourceSchema, columnSource: sourceSchema })),
  /** Height of the sentence's area in CSS pixels; null for the default. */
  sentenceHeight: v.nullable(v.number()),
  closed: v.array(sectionSchema),
  /** The groups of rows that are shown. */
  groups: v.array(groupSchema),
  dimension: dimensionSchema,
  cell: v.nullable(v.union([cellSchema, failureRefSchema])),
});
export type Ui = v.InferOutput<typeof uiSchema>;

export const initialUi: Ui = {
  selection: null,
  normalisation: 'counts',
  sort: { by: 'order', descending: false },
  order: 'labels',
  tab: 'matrices',
  pair: null,
  sentenceHeight: null,
  closed: ['raw', 'breakdowns', 'calibration', 'cost', 'schemes', 'agreement'],
  groups: ['labels'],
  dimension: 'label',
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

/** Shows the rows of a group, or hides them. */
export function withGroup(ui: Ui, group: RowGroup, open: boolean): Ui {
  const others = ui.groups.filter((name) => name !== group);
  return { ...ui, groups: open ? [...others, group] : others };
}
