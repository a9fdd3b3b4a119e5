import type { CorpusItem, CorpusSentence } from '../../core/corpus.ts';
import type { Issue } from '../../core/columns/document.ts';
import type { Format, ReadOptions } from '../../core/formats/format.ts';
import { iob2 } from '../../core/formats/iob2.ts';
import { LossCounter } from '../../core/formats/losses.ts';
import type { Loss } from '../../core/formats/losses.ts';
import { CorpusOutput, CorpusOutputError } from './corpusOutput.ts';
import { fileSource } from './exportSources.ts';
import type { ReadBytes, SourceFile } from './exportSources.ts';

/** How many problems of one file are told one by one; more are summed up by their kind. */
export const MOST_ISSUES = 1000;

/** A file to be imported, and how it is read. */
export interface ImportFile {
  readonly source: SourceFile;
  readonly format: Format;
  readonly options: ReadOptions;
  /** Where its copy in UNER's columns goes. */
  readonly target: string;
}

/** A problem of a file; `inAnnotations` where its line is one of the annotations beside the text. */
export type FoundIssue = Issue & { readonly inAnnotations: boolean };

/** What became of a file. */
export interface ImportReport {
  readonly sentences: number;
  readonly annotated: number;
  readonly entities: number;
  /** The first problems. */
  readonly issues: readonly FoundIssue[];
  /** How many more there are of each kind. */
  readonly more: ReadonlyMap<string, number>;
  readonly losses: readonly Loss[];
}

/** Writes a copy of a file in UNER's columns. Rejects, leaving everything as it was, where it cannot be read, holds no sentence, the target is there and `replace` is false, or the signal aborts. */
export async function importFile(
  { source, format, options, target }: ImportFile,
  replace: boolean,
  annotator: string,
  read: ReadBytes,
  signal: AbortSignal,
): Promise<ImportReport> {
  const output = new CorpusOutput(target, 'file');
  const tally = new ImportTally();
  const writer = iob2.write?.({ name: source.name, annotator, eol: '\n' });
  if (writer === undefined) throw new CorpusOutputError('IOB2 cannot be written.');
  try {
    for await (const items of fileSource(source, format, options, read).items(signal)) {
      signal.throwIfAborted();
      for (const item of items) {
        const taken = tally.add(item);
        if (taken !== undefined) for (const piece of writer.add(taken)) output.write(piece);
      }
    }
    for (const piece of writer.end()) output.write(piece);
    output.seal();
    if (tally.report().sentences === 0)
      throw new CorpusOutputError(`${source.name} holds no sentence that can be read as ${format.title}: ${tally.why}`);
    if (!replace && output.occupied().length > 0)
      throw new CorpusOutputError(`${target} is there already: choose another place.`);
    output.finish(true);
    return tally.report();
  } catch (error) {
    output.discard();
    throw error;
  }
}

class ImportTally {
  readonly #losses = new LossCounter(iob2);
  readonly #issues: FoundIssue[] = [];
  readonly #more = new Map<string, number>();
  #sentences = 0;
  #annotated = 0;
  #entities = 0;

  /** The item as it is to be written; undefined for a problem. */
  add(item: CorpusItem): CorpusItem | undefined {
    if (item.kind === 'issue') {
      const { reason } = item.issue;
      if (this.#issues.length < MOST_ISSUES)
        this.#issues.push({ ...item.issue, inAnnotations: item.inAnnotations === true });
      else this.#more.set(reason, (this.#more.get(reason) ?? 0) + 1);
      return undefined;
    }
    if (item.kind !== 'sentence') return item.kind === 'tail' ? undefined : item;
    const sentence = inOwnColumns(item.sentence);
    this.#sentences++;
    if (sentence.layer !== null) this.#annotated++;
    this.#entities += sentence.layer?.length ?? 0;
    this.#losses.add({ ...item, sentence });
    return { ...item, sentence };
  }

  /** What to do about a file without sentences. */
  get why(): string {
    const [first] = this.#issues;
    return first === undefined ? 'choose another format.' : `line ${String(first.line)}: ${first.message}`;
  }

  report(): ImportReport {
    return {
      sentences: this.#sentences,
      annotated: this.#annotated,
      entities: this.#entities,
      issues: this.#issues,
      more: this.#more,
      losses: this.#losses.losses(),
    };
  }
}

/** A sentence that is written in UNER's columns, whatever columns it comes from. */
function inOwnColumns(sentence: CorpusSentence): CorpusSentence {
  const { source } = sentence;
  if (source === undefined) return sentence;
  const { layout, format } = source;
  if (format === 'iob2' && layout.columns === 5 && layout.id === 0 && layout.tag === 2) return sentence;
  return { ...sentence, source: { ...source, format: `${format} columns` } };
}
