import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { spanKey } from '../core/breakdown.ts';
import { taggedOfTags } from '../core/compare.ts';
import type { Tagged } from '../core/compare.ts';
import { corpusEvaluator } from '../core/corpusEvaluation.ts';
import type { ColumnSentence } from '../core/columns/document.ts';
import { answeredTags, unansweredText } from '../core/unanswered.ts';
import { countedText } from '../core/workState.ts';
import type { ComparedSentence } from '../core/evaluation.ts';
import type { ScannedSentence } from '../core/columns/columnScan.ts';
import type { ReportCorpusInput, ReportCost } from '../core/report/report.ts';
import type { IllegalPolicy, Scheme } from '../core/scheme.ts';
import { referenceOf } from '../node/corpus/diskCorpus.ts';
import { readColumns } from './corpusFile.ts';
import { CliError } from './io.ts';

/** A corpus in memory: its annotated sentences, and how many there are in all. */
export interface Corpus {
  readonly name: string;
  readonly sha256: string;
  readonly sentences: readonly ScannedSentence[];
  readonly all: number;
  /** Sentences of which only some words are decided; they are not counted. */
  readonly inProgress: number;
}

/** One system's answers to the annotated sentences of a corpus, in order. */
export interface Answers {
  readonly name: string;
  readonly tagged: readonly ComparedSentence['answer'][];
  readonly cost: ReportCost | null;
}

/** The words of a sentence. */
export function formsOf(sentence: ColumnSentence): readonly string[] {
  return sentence.tokens.map((token) => token.form);
}

/** Reads a corpus. Throws CliError where it has no annotated sentence. */
export async function readCorpus(file: string, warn: (line: string) => void): Promise<Corpus> {
  const document = await readColumns(file, warn);
  const sentences = document.sentences
    .map((sentence, index): ScannedSentence => ({ sentence, line: document.firstLines[index] ?? 0 }))
    .filter(({ sentence: { gold, tokens } }) => gold !== null && tokens.length > 0);
  const inProgress = document.sentences.filter(({ partial }) => partial !== undefined).length;
  if (inProgress > 0) warn(`${file}: ${countedText(sentences.length, inProgress)}.`);
  if (sentences.length === 0)
    throw new CliError(
      `${file}: no sentence is complete (${countedText(0, inProgress)}), so there is nothing to compare with.`,
    );
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return { name: path.basename(file), sha256, sentences, all: document.sentences.length, inProgress };
}

/** Reads answers from a column file with the sentences of the corpus; those that the corpus does not annotate may be there or not. */
export async function readAnswers(
  name: string,
  file: string,
  corpus: Corpus,
  warn: (line: string) => void,
): Promise<Answers> {
  const document = await readColumns(file, warn);
  const key = (sentence: ColumnSentence): string => formsOf(sentence).join('\t');
  let next = 0;
  let unanswered = 0;
  const tagged = corpus.sentences.map(({ sentence }): Tagged => {
    const wanted = key(sentence);
    while (next < document.sentences.length && wanted !== key(document.sentences[next] ?? sentence)) next++;
    const found = document.sentences[next++];
    if (found === undefined)
      throw new CliError(
        `${file} lacks a sentence of ${corpus.name}, or has it in another order: “${sentence.text.slice(0, 60)}”.`,
      );
    const answer = answeredTags(found.tags);
    unanswered += answer.unanswered;
    return referenceOf(found) ?? taggedOfTags(answer.tags);
  });
  if (unanswered > 0) warn(`${name}: ${unansweredText(unanswered)}`);
  return { name, tagged, cost: null };
}

/** The strings of all spans of training corpora, undefined without one. */
export async function readKnown(
  files: readonly string[],
  warn: (line: string) => void,
): Promise<ReadonlySet<string> | undefined> {
  if (files.length === 0) return undefined;
  const known = new Set<string>();
  for (const file of files)
    for (const sentence of (await readColumns(file, warn)).sentences)
      for (const span of sentence.gold ?? []) known.add(spanKey(formsOf(sentence), span));
  return known;
}

/** Evaluates the answers to a corpus against its gold and against each other. */
export function evaluateAnswers(
  corpus: Corpus,
  systems: readonly Answers[],
  known: ReadonlySet<string> | undefined,
  scheme: Scheme,
  policy: IllegalPolicy,
): ReportCorpusInput {
  const running = corpusEvaluator(systems.length, scheme, policy);
  corpus.sentences.forEach(({ sentence, line }, index) => {
    const { id, documentId, cells } = sentence;
    const place = { file: corpus.name, lineOf: (token: number) => line + (cells[token]?.line ?? 0) + 1 };
    running.add(
      { id, documentId, forms: formsOf(sentence), known, place, reference: referenceOf(sentence) ?? taggedOfTags([]) },
      systems.flatMap(({ tagged }) => tagged[index] ?? []),
    );
  });
  const { systems: evaluated, between } = running.result();
  return {
    name: corpus.name,
    files: [{ name: corpus.name, sha256: corpus.sha256 }],
    sentences: corpus.all,
    inProgress: corpus.inProgress,
    systems: systems.flatMap(({ name, cost }, index) => {
      const evaluation = evaluated[index];
      return evaluation === undefined ? [] : [{ name, evaluation, cost }];
    }),
    between,
  };
}
