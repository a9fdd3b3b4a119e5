import { byPerson, wordsFrom } from './decisions.ts';
import type { Decisions } from './decisions.ts';
import { kappaOfCells } from './agreement.ts';
import { countSentence, sumCounts } from './counts.ts';
import { taggedOfLayer } from './compare.ts';
import type { ColumnDocument, ColumnSentence } from './columns/document.ts';
import { sentenceBlock } from './columns/columnEdits.ts';
import { labelsOf, scores } from './metrics.ts';
import { sameLayer, sameSpan } from './span.ts';
import type { Layer } from './span.ts';

/** Two annotations of the same sentence, by index in their files. */
export interface AnnotatedPair {
  readonly a: number;
  readonly b: number;
}

/** A sentence that cannot be compared: `line` is 1-based, in the file of A or of B. */
export interface AnnotatorMismatch {
  readonly file: 'a' | 'b';
  readonly line: number;
  readonly reason: 'missing' | 'otherWords';
  readonly text: string;
}

/** Which sentences of two files are the same, and which cannot be compared. */
export interface AnnotatorMatch {
  readonly pairs: readonly AnnotatedPair[];
  readonly mismatches: readonly AnnotatorMismatch[];
}

/**
 * Matches the sentences of two files in the order of A: by `sent_id` where both have it, else by text, repeated ones in the
 * order in which they stand. Sentences of other words, or without a partner, are mismatches.
 */
export function matchAnnotators(a: ColumnDocument, b: ColumnDocument): AnnotatorMatch {
  const places = new Map<string, number[]>();
  b.sentences.forEach((sentence, index) => {
    for (const key of keysOf(sentence)) {
      const there = places.get(key);
      if (there === undefined) places.set(key, [index]);
      else there.push(index);
    }
  });
  const taken = new Set<number>();
  const pairs: AnnotatedPair[] = [];
  const mismatches: AnnotatorMismatch[] = [];
  a.sentences.forEach((sentence, index) => {
    let partner: number | undefined;
    for (const key of keysOf(sentence)) partner ??= places.get(key)?.find((place) => !taken.has(place));
    const other = partner === undefined ? undefined : b.sentences[partner];
    if (partner !== undefined) taken.add(partner);
    if (partner !== undefined && other !== undefined && sameForms(sentence, other))
      pairs.push({ a: index, b: partner });
    else mismatches.push(mismatch('a', a, index, other === undefined ? 'missing' : 'otherWords'));
  });
  b.sentences.forEach((_, index) => {
    if (!taken.has(index)) mismatches.push(mismatch('b', b, index, 'missing'));
  });
  return { pairs, mismatches };
}

function keysOf({ id, text }: ColumnSentence): readonly string[] {
  return id === undefined ? [`text ${text}`] : [`id ${id}`, `text ${text}`];
}

function sameForms(a: ColumnSentence, b: ColumnSentence): boolean {
  return a.tokens.length === b.tokens.length && a.tokens.every(({ form }, index) => form === b.tokens[index]?.form);
}

function mismatch(
  file: 'a' | 'b',
  document: ColumnDocument,
  index: number,
  reason: AnnotatorMismatch['reason'],
): AnnotatorMismatch {
  const line = (document.firstLines[index] ?? 0) + 1;
  return { file, line, reason, text: document.sentences[index]?.text ?? '' };
}

/** How far two annotators agree over the sentences that both annotated; every figure is null for 0/0. */
export interface AnnotatorAgreement {
  readonly sentences: number;
  readonly tokens: number;
  /** Cohen's kappa over all tokens, which O inflates. */
  readonly kappa: number | null;
  /** The same over the tokens that either tags other than O. */
  readonly kappaInside: number | null;
  /** Exact borders and label; the same from either side. */
  readonly spanF1: number | null;
  readonly labels: readonly {
    readonly label: string;
    readonly f1: number | null;
    readonly a: number;
    readonly b: number;
  }[];
}

/** The agreement of two annotators over pairs of layers with the number of tokens of their sentence. */
export function annotatorAgreement(
  pairs: readonly { readonly a: Layer; readonly b: Layer; readonly tokens: number }[],
): AnnotatorAgreement {
  const counts = sumCounts(
    pairs.map(({ a, b, tokens }) => countSentence(taggedOfLayer(a, tokens), taggedOfLayer(b, tokens), 'full')),
  );
  const { labelled } = scores(counts, 'full', labelsOf(counts));
  return {
    sentences: counts.sentences,
    tokens: counts.tokens,
    kappa: kappaOfCells(counts.tokenCells, false),
    kappaInside: kappaOfCells(counts.tokenCells, true),
    spanF1: labelled.micro.f1,
    labels: [...labelled.labels].map(([label, { f1, gold, predicted }]) => ({ label, f1, a: gold, b: predicted })),
  };
}

