import * as v from 'valibot';
import { sourceSchema } from '../../src/protocol/schemas.ts';

/** The order of a matrix's rows and columns: that of the labels, the most frequent first, or by name. */
export const orderSchema = v.picklist(['labels', 'count', 'name']);
export type MatrixOrder = v.InferOutput<typeof orderSchema>;

export const ORDERS: readonly { readonly value: MatrixOrder; readonly label: string }[] = [
  { value: 'labels', label: 'As the labels' },
  { value: 'count', label: 'Most frequent first' },
  { value: 'name', label: 'By name' },
];

/** What the cells show: counts, or shares of their row or column. */
export const normalisationSchema = v.picklist(['counts', 'row', 'column']);
export type Normalisation = v.InferOutput<typeof normalisationSchema>;

export const NORMALISATIONS: readonly { readonly value: Normalisation; readonly label: string }[] = [
  { value: 'counts', label: 'Counts' },
  { value: 'row', label: 'Share of row' },
  { value: 'column', label: 'Share of column' },
];

/** A cell of a confusion matrix whose cases are listed, told by names: a matrix may get or lose rows meanwhile. */
export const cellSchema = v.object({
  rowSource: sourceSchema,
  columnSource: sourceSchema,
  level: v.picklist(['token', 'span']),
  row: v.string(),
  column: v.string(),
});
export type CellRef = v.InferOutput<typeof cellSchema>;
