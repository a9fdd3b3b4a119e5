import { readingsText } from '../metrics.ts';
import type { Report, ReportView } from './report.ts';
import type { Scheme } from '../scheme.ts';
import { intervalChart } from './charts.ts';
import { shownInterval, shownRatio } from './markup.ts';
import { heading, table } from './reportBlock.ts';
import type { Block } from './reportBlock.ts';
import { corpusBlocks } from './reportCorpus.ts';
import { domainBlocks } from './reportDomains.ts';
import { POLICY_NAMES, definitions } from './reportWords.ts';

function percent(value: number | null): string {
  return value === null ? '–' : `${(100 * value).toFixed(1)} %`;
}

/** The schemes as a report says them. */
const SCHEME_NAMES = {
  full: 'Full scheme (B and I of each label, O)',
  simplified: 'Simplified scheme (B, I, O)',
} as const satisfies Record<Scheme, string>;

function summary(view: ReportView): Block[] {
  const { scheme, corpora } = view;
  const rows = corpora.flatMap((corpus) => corpus.systems.map((system) => ({ corpus, system })));
  const several = corpora.length > 1;
  const readings = rows.map(({ corpus, system }) => ({
    name: several ? `${system.name} on ${corpus.name}` : system.name,
    reading: system.figures.tokenMacroReading,
  }));
  const macro = `token macro (${readingsText(readings)})`;
  return [
    heading(2, SCHEME_NAMES[scheme]),
    {
      kind: 'chart',
      svg: intervalChart(
        `Labelled span F1 with 95 % intervals, ${scheme} scheme`,
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
    ...domainBlocks(view),
  ];
}

/** A whole report in reading order. */
export function reportBlocks(report: Report): readonly Block[] {
  const { made, tool, policy, seed, draws, rounds, models, environment, views } = report;
  const files = new Map(
    views.flatMap(({ corpora }) =>
      corpora.flatMap(({ name: corpus, files: all }) =>
        all.map(({ name, sha256 }) => [`${corpus}\n${name}`, [name, sha256]] as const),
      ),
    ),
  );
  return [
    heading(1, 'Evaluation of named entity recognition'),
    {
      kind: 'text',
      text: `${made}, ${tool.name} ${tool.version}. Scheme: ${views.map(({ scheme }) => scheme).join(' and ')}. Illegal sequences: ${POLICY_NAMES[policy]}.`,
    },
    ...views.flatMap(summary),
    ...views.flatMap(({ scheme, corpora }) =>
      corpora.flatMap((corpus) =>
        corpusBlocks(corpus, views.length > 1 ? `${corpus.name}, ${scheme} scheme` : corpus.name),
      ),
    ),
    heading(2, 'How it is counted'),
    { kind: 'list', items: definitions(policy) },
    heading(2, 'To repeat it'),
    ...table('Corpora', ['file', 'SHA-256'], [...files.values()]),
    ...table(
      'Models',
      ['model', 'family', 'licence', 'file', 'SHA-256'],
      models.flatMap(({ name, id, family, licence, files: all }) =>
        all.map(({ path, sha256 }) => [`${name} (${id})`, family, licence ?? '–', path, sha256]),
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
