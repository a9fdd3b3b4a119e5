import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { taggedOfLayer } from '../../core/compare.ts';
import type { Tagged } from '../../core/compare.ts';
import { COLUMN_ENDINGS, isColumnFile } from '../../core/columns/columnFiles.ts';
import type { ColumnSentence } from '../../core/columns/document.ts';
import { ColumnScanner } from '../../core/columns/columnScan.ts';
import type { ScannedSentence } from '../../core/columns/columnScan.ts';
import type { ReportFile } from '../../core/report/report.ts';
import { decode, tagParts } from '../../core/scheme.ts';
import { diskFiles } from './corpusFiles.ts';
import { CorpusInputError } from './corpusInput.ts';
import { withoutOwnOutputs } from './ownOutputs.ts';
import type { CorpusEntry, EvaluatedCorpus } from './evaluateCorpora.ts';

/** A file of a corpus by the name that people see. */
export interface DiskFile {
  readonly name: string;
  readonly path: string;
}

/** The column files of a file or folder, named from where `target` lies. Rejects with CorpusInputError where there are none. */
export async function columnFiles(target: string): Promise<readonly DiskFile[]> {
  if (!(await stat(target)).isDirectory()) return [{ name: path.basename(target), path: target }];
  const names = withoutOwnOutputs(target, await readdir(target, { recursive: true, encoding: 'utf8' }));
  const found = [...names].filter(
    (name) => isColumnFile(name) && !/(?:^|[\\/])(?:node_modules|\.[^\\/]+)[\\/]/.test(name),
  );
  if (found.length === 0)
    throw new CorpusInputError(
      `${target} holds no column files (${COLUMN_ENDINGS.map((one) => `.${one}`).join(', ')}).`,
    );
  return found.sort().map((name) => ({ name: name.replaceAll(path.sep, '/'), path: path.join(target, name) }));
}

/** The SHA-256 of a file and its size in bytes, read as a stream. */
export async function hashOf(
  file: string,
  signal?: AbortSignal,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(file, { signal })) {
    const part = piece as Buffer;
    hash.update(part);
    bytes += part.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Gold as the file has it where its tags are IOB2, mistakes included; the same spans in IOB2 where it is tagged otherwise. */
export function referenceOf({ gold, tags, tokens, illegal }: ColumnSentence): Tagged | null {
  if (gold === null) return null;
  const iob2 = illegal.length > 0 || decode(tags, 'strict').illegal.length === 0;
  const iob = tags.every((tag) => tagParts(tag).prefix !== 'unknown');
  return iob2 && iob ? { tags, layer: gold } : taggedOfLayer(gold, tokens.length);
}

function entryOf({ sentence, line }: ScannedSentence, file: string): CorpusEntry {
  const { id, documentId, tokens, cells } = sentence;
  return {
    ...{ id, documentId },
    forms: tokens.map(({ form }) => form),
    reference: referenceOf(sentence),
    inProgress: sentence.partial !== undefined,
    place: { file, lineOf: (token) => line + (cells[token]?.line ?? 0) + 1 },
  };
}

/** A corpus of column files on this disk. Rejects where a file cannot be read; that it is no text is told when it is read. */
export async function diskCorpus(
  name: string,
  files: readonly DiskFile[],
  signal: AbortSignal,
): Promise<EvaluatedCorpus> {
  const described: (ReportFile & { readonly bytes: number; readonly path: string })[] = [];
  for (const file of files) described.push({ ...file, ...(await hashOf(file.path, signal)) });
  const total = described.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    name,
    files: described.map(({ name: file, sha256 }) => ({ name: file, sha256 })),
    read: async function* (reading) {
      let before = 0;
      for (const file of described) {
        const scanner = new ColumnScanner();
        let read = 0;
        for await (const text of diskFiles.text(file.path, reading)) {
          read = Math.min(file.bytes, read + Buffer.byteLength(text));
          const entries = scanner.push(text).map((one) => entryOf(one, file.name));
          yield { entries, share: (before + read) / Math.max(1, total) };
        }
        before += file.bytes;
        yield { entries: scanner.end().map((one) => entryOf(one, file.name)), share: before / Math.max(1, total) };
      }
    },
  };
}
