import type { CorpusItem, CorpusSentence } from '../../../src/core/corpus.ts';
import type { Issue } from '../../../src/core/columns/document.ts';
import { append } from '../../../src/core/lists.ts';
import type { Layer, Span } from '../../../src/core/span.ts';
import type { Format, ReadOptions, WriteOptions } from '../../../src/core/formats/format.ts';

/** Everything that a reader gives for a text that comes in pieces of `size` characters. */
export function readAll(format: Format, text: string, size = 7919, options: ReadOptions = {}): readonly CorpusItem[] {
  const reader = format.read!(options);
  const items: CorpusItem[] = [];
  for (let start = 0; start < text.length; start += size) {
    append(items, reader.push(text.slice(start, start + size)));
  }
  append(items, reader.end());
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

/** The problems of what a format wrote itself: none, but for what it always says of its kind. */
export function faultsOf(items: readonly CorpusItem[]): readonly Issue[] {
  return issuesOf(items).filter(({ reason }) => reason !== 'bareLabels');
}

/** A layer as a format gives it back: neighbours of one label are one where it cannot keep them apart. */
export function layerIn(format: Format, layer: Layer | null): Layer | null {
  if (format.holds.neighbours !== false || layer === null) return layer;
  const joined: Span[] = [];
  for (const span of layer) {
    const last = joined.at(-1);
    if (last?.end === span.first && last.label === span.label) joined[joined.length - 1] = { ...last, end: span.end };
    else joined.push(span);
  }
  return joined;
}
