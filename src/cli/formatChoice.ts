import type { Format } from '../core/formats/format.ts';
import { formatOf, formats } from '../core/formats/registry.ts';
import { CorpusInputError } from '../node/corpus/utf8Text.ts';
import { CorpusOutputError } from '../node/corpus/corpusOutput.ts';
import { CliError, UsageError } from './io.ts';

/** The names of the formats that can be read or written. */
export function formatNames(way: 'read' | 'write'): readonly string[] {
  return formats.filter((format) => format[way] !== undefined).map(({ id }) => id);
}

/** The format with this name; undefined without a name. Throws UsageError. */
export function formatNamed(name: string | undefined, way: 'read' | 'write'): Format | undefined {
  if (name === undefined) return undefined;
  const format = formatOf(name);
  if (format?.[way] === undefined)
    throw new UsageError(
      `“${name}” is no format that can be ${way === 'read' ? 'read' : 'written'}: ${formatNames(way).join(', ')}.`,
    );
  return format;
}

/** Does something with files; what is wrong with them becomes a CliError. */
export async function inputErrors<Value>(work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CorpusInputError || error instanceof CorpusOutputError) throw new CliError(error.message);
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CliError(`${path ?? 'The path'}: there is no such file or folder.`);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new CliError(
        `${path ?? 'The path'}: no permission (${code}). Choose another place, or change its permissions.`,
      );
    if (code === 'ENOSPC') throw new CliError(`${path ?? 'The disk'}: the disk is full.`);
    if (code === 'EISDIR' || code === 'ENOTDIR')
      throw new CliError(
        `${path ?? 'The path'}: a file was expected where a folder is, or the other way round (${code}).`,
      );
    throw error;
  }
}
