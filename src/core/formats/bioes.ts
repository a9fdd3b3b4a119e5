import type { Format } from './format.ts';
import { unerFormat } from './iob2.ts';

/** UNER's columns with BIOES tags: S for a span of one token, E for the last of several. */
export const bioes: Format = unerFormat('bioes', 'BIOES columns', 'bioes', 'bioes');
