import { reportSteps } from '../../../src/core/report/buildReport.ts';
import { taggedOfTags } from '../../../src/core/compare.ts';
import { corpusEvaluator } from '../../../src/core/corpusEvaluation.ts';
import { plannedViews } from '../../../src/core/evaluationPlan.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ReportCorpusInput } from '../../../src/core/report/report.ts';
import { encode } from '../../../src/core/scheme.ts';
import type { Scheme } from '../../../src/core/scheme.ts';
import { finish } from '../../../src/core/steps.ts';
import { placesKey } from '../../../src/extension/evaluation/evaluated.ts';
import type { NumberedEvaluation } from '../../../src/extension/evaluation/evaluated.ts';
import { madeCorpus, madeReport, madeTags } from '../../core/support/reports.ts';

const plan = plannedViews(['bert', 't5'], ['full', 'simplified']);

/** A made-up corpus, whose systems make errors at a rate, as an evaluation gives it. */
function evaluatedCorpus(
  name: string,
  scheme: Scheme,
  seed: number,
  sentences: number,
  rate: number,
): ReportCorpusInput {
  const { systems } = plan.find((view) => view.scheme === scheme)!;
  const running = corpusEvaluator(systems.length, scheme, 'repair', { examples: 100, cells: true });
  const random = seededRandom(seed);
  madeCorpus(seed, sentences).forEach((sentence, index) => {
    const { forms, gold, documentId } = sentence;
    const answers = systems.map((_, system) => taggedOfTags(madeTags(sentence, rate * (1 + system / 3), random)));
    running.add(
      {
        ...{ id: `s${index}`, forms, documentId, known: undefined },
        place: { file: `${name}.iob2`, lineOf: (token) => index * 30 + token + 1 },
        reference: taggedOfTags(encode(gold, forms.length, 'full')),
      },
      answers.map((answer) => ({ ...answer, probabilities: answer.tags.map(() => 0.9) })),
    );
  });
  const { systems: evaluations, between } = running.result();
  return {
    ...{ name, sentences: sentences + 2, inProgress: 1, between },
    files: [{ name: `${name}.iob2`, sha256: 'ab'.repeat(32) }],
    systems: systems.map(({ name: system }, index) => ({
      name: system,
      evaluation: evaluations[index]!,
      cost: {
        sentences,
        milliseconds: 9 * sentences,
        pieces: 21 * sentences,
        generatedPieces: 0,
        residentBytes: 2 ** 28,
      },
    })),
  };
}

/** An evaluation of one or two made-up corpora in both schemes. */
export function madeEvaluation(id: number, corpora: 1 | 2 = 2): NumberedEvaluation {
  const views = plan.map(({ scheme }) => ({
    scheme,
    labels: ['PER', 'ORG', 'LOC'],
    corpora: [
      evaluatedCorpus('ewt', scheme, 1, 80, 0.04),
      ...(corpora === 2 ? [evaluatedCorpus('pud', scheme, 5, 60, 0.1)] : []),
    ],
  }));
  const report = finish(reportSteps({ ...madeReport([]), views }));
  return {
    ...{ id, plan, report },
    title: views[0]!.corpora.map(({ name }) => name).join(', '),
    places: new Map(
      views.flatMap(({ scheme, corpora: all }) =>
        all.flatMap((corpus) =>
          corpus.systems.map(
            ({ name, evaluation: { examples, cells } }) =>
              [placesKey(scheme, corpus.name, name), { examples, cells }] as const,
          ),
        ),
      ),
    ),
    files: new Map(),
    notices: ['pud.iob2 has unsaved changes: what is on disk was evaluated.'],
  };
}
