import type { Format } from './format.ts';
import { unerFormat } from './iob2.ts';

/** UNER's columns with BILOU tags: U for a span of one token, L for the last of several. */
export const bilou: Format = unerFormat('bilou', 'BILOU columns', 'bilou', 'bilou');
