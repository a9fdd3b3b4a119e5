import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import type { OffsetUnit } from '../core/formats/format.ts';
import { formatNamed, formatNames } from './formatChoice.ts';
import { UsageError } from './io.ts';

/** The options for parseArgs of every command that reads a corpus. */
export const inputOptions = {
  'input-format': { type: 'string' },
  columns: { type: 'string' },
  tags: { type: 'string' },
  'input-offsets': { type: 'string' },
} as const;

/** What `--help` says of them. */
export const inputUsage = `  --input-format FORMAT       how to read (default: told from name and content)
                              ${formatNames('read').join(' ')}
  --columns form=N,tag=N      which columns hold the word and the tag, counted from 1 (default: told from content)
  --tags O,B-PER,I-PER,…      what numbered tags mean, in order (default: as their dataset says)
  --input-offsets UNIT        codePoint, utf16 or byte: how characters are counted (default: what fits)`;

/** The values of these options as parseArgs gives them. */
export interface InputValues {
  readonly 'input-format'?: string | undefined;
  readonly columns?: string | undefined;
  readonly tags?: string | undefined;
  readonly 'input-offsets'?: string | undefined;
}

/** How to read, by the options. Throws UsageError. */
export function inputOf(values: InputValues): CorpusInput {
  return {
    format: formatNamed(values['input-format'], 'read')?.id,
    columns: values.columns,
    tagNames: values.tags?.split(',').map((tag) => tag.trim()),
    offsets: offsetUnit(values['input-offsets']),
  };
}

/** How characters are counted, as an option says it. */
export function offsetUnit(text: string | undefined): OffsetUnit | undefined {
  if (text === undefined || text === 'codePoint' || text === 'utf16' || text === 'byte') return text;
  throw new UsageError(`Offsets are counted as codePoint, utf16 or byte, not “${text}”.`);
}