/** What two annotators said of a sentence. A null layer: that one did not annotate it. */
export interface AnnotatorPair {
  readonly sentence: ColumnSentence;
  readonly a: Layer | null;
  readonly b: Layer | null;
}

/** The pairs of two files with what each says. */
export function annotatorPairs(a: ColumnDocument, b: ColumnDocument, match: AnnotatorMatch): readonly AnnotatorPair[] {
  return match.pairs.flatMap(({ a: index, b: other }) => {
    const sentence = a.sentences[index];
    const partner = b.sentences[other];
    return sentence === undefined || partner === undefined ? [] : [{ sentence, a: sentence.gold, b: partner.gold }];
  });
}

/** True where both annotated a sentence and say the same of it. */
export function agreed({ a, b }: AnnotatorPair): boolean {
  return a !== null && b !== null && sameLayer(a, b);
}

/** What a curated file says in its first line of how its annotator column reads. */
export function curatedHeader(names: AnnotatorNames, eol: string): string {
  const both = bothNames(names);
  return `# Curated from ${names.a} and ${names.b}. Decided by: "${both}" both, "${both}>NAME" NAME where they differ. Tag "_": nobody decided yet.${eol}${eol}`;
}

/** Names of the files that two annotations become one in, as they are made beside the first of them. */
export const CURATED_FILES = ['*.curated.iob2', '*.curated-*.iob2'] as const;

/** True for a path with slashes that one of `CURATED_FILES` means. */
export function isCurated(path: string): boolean {
  return /\.curated(?:-[^/]*)?\.iob2$/.test(path);
}

/** What the two annotators are called. */
export interface AnnotatorNames {
  readonly a: string;
  readonly b: string;
}

/** Both names, as the annotator column of a curated file holds them. */
export function bothNames({ a, b }: AnnotatorNames): string {
  return `${a}+${b}`;
}

/** The curated file: what both say is taken over, every other sentence is left undecided with what each says in a comment. */
export function curatedText(pairs: readonly AnnotatorPair[], names: AnnotatorNames, eol: '\n' | '\r\n'): string {
  let documentId: string | undefined;
  const blocks = pairs.map((pair) => {
    const { sentence, a, b } = pair;
    const opens = sentence.documentId !== documentId;
    documentId = sentence.documentId;
    const block = sentenceBlock(sentence, a !== null && agreed(pair) ? byPerson(a, sentence.tokens.length) : null, {
      id: sentence.id,
      documentId: opens ? sentence.documentId : undefined,
      annotator: bothNames(names),
      eol,
    });
    if (agreed(pair)) return block;
    const said = `# conflict = ${names.a}: ${layerWords(sentence, a)}; ${names.b}: ${layerWords(sentence, b)}${eol}`;
    return block.replace(/^(?=# text = )/m, () => said);
  });
  return curatedHeader(names, eol) + blocks.map((block) => block + eol).join('');
}

/** A layer in words: `PER Ada Lovelace, LOC Rome`. */
export function layerWords({ tokens }: Pick<ColumnSentence, 'tokens'>, layer: Layer | null): string {
  if (layer === null) return 'not annotated';
  const spans = layer.map(({ first, end, label }) => {
    const words = tokens.slice(first, end).map(({ form }) => form);
    return `${label} ${words.join(' ')}`;
  });
  return spans.length === 0 ? 'no entity' : spans.join(', ');
}

/**
 * What both say alike, from which a third decision starts: the words of spans that only one of them has stay undecided; all
 * words, where one of them did not annotate the sentence.
 */
export function commonDecisions({ sentence, a, b }: AnnotatorPair): Decisions {
  if (a === null || b === null) return { layer: [], undecided: wordsFrom(0, sentence.tokens.length) };
  const layer = a.filter((span) => b.some((other) => sameSpan(span, other)));
  const differing = [...a, ...b].filter((span) => !layer.some((other) => sameSpan(span, other)));
  const open = new Set(differing.flatMap(({ first, end }) => wordsFrom(first, end)));
  return { layer, undecided: [...open].sort((x, y) => x - y) };
}

/** The name that most cells of a file's annotator column hold; undefined where none does. */
export function mainAnnotator({ sentences }: ColumnDocument): string | undefined {
  const counts = new Map<string, number>();
  for (const { annotators } of sentences)
    for (const name of annotators)
      if (name !== undefined && name !== '-' && name !== '_' && name !== '')
        counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((x, y) => y[1] - x[1])[0]?.[0];
}
