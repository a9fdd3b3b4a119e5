import type { CorpusItem, CorpusSentence } from '../../../src/core/corpus.ts';
import type { Issue } from '../../../src/core/columns/document.ts';
import type { Format, ReadOptions, WriteOptions } from '../../../src/core/formats/format.ts';

/** Everything that a reader gives for a text that comes in pieces of `size` characters. */
export function readAll(format: Format, text: string, size = 7919, options: ReadOptions = {}): readonly CorpusItem[] {
  const reader = format.read!(options);
  const items: CorpusItem[] = [];
  for (let start = 0; start < text.length; start += size) items.push(...reader.push(text.slice(start, start + size)));
  items.push(...reader.end());
  return items;
}

/** The files that a writer makes of a corpus. */
export function writeAll(
  format: Format,
  items: readonly CorpusItem[],
  options: Partial<WriteOptions> = {},
): ReadonlyMap<string, string> {
  const writer = format.write!({ name: 'corpus', annotator: 'me', eol: '\n', ...options });
  const files = new Map<string, string>();
  for (const output of [...items.flatMap((item) => writer.add(item)), ...writer.end()])
    files.set(output.file, (files.get(output.file) ?? '') + output.text);
  return files;
}

/** The only file of a format that makes one. */
export function writeOne(format: Format, items: readonly CorpusItem[], options: Partial<WriteOptions> = {}): string {
  return writeAll(format, items, options).get('') ?? '';
}

export function sentencesOf(items: readonly CorpusItem[]): readonly CorpusSentence[] {
  return items.flatMap((item) => (item.kind === 'sentence' ? [item.sentence] : []));
}

export function issuesOf(items: readonly CorpusItem[]): readonly Issue[] {
  return items.flatMap((item) => (item.kind === 'issue' ? [item.issue] : []));
}
