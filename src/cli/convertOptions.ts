import path from 'node:path';
import { EXPORT_TAKES, parseLabelMap } from '../core/exportChoice.ts';
import type { ExportChoice } from '../core/exportChoice.ts';
import type { Format, OffsetUnit, PredictionsUse, WriteOptions } from '../core/formats/format.ts';
import { RECORDS } from '../core/formats/records.ts';
import type { Records } from '../core/formats/records.ts';
import type { Tagging } from '../core/tagging.ts';
import { formatNames } from './formatChoice.ts';
import { UsageError } from './io.ts';

/** What `convert --help` says. */
export const convertUsage = `convert --from PATH --to FORMAT --out PATH [options]

Writes a corpus (a file, or a folder of files) in another format. Problems of the input and what the new format cannot
hold are told on stderr; the result is put in its place as the last step.

  --from PATH                 what to read; it is never changed
  --to FORMAT                 ${formatNames('write').join(' ')}
  --out PATH                  a file (- is stdout), or a folder for brat, hf and a split corpus
  --input-format FORMAT       how to read (default: told from name and content)
                              ${formatNames('read').join(' ')}
  --columns form=N,tag=N      which columns of the input hold the word and the tag, counted from 1 (default: told from content)
  --take all|gold|reviewed    which sentences: all, annotated ones, or those marked as reviewed (default all)
  --label-map GPE=LOC,MISC=O  other names for labels; O leaves the spans of a label out
  --scheme full|simplified    with labels, or only B, I and O (default full)
  --split 80,10,10            shares of train, validation and test, by document, alike in their labels
  --seed N                    of the split (default 1)
  --records run|sentence      what a record of running text holds where sentences are left out: a run of neighbouring
                              sentences (the default), or one sentence
  --manifest                  write what it was made from and how, with hashes, as manifest.json (NAME.manifest.json beside a file)
  --strict                    write nothing where the input has problems or something would be lost
  --force                     replace files in a folder that is there already
  --tagging iob1|iob2         how conll2003 writes spans that come from another format (default iob2)
  --tags O,B-PER,I-PER,…      what numbered tags of the input mean, in order
  --predictions notes|gold|none
                              label-studio: what becomes of predictions: notes (# predicted, the default), gold where
                              nobody annotated, or nothing
  --input-offsets, --offsets  codePoint|utf16|byte: how characters are counted (default: what fits; code points)
  --annotator NAME            who annotated what has no name of its own (default -)
  --crlf                      end lines with CRLF where they are made anew
  --parquet                   hf: rows as Parquet in place of JSON Lines
  --name, --licence, --language, --provenance, --model
                              what the card of a dataset (hf) says; the last three may be given several times
`;

/** The options for parseArgs. */
export const convertOptions = {
  from: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
  'input-format': { type: 'string' },
  columns: { type: 'string' },
  take: { type: 'string', default: 'all' },
  'label-map': { type: 'string', default: '' },
  scheme: { type: 'string', default: 'full' },
  split: { type: 'string' },
  seed: { type: 'string', default: '1' },
  records: { type: 'string', default: 'run' },
  manifest: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  tagging: { type: 'string' },
  tags: { type: 'string' },
  predictions: { type: 'string', default: 'notes' },
  'input-offsets': { type: 'string' },
  offsets: { type: 'string' },
  annotator: { type: 'string', default: '-' },
  crlf: { type: 'boolean', default: false },
  parquet: { type: 'boolean', default: false },
  name: { type: 'string' },
  licence: { type: 'string' },
  language: { type: 'string', multiple: true },
  provenance: { type: 'string', multiple: true },
  model: { type: 'string', multiple: true },
} as const;

/** The values of the options that say what is written. */
interface WriteValues {
  readonly take: string;
  readonly 'label-map': string;
  readonly scheme: string;
  readonly tagging?: string | undefined;
  readonly offsets?: string | undefined;
  readonly annotator: string;
  readonly crlf: boolean;
  readonly parquet: boolean;
  readonly name?: string | undefined;
  readonly licence?: string | undefined;
  readonly language?: readonly string[] | undefined;
  readonly provenance?: readonly string[] | undefined;
  readonly model?: readonly string[] | undefined;
}

/** How characters are counted, as an option says it. */
export function offsetUnit(text: string | undefined): OffsetUnit | undefined {
  if (text === undefined || text === 'codePoint' || text === 'utf16' || text === 'byte') return text;
  throw new UsageError(`Offsets are counted as codePoint, utf16 or byte, not “${text}”.`);
}

/** What becomes of predictions, as an option says it. */
export function predictionsUse(text: string): PredictionsUse {
  if (text === 'notes' || text === 'gold' || text === 'none') return text;
  throw new UsageError(`--predictions is notes, gold or none, not “${text}”.`);
}

/** What a record of running text holds, as an option says it. */
export function recordsOf(text: string): Records {
  const records = RECORDS.find((one) => one === text);
  if (records === undefined) throw new UsageError(`--records is ${RECORDS.join(' or ')}, not “${text}”.`);
  return records;
}

function taggingOf(text: string | undefined): Tagging | undefined {
  if (text === undefined || text === 'iob1' || text === 'iob2') return text;
  throw new UsageError(`--tagging is iob1 or iob2, not “${text}”.`);
}

/** Which sentences are written, with which labels. */
export function choiceOf(values: WriteValues): ExportChoice {
  const take = EXPORT_TAKES.find((one) => one === values.take);
  if (take === undefined) throw new UsageError(`--take is ${EXPORT_TAKES.join(', ')}, not “${values.take}”.`);
  const labelMap = parseLabelMap(values['label-map']);
  if (!labelMap.ok) throw new UsageError(`--label-map: ${labelMap.message}`);
  const { scheme } = values;
  if (scheme !== 'full' && scheme !== 'simplified')
    throw new UsageError(`--scheme is full or simplified, not “${scheme}”.`);
  return { take, labelMap: labelMap.value, scheme };
}

/** What the writer is told. */
export function writeOptionsOf(values: WriteValues, from: string, format: Format): WriteOptions {
  return {
    name: values.name ?? path.basename(from).replace(/\.[^.]+$/, ''),
    annotator: values.annotator,
    eol: values.crlf ? '\r\n' : '\n',
    tagging: format.id === 'conll2003' ? taggingOf(values.tagging) : undefined,
    offsets: offsetUnit(values.offsets),
    dataFiles: values.parquet ? 'parquet' : 'jsonl',
    card: {
      licence: values.licence,
      languages: values.language ?? [],
      provenance: values.provenance ?? [],
      models: values.model ?? [],
    },
  };
}
