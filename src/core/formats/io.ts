import type { Format } from './format.ts';
import { unerFormat } from './iob2.ts';

/** Columns whose tags are bare labels, as Few-NERD has them; neighbours of one label become one span. */
export const io: Format = unerFormat('io', 'IO columns (labels without prefixes)', 'io', 'io', { neighbours: false });
