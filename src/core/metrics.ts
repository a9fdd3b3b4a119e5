import type { Cells, Counts } from './counts.ts';
import { tagsOf } from './scheme.ts';
import type { Scheme } from './scheme.ts';
import { NO_LABEL } from './span.ts';
import { EMPTY_TALLY, addTally, meanWithZeros, ratio, scoreOf } from './tally.ts';
import type { Score, Tally } from './tally.ts';

/** The unweighted means over the labels seen in gold or prediction (as seqeval); what is undefined counts 0, null where no label was seen. */
export interface MacroScore {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** The number of labels that the means are over. */
  readonly labels: number;
}

/** Spans of one kind: micro over all labels, per label, and macro. */
export interface SpanScores {
  readonly micro: Score;
  readonly labels: ReadonlyMap<string, Score>;
  readonly macro: MacroScore;
}

/** Every figure of one answer against one reference, over the sentences that were counted. */
export interface Scores {
  readonly scheme: Scheme;
  readonly sentences: number;
  readonly tokens: number;
  /** Exact borders and label, repair policy (conlleval, seqeval's default). */
  readonly labelled: SpanScores;
  /** Exact borders, label dropped after decoding (nervaluate's exact). */
  readonly unlabelled: Score;
  /** Exact borders and label, where an I- without its B- is no entity (seqeval strict IOB2). */
  readonly strict: SpanScores;
  /** Any overlap of a pair counts half, equal borders one, labels dropped (nervaluate's partial; COR + PAR / 2). */
  readonly partial: Score;
  /** Any overlap of a pair with the right label (nervaluate's ent_type). */
  readonly type: Score;
  /** One-versus-rest score of each tag of the scheme, O first, then B and I of each label; tags outside the scheme follow. */
  readonly tokenTags: ReadonlyMap<string, Score>;
  /** F1 of each tag that the macro mean is over: O, and B and I of each label that gold or the prediction has; 0 where a tag is absent on both sides (scikit-learn, zero_division=0). */
  readonly tokenF1: ReadonlyMap<string, number>;
  /** The mean of tokenF1, O included; null over no tokens. */
  readonly tokenMacroF1: number | null;
  /** Which tags the mean is over: "7 tags, O included: B and I of PER, ORG, LOC". */
  readonly tokenMacroReading: string;
  /** Tokens with the same tag over all tokens. Nearly all tokens are O, so never show it alone. */
  readonly accuracy: number | null;
}

/** The labels seen on either side of these counts, the given ones first, others in alphabetical order. */
export function labelsOf(counts: Counts, given: readonly string[] = []): readonly string[] {
  const seen = new Set([...counts.labels.keys(), ...counts.strictLabels.keys()]);
  for (const label of given) seen.delete(label);
  return [...given, ...[...seen].sort()];
}

/** The tags of the scheme over these labels; spans without a label (plain B and I in the full scheme) have the tags B and I. */
export function tagNames(scheme: Scheme, labels: readonly string[]): readonly string[] {
  return tagsOf(scheme, labels).map((tag) => (tag === `B-${NO_LABEL}` ? 'B' : tag === `I-${NO_LABEL}` ? 'I' : tag));
}

/** The names of all rows and columns of a sparse matrix, the given ones first, others in alphabetical order. */
export function namesOf(cells: Cells, given: readonly string[]): readonly string[] {
  const others = new Set<string>();
  for (const [row, columns] of cells) {
    others.add(row);
    for (const column of columns.keys()) others.add(column);
  }
  for (const name of given) others.delete(name);
  return [...given, ...[...others].sort()];
}

function spanScores(tallies: ReadonlyMap<string, Tally>, labels: readonly string[]): SpanScores {
  const total = [...tallies.values()].reduce((sum, tally) => addTally(sum, tally), EMPTY_TALLY);
  const scored = labels.map((label): [string, Score] => [label, scoreOf(tallies.get(label) ?? EMPTY_TALLY)]);
  const seen = scored.flatMap(([label, score]) => (tallies.has(label) ? [score] : []));
  return {
    micro: scoreOf(total),
    labels: new Map(scored),
    macro: {
      precision: meanWithZeros(seen.map(({ precision }) => precision)),
      recall: meanWithZeros(seen.map(({ recall }) => recall)),
      f1: meanWithZeros(seen.map(({ f1 }) => f1)),
      labels: seen.length,
    },
  };
}

