import { failureName } from '../failure.ts';
import type { Report } from '../report.ts';
import { intervalChart } from './charts.ts';
import { shownDifference, shownInterval, shownRatio } from './markup.ts';
import { heading, table } from './reportBlock.ts';
import type { Block } from './reportBlock.ts';
import { corpusBlocks } from './reportCorpus.ts';
import { POLICY_NAMES, definitions } from './reportWords.ts';

function percent(value: number | null): string {
  return value === null ? '–' : `${(100 * value).toFixed(1)} %`;
}

function summary(report: Report): Block[] {
  const rows = report.corpora.flatMap((corpus) => corpus.systems.map((system) => ({ corpus, system })));
  const several = report.corpora.length > 1;
  const macro = `token macro (${rows[0]?.system.figures.tokenMacroReading ?? ''})`;
  return [
    {
      kind: 'chart',
      svg: intervalChart(
        'Labelled span F1 with 95 % intervals',
        rows.map(({ corpus, system }) => ({
          name: several ? `${corpus.name}, ${system.name}` : system.name,
          series: corpus.systems.indexOf(system),
          value: system.figures.labelledSpan.f1,
          interval: system.intervals.labelled,
        })),
      ),
    },
    ...table(
      'F1 of every system; 95 % intervals in brackets',
      ['corpus, system', 'labelled span', 'unlabelled span', 'strict span', macro, 'token accuracy'],
      rows.map(({ corpus, system: { name, figures, intervals } }) => [
        `${corpus.name}, ${name}`,
        `${shownRatio(figures.labelledSpan.f1)} ${shownInterval(intervals.labelled)}`,
        `${shownRatio(figures.unlabelledSpan.f1)} ${shownInterval(intervals.unlabelled)}`,
        `${shownRatio(figures.strictSpan.f1)} ${shownInterval(intervals.strict)}`,
        shownRatio(figures.tokenMacroF1),
        percent(figures.accuracy),
      ]),
    ),
  ];
}

function shifts({ shifts: found }: Report): Block[] {
  const rows = found.map(({ system, from, to, difference, interval, grew }) => [
    `${system}: ${from} → ${to}`,
    shownDifference(difference),
    shownInterval(interval),
    grew === null ? '–' : `${grew.label}, ${failureName(grew.mode)} (+${grew.perHundred.toFixed(1)} per hundred spans)`,
  ]);
  const head = ['system', 'labelled span F1', '95 % interval', 'what grew most'];
  return rows.length === 0 ? [] : [heading(2, 'From one corpus to another'), ...table('Domains', head, rows)];
}

/** A whole report in reading order. */
export function reportBlocks(report: Report): readonly Block[] {
  const { made, tool, scheme, policy, seed, draws, rounds, models, environment } = report;
  return [
    heading(1, 'Evaluation of named entity recognition'),
    {
      kind: 'text',
      text: `${made}, ${tool.name} ${tool.version}. Scheme: ${scheme}. Illegal sequences: ${POLICY_NAMES[policy]}.`,
    },
    ...summary(report),
    ...shifts(report),
    ...report.corpora.flatMap(corpusBlocks),
    heading(2, 'How it is counted'),
    { kind: 'list', items: definitions(policy) },
    heading(2, 'To repeat it'),
    ...table(
      'Models',
      ['model', 'family', 'licence', 'file', 'SHA-256'],
      models.flatMap(({ name, id, family, licence, files }) =>
        files.map(({ path, sha256 }) => [`${name} (${id})`, family, licence ?? '–', path, sha256]),
      ),
    ),
    ...table(
      'Versions',
      ['what', 'version'],
      [[tool.name, tool.version], ...environment.map(([name, version]) => [name, version])],
    ),
    { kind: 'text', text: `Seed ${seed}, ${draws} bootstrap draws, up to ${rounds} rounds of randomisation.` },
  ];
}
