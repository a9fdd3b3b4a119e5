import { readFile } from 'node:fs/promises';
import type { ColumnDocument } from '../core/columns/document.ts';
import { parseColumns } from '../core/columns/columns.ts';
import { CliError } from './io.ts';

/** How many problems of one file are told one by one. */
const SHOWN = 20;

/** A file's text. Throws CliError where it cannot be read or is not text. */
export async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${String(code)})`;
    throw new CliError(`${file}: ${why}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(`${file} is no UTF-8 text. Convert it to UTF-8 first.`);
  }
}

/** A column file; what could not be read in it is told with its line. Throws CliError where it has no sentences at all. */
export async function readColumns(file: string, warn: (line: string) => void): Promise<ColumnDocument> {
  const document = parseColumns(await readText(file));
  for (const issue of document.issues.slice(0, SHOWN))
    warn(`${file}:${issue.line}: ${issue.severity}: ${issue.message}`);
  if (document.issues.length > SHOWN) warn(`${file}: ${document.issues.length - SHOWN} more problems of this kind.`);
  if (document.sentences.length === 0) throw new CliError(`${file} holds no sentences in columns.`);
  return document;
}
