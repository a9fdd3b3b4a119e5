import { countedText } from '../workState.ts';
import { compareGroups } from '../breakdown.ts';
import { FAILURE_NAMES, failureName } from '../failure.ts';
import type { ReportCorpus, ReportSystem } from './report.ts';
import { barChart, costChart, reliabilityChart } from './charts.ts';
import type { ScoreJson } from './evaluationJson.ts';
import { shownDifference, shownInterval, shownP, shownRatio } from './markup.ts';
import { matrixSvg } from './matrix.ts';
import { heading, table } from './reportBlock.ts';
import type { Block } from './reportBlock.ts';
import { failureRate } from './reportDomains.ts';

function scoreCells({ precision, recall, f1, correct, predicted, gold }: ScoreJson): string[] {
  return [shownRatio(precision), shownRatio(recall), shownRatio(f1), String(correct), String(predicted), String(gold)];
}

function comparisons(corpus: ReportCorpus): Block[] {
  return table(
    'Systems against each other: the difference of labelled span F1, and how far they agree with one another',
    [
      'pair',
      'difference',
      '95 % interval',
      'p (randomisation)',
      'only one right (McNemar p)',
      'span F1',
      'kappa',
      'kappa without O',
    ],
    corpus.comparisons.map(({ a, b, randomisation, interval, mcNemar, kappa, kappaInside, spanF1 }) => [
      `${b} − ${a}`,
      shownDifference(randomisation?.difference),
      shownInterval(interval),
      shownP(randomisation?.p),
      `${mcNemar.onlyA} / ${mcNemar.onlyB} (${shownP(mcNemar.p)})`,
      shownRatio(spanF1),
      shownRatio(kappa),
      shownRatio(kappaInside),
    ]),
  );
}

function systemBlocks(system: ReportSystem): Block[] {
  const { figures } = system;
  const scoreHead = ['spans', 'precision', 'recall', 'F1', 'correct', 'predicted', 'gold'];
  const labels = Object.entries(figures.labels).map(([label, score]) => [`labelled, ${label}`, ...scoreCells(score)]);
  const tokens = Object.entries(figures.tokenF1).map(([tag, f1]) => [tag, shownRatio(f1)]);
  return [
    heading(3, system.name),
    ...table('Spans', scoreHead, [
      ['labelled', ...scoreCells(figures.labelledSpan)],
      ...labels,
      ['labelled, macro', '', '', shownRatio(figures.labelledSpanMacroF1), '', '', ''],
      ['unlabelled (exact)', ...scoreCells(figures.unlabelledSpan)],
      ['strict', ...scoreCells(figures.strictSpan)],
      ['partial', ...scoreCells(figures.partial)],
      ['type', ...scoreCells(figures.type)],
    ]),
    ...table(
      'Tokens',
      ['tag', 'F1'],
      [...tokens, [`macro (${figures.tokenMacroReading})`, shownRatio(figures.tokenMacroF1)]],
    ),
    ...matrixBlocks(system, 'token'),
    ...matrixBlocks(system, 'span'),
  ];
}

function matrixBlocks(system: ReportSystem, level: 'token' | 'span'): Block[] {
  const matrix = level === 'token' ? system.tokenMatrix : system.spanMatrix;
  return [
    heading(4, level === 'token' ? 'Confusion of tags, token by token' : 'Confusion of labels, span by span'),
    { kind: 'chart', svg: matrixSvg(matrix, { rowName: 'gold', columnName: system.name, by: 'counts' }) },
    ...table(
      `Rows are gold, columns ${system.name}`,
      [`gold \\ ${system.name}`, ...matrix.columns],
      matrix.rows.map((row, index) => [row, ...(matrix.counts[index] ?? []).map(String)]),
      true,
    ),
  ];
}

function failures({ systems }: ReportCorpus): Block[] {
  const present = Object.keys(FAILURE_NAMES).filter((mode) => systems.some((one) => (one.failures[mode] ?? 0) > 0));
  if (present.length === 0) return [heading(3, 'How each fails'), { kind: 'text', text: 'No failure was found.' }];
  const names = systems.map(({ name }) => name);
  return [
    heading(3, 'How each fails'),
    {
      kind: 'chart',
      svg: barChart(
        'Failures per hundred gold spans',
        names,
        present.map((mode) => ({
          name: failureName(mode),
          values: systems.map((system) => failureRate(system, mode)),
        })),
      ),
    },
    ...table(
      'Failures, and in brackets per hundred gold spans',
      ['failure', ...names],
      present.map((mode) => [
        failureName(mode),
        ...systems.map((system) => `${system.failures[mode] ?? 0} (${failureRate(system, mode).toFixed(1)})`),
      ]),
    ),
    ...systems.flatMap((system) =>
      present.flatMap((mode): Block[] => {
        const examples = system.examples[mode] ?? [];
        return examples.length === 0
          ? []
          : [{ kind: 'examples', title: `${system.name}: ${failureName(mode)}`, examples }];
      }),
    ),
  ];
}

