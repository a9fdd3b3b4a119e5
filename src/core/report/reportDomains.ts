import { groupName, shiftSentence } from '../domains.ts';
import type { GroupChange } from '../domains.ts';
import { FAILURE_NAMES, failureName } from '../failure.ts';
import type { ReportCorpus, ReportSystem, ReportView } from './report.ts';
import { barChart } from './charts.ts';
import { shownDifference, shownInterval, shownRatio } from './markup.ts';
import { heading, table } from './reportBlock.ts';
import type { Block } from './reportBlock.ts';

/** Failures of one mode per hundred spans of the reference. */
export function failureRate(system: ReportSystem, mode: string): number {
  return (100 * (system.failures[mode] ?? 0)) / Math.max(1, system.figures.labelledSpan.gold);
}

function changed(change: GroupChange | null): string {
  if (change === null) return '–';
  return `${groupName(change)} (${change.perHundred < 0 ? '−' : '+'}${Math.abs(change.perHundred).toFixed(1)})`;
}

/** The answers of one system to the corpora that it answered. */
function answersOf(corpora: readonly ReportCorpus[], name: string): readonly (readonly [string, ReportSystem])[] {
  return corpora.flatMap((corpus) =>
    corpus.systems.flatMap((system) => (system.name === name ? [[corpus.name, system] as const] : [])),
  );
}

/** Several corpora side by side: figures, differences, and how each system fails on each; nothing for one corpus. */
export function domainBlocks({ corpora, shifts }: ReportView): Block[] {
  if (corpora.length < 2) return [];
  const names = [...new Set(corpora.flatMap(({ systems }) => systems.map(({ name }) => name)))];
  return [
    heading(3, 'From one corpus to another'),
    { kind: 'text', text: 'Labelled span F1, with 95 % intervals drawn from each corpus by itself:' },
    { kind: 'list', items: shifts.map(shiftSentence) },
    ...table(
      'Labelled span F1 on each corpus; 95 % intervals in brackets',
      ['system', ...corpora.map(({ name }) => name)],
      names.map((name) => [
        name,
        ...corpora.map(({ systems }) => {
          const system = systems.find((one) => one.name === name);
          return system === undefined
            ? '–'
            : `${shownRatio(system.figures.labelledSpan.f1)} ${shownInterval(system.intervals.labelled)}`;
        }),
      ]),
    ),
    ...table(
      'Differences of labelled span F1; failures per hundred gold spans in brackets',
      ['system', 'difference', '95 % interval', 'what grew most', 'what shrank most'],
      shifts.map(({ system, from, to, difference, interval, grew, shrank }) => [
        `${system}: ${from} → ${to}`,
        shownDifference(difference),
        shownInterval(interval),
        changed(grew),
        changed(shrank),
      ]),
    ),
    ...names.flatMap((name): Block[] => {
      const answers = answersOf(corpora, name);
      const modes = Object.keys(FAILURE_NAMES).filter((mode) =>
        answers.some(([, system]) => (system.failures[mode] ?? 0) > 0),
      );
      if (modes.length === 0) return [];
      const title = `How ${name} fails on each corpus, per hundred gold spans`;
      return [
        heading(4, title),
        {
          kind: 'chart',
          svg: barChart(
            title,
            answers.map(([corpus]) => corpus),
            modes.map((mode) => ({
              name: failureName(mode),
              values: answers.map(([, system]) => failureRate(system, mode)),
            })),
          ),
        },
        ...table(
          title,
          ['failure', ...answers.map(([corpus]) => corpus)],
          modes.map((mode) => [
            failureName(mode),
            ...answers.map(([, system]) => `${failureRate(system, mode).toFixed(1)} (${system.failures[mode] ?? 0})`),
          ]),
          true,
        ),
      ];
    }),
  ];
}
