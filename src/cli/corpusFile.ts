import { readFile } from 'node:fs/promises';
import { taggedOfLayer, taggedOfTags } from '../core/compare.ts';
import type { Tagged } from '../core/compare.ts';
import type { CorpusItem, CorpusSentence } from '../core/corpus.ts';
import { parseColumns } from '../core/columns/columns.ts';
import type { ColumnDocument } from '../core/columns/document.ts';
import { decisionsOf, tagsOfDecisions } from '../core/decisions.ts';
import { answeredTags } from '../core/unanswered.ts';
import { tagParts } from '../core/scheme.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Layer } from '../core/span.ts';
import { columnLayoutOf, hasColumns, readCorpus, toldOf } from '../node/corpus/corpusInput.ts';
import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import { Utf8Text } from '../node/corpus/utf8Text.ts';
import { inputErrors } from './formatChoice.ts';
import { IssueList } from './issueList.ts';
import { CliError } from './io.ts';

/** A sentence of a corpus of any format, as an evaluation needs it. */
export interface ReadSentence extends Sentence {
  readonly id: string | undefined;
  readonly documentId: string | undefined;
  readonly layer: Layer | null;
  /** Gold as the file has it where its tags are IOB2, mistakes included; the same spans in IOB2 where it is tagged otherwise. */
  readonly reference: Tagged | null;
  /** Whether only some of its words are decided. */
  readonly inProgress: boolean;
  /** The tags as an answer, in which words that are open count as O, and how many those are. */
  readonly open: { readonly tagged: Tagged; readonly unanswered: number };
  /** The tags with `_` for what nobody decided. */
  readonly said: readonly string[];
  /** The 1-based line of a token in its file. */
  readonly lineOf: (token: number) => number;
}

/** The tags and spans of a sentence; null where nobody annotated it. */
export function referenceOf({ layer, tokens, source }: CorpusSentence): Tagged | null {
  if (layer === null) return null;
  const tags = source?.layout.tagging === 'iob1' ? undefined : source?.tags;
  const kept = tags?.every((tag) => tagParts(tag).prefix !== 'unknown') === true;
  return kept ? { tags, layer } : taggedOfLayer(layer, tokens.length);
}

/** The words of a sentence. */
export function formsOf({ tokens }: Sentence): readonly string[] {
  return tokens.map(({ form }) => form);
}

/** The sentences of a corpus of any format; what could not be read in it is told. Throws CliError where there are none, and what `readCorpus` throws. */
export function sentencesIn(target: string, input: CorpusInput, warn: (line: string) => void): readonly ReadSentence[] {
  const issues = new IssueList(warn);
  const sentences: ReadSentence[] = [];
  for (const found of readCorpus(target, input))
    if (!issues.add(found) && found.item.kind === 'sentence') sentences.push(sentenceOf(found.item));
  issues.finish();
  if (sentences.length === 0) throw new CliError(`${target} holds no sentences that could be read.`);
  return sentences;
}

/** `sentencesIn`, with everything that is wrong with the file as a CliError. */
export function readSentences(
  target: string,
  input: CorpusInput,
  warn: (line: string) => void,
): Promise<readonly ReadSentence[]> {
  return inputErrors(() => sentencesIn(target, input, warn));
}

function sentenceOf({ sentence, lineOf = () => 1 }: Extract<CorpusItem, { kind: 'sentence' }>): ReadSentence {
  const { text, tokens, id, documentId, layer, partial } = sentence;
  const said = sentence.source?.tags ?? tagsOfDecisions(decisionsOf({ gold: layer, partial }), tokens.length, 'iob2');
  const answer = answeredTags(said);
  const open = { tagged: taggedOfTags(answer.tags), unanswered: answer.unanswered };
  const inProgress = partial !== undefined;
  return { text, tokens, id, documentId, layer, reference: referenceOf(sentence), inProgress, open, said, lineOf };
}

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
  return inputErrors(() => {
    const decoder = new Utf8Text(file, true);
    return decoder.decode(bytes) + decoder.decode(undefined);
  });
}

/** A file that is to be written again with other tags: columns with all that is in them, or undefined for anything else. What could not be read is told. */
export async function readColumns(
  file: string,
  input: CorpusInput,
  warn: (line: string) => void,
): Promise<ColumnDocument> {
  const text = await readText(file);
  const layout = await inputErrors(() => columnLayoutOf(file, input.columns, false));
  const document = parseColumns(text, layout);
  const issues = new IssueList(warn);
  for (const issue of document.issues) issues.add({ file, item: { kind: 'issue', issue } });
  issues.finish();
  if (document.sentences.length === 0) throw new CliError(`${file} holds no sentences in columns.`);
  return document;
}

/** How a file is read. Throws CliError where it is nothing known. */
export async function readingOf(file: string, input: CorpusInput): Promise<'prose' | 'columns' | 'corpus'> {
  const told = input.format === undefined ? await inputErrors(() => toldOf(file)) : undefined;
  if (told?.unlike !== undefined)
    throw new CliError(
      `${file} is not in a format that is known here, but ${told.unlike}: name its format (--input-format), or say --format prose.`,
    );
  const id = input.format ?? told?.format ?? 'text';
  if (id === 'text' || (id === 'brat' && input.format === undefined)) return 'prose';
  return hasColumns(id) || id === 'conllu' || id === 'conllup' ? 'columns' : 'corpus';
}