/** Labels have rows of their own among the figures. */
const DIMENSION_NAMES: Readonly<Record<string, string>> = {
  spanLength: 'tokens in the span',
  sentenceLength: 'tokens in the sentence',
  seen: 'whether training has the words',
  capitalisation: 'capitalisation',
  document: 'document',
};

/** A breakdown by document is shown as a table of its own only for few documents. */
const MOST_GROUPS = 40;

function breakdowns({ systems }: ReportCorpus): Block[] {
  const blocks = Object.entries(DIMENSION_NAMES).flatMap(([dimension, name]) => {
    const groups = [...new Set(systems.flatMap((system) => Object.keys(system.breakdowns[dimension] ?? {})))].sort(
      compareGroups,
    );
    if (groups.length < 2 || groups.length > MOST_GROUPS) return [];
    return table(
      `Labelled span F1 by ${name} (gold spans in brackets)`,
      [name, ...systems.map((system) => system.name)],
      groups.map((group) => [
        group === '' ? '–' : group,
        ...systems.map((system) => {
          const score = system.breakdowns[dimension]?.[group];
          return score === undefined ? '–' : `${shownRatio(score.f1)} (${score.gold})`;
        }),
      ]),
    );
  });
  return blocks.length === 0 ? [] : [heading(3, 'By kind of span'), ...blocks];
}

function calibration({ systems }: ReportCorpus): Block[] {
  const series = systems.flatMap(({ name, calibration: found }, index) =>
    found === null ? [] : [{ name, series: index, found }],
  );
  if (series.length === 0) return [];
  return [
    heading(3, 'How far confidence can be trusted'),
    {
      kind: 'chart',
      svg: reliabilityChart(
        'Reliability: accuracy over confidence',
        series.map(({ name, series: number, found }) => ({ name, series: number, points: found.points })),
      ),
    },
    ...table(
      'Expected calibration error over tokens that gold or the system tags other than O',
      ['system', 'error'],
      series.map(({ name, found }) => [name, shownRatio(found.error)]),
    ),
  ];
}

function costs({ systems }: ReportCorpus): Block[] {
  const paid = systems.flatMap(({ name, cost, figures }, index) =>
    cost === null || cost.sentences === 0
      ? []
      : [
          {
            name,
            series: index,
            cost,
            f1: figures.labelledSpan.f1 ?? 0,
            milliseconds: cost.milliseconds / cost.sentences,
          },
        ],
  );
  if (paid.length === 0) return [];
  return [
    heading(3, 'Cost'),
    { kind: 'chart', svg: costChart('Labelled span F1 over time a sentence', paid) },
    ...table(
      'Cost of prediction',
      ['system', 'ms a sentence', 'pieces in a sentence', 'pieces generated a sentence', 'memory of the model process'],
      paid.map(({ name, cost, milliseconds }) => [
        name,
        milliseconds.toFixed(1),
        (cost.pieces / cost.sentences).toFixed(1),
        (cost.generatedPieces / cost.sentences).toFixed(1),
        `${(cost.residentBytes / 2 ** 20).toFixed(0)} MiB`,
      ]),
    ),
  ];
}

/** All that a report says of one corpus. */
export function corpusBlocks(corpus: ReportCorpus, title: string): Block[] {
  const { annotated, inProgress, sentences, tokens, documents, unit } = corpus;
  const facts = [
    `Sentences: ${countedText(annotated, inProgress)} of ${sentences}. Figures are over the complete ones, ${tokens} tokens.`,
    documents === 0 ? 'The corpus names no documents.' : `Documents: ${documents}.`,
    `Intervals are drawn over ${unit}s.`,
  ];
  return [
    heading(2, title),
    { kind: 'text', text: facts.join(' ') },
    ...comparisons(corpus),
    ...failures(corpus),
    ...corpus.systems.flatMap(systemBlocks),
    ...breakdowns(corpus),
    ...calibration(corpus),
    ...costs(corpus),
  ];
}
