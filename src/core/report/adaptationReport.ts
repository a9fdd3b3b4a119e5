import { ADAPT_SYSTEMS, adaptCurve, aheadFrom } from '../learning/adaptation.ts';
import type { Adaptation, AdaptPoint, AdaptSystem } from '../learning/adaptation.ts';
import { curveChart } from './curveChart.ts';
import { heading, table } from './reportBlock.ts';
import type { Block } from './reportBlock.ts';
import { blocksHtml } from './reportText.ts';
import { largest } from '../lists.ts';

const NAMES: Readonly<Record<AdaptSystem, string>> = {
  bert: 'BERT, adapted',
  'bert-base': 'BERT as it is',
  t5: 'T5, nearest examples',
  memory: 'memory of strings',
};

interface Curve {
  readonly system: AdaptSystem;
  readonly points: readonly AdaptPoint[];
}

function curvesOf({ curves }: Adaptation): readonly Curve[] {
  return ADAPT_SYSTEMS.map((system) => ({ system, points: adaptCurve(curves, system) })).filter(
    ({ points }) => points.length > 0,
  );
}

/** What the curves say of each other, in words. */
function findings(curves: readonly Curve[]): readonly string[] {
  const adapted = curves.find(({ system }) => system === 'bert');
  if (adapted === undefined) return [];
  return curves.flatMap(({ system, points }) => {
    if (system === 'bert') return [];
    const from = aheadFrom(adapted.points, points);
    return [
      from === undefined
        ? `${NAMES.bert} is not ahead of ${NAMES[system]} at the largest size.`
        : `${NAMES.bert} is ahead of ${NAMES[system]} from ${from} sentences on.`,
    ];
  });
}

function rowsOf(curves: readonly Curve[]): readonly (readonly string[])[] {
  return curves.flatMap(({ system, points }) =>
    points.map(({ size, seeds, mean, low, high, seconds }) => [
      NAMES[system],
      String(size),
      mean.toFixed(3),
      seeds === 1 ? '–' : `${low.toFixed(3)} to ${high.toFixed(3)}`,
      String(seeds),
      seconds.toFixed(2),
    ]),
  );
}

const HEAD = ['system', 'sentences', 'F1', 'lowest to highest', 'draws', 'seconds'];

/** The comparison as a table of text. */
export function adaptationTable(adaptation: Adaptation): string {
  const curves = curvesOf(adaptation);
  const rows = [HEAD, ...rowsOf(curves)];
  const widths = HEAD.map((_, column) => largest(rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [
    `Learnt from ${adaptation.train}, scored on ${adaptation.test}: labelled span F1`,
    `Labels: ${adaptation.labels.join(', ')}`,
    '',
    ...rows.map(line),
    '',
    ...findings(curves),
    '',
  ].join('\n');
}

/** The comparison as a page with a chart. */
export function adaptationHtml(adaptation: Adaptation): string {
  const curves = curvesOf(adaptation);
  const series = curves.map(({ system, points }, index) => ({
    name: NAMES[system],
    series: index,
    points: points.map(({ size, mean, low, high }) => ({ x: size, mean, low, high })),
  }));
  const title = 'Learning from corrections';
  const blocks: readonly Block[] = [
    heading(1, title),
    {
      kind: 'text',
      text: `Learnt from ${adaptation.train}, scored on ${adaptation.test}. Labelled span F1, the mean over draws with the lowest and the highest. Labels: ${adaptation.labels.join(', ')}.`,
    },
    { kind: 'chart', svg: curveChart(title, 'sentences learnt from', series) },
    { kind: 'list', items: findings(curves) },
    ...table('All figures', HEAD, rowsOf(curves)),
  ];
  return blocksHtml(title, blocks);
}
