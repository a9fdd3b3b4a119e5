import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { isCurated } from '../../core/annotatorComparison.ts';
import { EXPORT_MANIFEST, isExported, isManifest } from '../../core/exportManifest.ts';

const MANIFEST_HEAD_BYTES = 200;

/** The files of a folder (by their names from it on) without what we wrote from others: exports, folders of exports in it, curated files. */
export function withoutOwnOutputs(folder: string, names: readonly string[]): readonly string[] {
  const known = new Set(names);
  const exports = names
    .filter((name) => path.basename(name) === EXPORT_MANIFEST && path.dirname(name) !== '.')
    .filter((name) => isManifest(headOf(path.join(folder, name))))
    .map((name) => path.dirname(name) + path.sep);
  return names.filter(
    (name) =>
      !isExported(name, known) &&
      name !== EXPORT_MANIFEST &&
      !exports.some((prefix) => name.startsWith(prefix)) &&
      !isCurated(name.replaceAll(path.sep, '/')),
  );
}

function headOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(MANIFEST_HEAD_BYTES);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
