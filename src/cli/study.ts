import { access } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Scheme } from '../core/scheme.ts';
import type { ModelSource } from '../core/span.ts';
import { predictorChoices } from './choices.ts';
import { readColumns } from './corpusFile.ts';
import { evaluateCorpus } from './evaluateCorpus.ts';
import type { SystemEvaluation } from './evaluateCorpus.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { withPredictor } from './withPredictor.ts';
import { SOURCE_NAMES } from '../core/span.ts';

const usage = `study [options]

Prints the reference study's table (arXiv 2605.18462) with ours beside it: four systems on two test sets of Universal NER
English, EWT (in domain) and PUD (out of domain).

  --data DIR         the folder of uner_en_ewt.test.iob2 and uner_en_pud.test.iob2 (default ../shared/data/uner)
  --only WORD        only the systems whose name holds WORD, such as “T5” or “full”
  --models DIR       a folder with manifest.json and model folders (default: the bundled models)
  --threads N        threads of the model process (default: all cores)
  --progress         draw the progress bar even where stderr is no terminal
  --json             every figure as JSON instead of the table
`;

interface Row {
  readonly name: string;
  readonly system: ModelSource;
  readonly scheme: Scheme;
  readonly domain: 'EWT' | 'PUD';
  /** The study's published figures. */
  readonly study: {
    readonly unlabelled: number;
    readonly labelled: number;
    readonly spanF1: number;
    readonly macroF1: number;
    readonly perSecond: number | null;
  };
}

const FILES = { EWT: 'uner_en_ewt.test.iob2', PUD: 'uner_en_pud.test.iob2' } as const;

function row(
  system: ModelSource,
  scheme: Scheme,
  domain: Row['domain'],
  [unlabelled, labelled, spanF1, macroF1]: readonly [number, number, number, number],
  perSecond: number | null,
): Row {
  const name = `${SOURCE_NAMES[system]}, ${scheme}`;
  return { name, system, scheme, domain, study: { unlabelled, labelled, spanF1, macroF1, perSecond } };
}

/** The study gives speeds of its T5 only; its BERT simplified on EWT is printed as dev. */
const ROWS: readonly Row[] = [
  row('bert', 'full', 'EWT', [0.8539, 0.8217, 0.8161, 0.8242], null),
  row('bert', 'full', 'PUD', [0.8316, 0.7684, 0.7694, 0.8085], null),
  row('bert', 'simplified', 'EWT', [0.8923, 0.8915, 0.87, 0.9215], null),
  row('bert', 'simplified', 'PUD', [0.8465, 0.8381, 0.8417, 0.9047], null),
  row('t5', 'full', 'EWT', [0.8364, 0.7904, 0.8206, 0.8047], 8.2),
  row('t5', 'full', 'PUD', [0.8316, 0.7498, 0.7803, 0.8008], 9.8),
  row('t5', 'simplified', 'EWT', [0.8524, 0.8483, 0.8441, 0.9031], 14.0),
  row('t5', 'simplified', 'PUD', [0.8763, 0.8763, 0.8698, 0.9127], 15.5),
];

async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: path.join('..', 'shared', 'data', 'uner') },
      only: { type: 'string', default: '' },
      models: { type: 'string' },
      threads: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const choices = predictorChoices(values, undefined, availableParallelism());
  const wanted = ROWS.filter(({ name }) => name.includes(values.only));
  if (wanted.length === 0) throw new UsageError(`--only “${values.only}” names no system.`);
  for (const name of Object.values(FILES)) {
    const file = path.join(values.data, name);
    await access(file).catch(() => {
      throw new CliError(`${file} is missing. Name the folder of Universal NER's English files with --data DIR.`);
    });
  }
  const results = await withPredictor(context, choices, async (predictor) => {
    const measured: { readonly row: Row; readonly ours: SystemEvaluation }[] = [];
    for (const entry of wanted) {
      const document = await readColumns(path.join(values.data, FILES[entry.domain]), context.warn);
      const what = `${entry.name}, ${entry.domain}`;
      const ours = await evaluateCorpus(predictor, entry.system, entry.scheme, document, context, what);
      measured.push({ row: entry, ours });
    }
    return measured;
  });
  context.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : tables(results));
  return 0;
}

/** The `study` command. */
export const study: Verb = { usage, run };

function tables(results: readonly { readonly row: Row; readonly ours: SystemEvaluation }[]): string {
  const figures = results.map(({ row: { name, domain, study: theirs }, ours }) =>
    cells([
      name,
      `${domain} test`,
      `${ratio(ours.labelledSpan.f1)} (${ratio(theirs.spanF1)})`,
      `${ratio(ours.unlabelledSpan.f1)} (${ratio(theirs.unlabelled)})`,
      ratio(ours.strictSpan.f1),
      `${ratio(ours.tokenMacroF1)} (${ratio(theirs.macroF1)})`,
      `${ours.sentencesPerSecond.toFixed(0)}${theirs.perSecond === null ? '' : ` (${theirs.perSecond.toFixed(1)})`}`,
    ]),
  );
  const tags = results.map(({ row: { name, domain }, ours }) =>
    cells([
      name,
      `${domain} test`,
      Object.entries(ours.tokenF1)
        .map(([tag, f1]) => `${tag} ${ratio(f1)}`)
        .join(', '),
    ]),
  );
  const head = [
    'system',
    'test set',
    'labelled span F1',
    'unlabelled span F1',
    'strict span F1',
    'token macro F1',
    'sentences/s',
  ];
  return [
    'Ours, with the figures of the study in brackets. Macro F1 is over all tags of the scheme, O included.',
    '',
    cells(head),
    cells(head.map(() => '---')),
    ...figures,
    '',
    cells(['system', 'test set', 'token F1 by tag']),
    cells(['---', '---', '---']),
    ...tags,
    '',
  ].join('\n');
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

function ratio(value: number | null): string {
  return value === null ? '–' : value.toFixed(3).replace(/^0/u, '');
}
