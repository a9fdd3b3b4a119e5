import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from 'mocha';
import type { ColumnDocument } from '../../src/core/columns/document.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../shared/data');

/** Prints a measured figure under its test. */
export function report(line: string): void {
  process.stdout.write(`      ${line}\n`);
}

/** The text of a corpus file beside the project; without it the test is skipped with a message. */
export function corpusText(context: Context, name: string): string {
  const file = path.join(folder, name);
  if (!existsSync(file)) {
    report(`../shared/data/${name} is not here: not measured`);
    context.skip();
  }
  return readFileSync(file, 'utf8');
}

/** A corpus file beside the project, parsed. */
export function corpus(context: Context, name: string): ColumnDocument {
  return parseColumns(corpusText(context, name));
}