/** The tally of each name of a sparse matrix, one versus the rest: its diagonal cell, its column and its row. */
function oneVersusRest(cells: Cells, names: readonly string[]): Map<string, Tally> {
  const tallies = new Map(names.map((name) => [name, EMPTY_TALLY]));
  const bump = (name: string, by: Tally): void => {
    tallies.set(name, addTally(tallies.get(name) ?? EMPTY_TALLY, by));
  };
  for (const [row, columns] of cells)
    for (const [column, count] of columns) {
      bump(row, { correct: row === column ? count : 0, predicted: 0, gold: count });
      bump(column, { correct: 0, predicted: count, gold: 0 });
    }
  return tallies;
}

/** The labels of the given ones whose B or I stands on either side: a label that nobody used changes no mean. */
function usedLabels({ tokenCells }: Counts, labels: readonly string[]): readonly string[] {
  const tags = new Set([...tokenCells].flatMap(([row, columns]) => [row, ...columns.keys()]));
  return labels.filter((label) => tagNames('full', [label]).some((tag) => tag !== 'O' && tags.has(tag)));
}

function readingOf(tags: readonly string[], scheme: Scheme, labels: readonly string[]): string {
  const count = `${String(tags.length)} ${tags.length === 1 ? 'tag' : 'tags'}, O included`;
  const named = labels.filter((label) => label !== NO_LABEL);
  return scheme === 'simplified' || named.length === 0 ? count : `${count}: B and I of ${named.join(', ')}`;
}

/** The readings of several macro means in one line: one where all are alike, else each with the name of its system. */
export function readingsText(systems: readonly { readonly name: string; readonly reading: string }[]): string {
  const different = new Set(systems.map(({ reading }) => reading));
  if (different.size < 2) return [...different].join('');
  return systems.map(({ name, reading }) => `${name} ${reading}`).join('; ');
}

/**
 * All figures of some counts. `labels` are those of the scheme in use; labels that only the data hold are added behind them.
 * The token macro mean is over O and the tags of the labels that either side has, or of `macroLabels` where they are given.
 */
export function scores(
  counts: Counts,
  scheme: Scheme,
  labels: readonly string[],
  macroLabels?: readonly string[],
): Scores {
  const known = scheme === 'full' ? labelsOf(counts, labels) : [NO_LABEL];
  const tags = tagNames(scheme, known);
  const meant = macroLabels === undefined ? usedLabels(counts, known) : labelsOf(counts, macroLabels);
  const macroTags = scheme === 'full' ? tagNames(scheme, meant) : tags;
  const tokenTags = oneVersusRest(counts.tokenCells, namesOf(counts.tokenCells, tags));
  const tokenF1 = new Map(macroTags.map((tag) => [tag, scoreOf(tokenTags.get(tag) ?? EMPTY_TALLY).f1 ?? 0]));
  const labelled = spanScores(counts.labels, known);
  const { predicted, gold } = labelled.micro;
  const verdicts = (kind: 'correct' | 'label' | 'border' | 'both'): number => counts.verdicts.get(kind) ?? 0;
  const sameBorders = verdicts('correct') + verdicts('label');
  const correctTokens = [...counts.tokenCells].reduce((sum, [row, columns]) => sum + (columns.get(row) ?? 0), 0);
  return {
    scheme,
    sentences: counts.sentences,
    tokens: counts.tokens,
    labelled,
    unlabelled: scoreOf({ correct: sameBorders, predicted, gold }),
    strict: spanScores(counts.strictLabels, known),
    partial: scoreOf({ correct: sameBorders + (verdicts('border') + verdicts('both')) / 2, predicted, gold }),
    type: scoreOf({ correct: verdicts('correct') + verdicts('border'), predicted, gold }),
    tokenTags: new Map([...tokenTags].map(([tag, tally]) => [tag, scoreOf(tally)])),
    tokenF1,
    tokenMacroF1: counts.tokens === 0 ? null : meanWithZeros([...tokenF1.values()]),
    tokenMacroReading: readingOf(macroTags, scheme, meant),
    accuracy: ratio(correctTokens, counts.tokens),
  };
}
