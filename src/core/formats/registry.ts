import { bilou } from './bilou.ts';
import { bioes } from './bioes.ts';
import { brat } from './brat.ts';
import { conll2003 } from './conll2003.ts';
import { csv } from './csv.ts';
import { conllu, conllup } from './conllu.ts';
import { doccano } from './doccano.ts';
import type { Format, FormatId } from './format.ts';
import { hf } from './hf.ts';
import { html } from './html.ts';
import { io } from './io.ts';
import { iob2 } from './iob2.ts';
import { jsonl } from './jsonl.ts';
import { labelStudio } from './labelStudio.ts';
import { labelStudioMin } from './labelStudioMin.ts';
import { ontonotes } from './ontonotes.ts';
import { plainText } from './plainText.ts';
import { prodigy } from './prodigy.ts';
import { spacy } from './spacy.ts';
import { tellFormat } from './tellFormat.ts';

/** All formats, in the order in which people are shown them. */
export const formats: readonly Format[] = [
  iob2,
  conll2003,
  bioes,
  bilou,
  io,
  conllu,
  conllup,
  jsonl,
  doccano,
  prodigy,
  spacy,
  labelStudio,
  labelStudioMin,
  brat,
  csv,
  ontonotes,
  plainText,
  hf,
  html,
];

/** The format with this name. */
export function formatOf(name: string): Format | undefined {
  return formats.find((format) => format.id === name);
}

/** The format of a file by its name and the beginning of its text; plain text where nothing else fits. */
export function detectFormat(name: string, head: string): FormatId {
  return tellFormat(name, head).format;
}
