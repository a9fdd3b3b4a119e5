import { strict as assert } from 'node:assert';
import path from 'node:path';
import { after, describe, it } from 'mocha';
import { taggedOfTags } from '../../../src/core/compare.ts';
import { countSentence, sumCounts } from '../../../src/core/counts.ts';
import { plannedViews } from '../../../src/core/evaluationPlan.ts';
import { columnFiles, diskCorpus } from '../../../src/node/corpus/diskCorpus.ts';
import { evaluateCorpus } from '../../../src/node/corpus/evaluateCorpora.ts';
import type { CorpusEntry, EvaluatedCorpus, EvaluationOptions } from '../../../src/node/corpus/evaluateCorpora.ts';
import { repository } from '../../inference/support/bundled.ts';
import { newPredictor, predictions } from '../../inference/support/predicting.ts';

const { predictor } = newPredictor();
const never = new AbortController().signal;
const options: EvaluationOptions = {
  ...{ plan: plannedViews(['bert'], ['full', 'simplified']), policy: 'repair', known: undefined, places: 5 },
  ...{ signal: never, progress: () => undefined },
};

async function sample(): Promise<EvaluatedCorpus> {
  const files = await columnFiles(path.join(repository, 'samples', 'pud-sample.iob2'));
  return diskCorpus('pud', files, never);
}

describe('the evaluation of a corpus from disk', () => {
  after(() => {
    predictor.dispose();
  });

  it('counts what a comparison of all sentences at once counts, in each scheme', async () => {
    const corpus = await sample();
    const entries: CorpusEntry[] = [];
    for await (const { entries: some } of corpus.read(never)) entries.push(...some);
    const shares: number[] = [];
    const evaluated = await evaluateCorpus(corpus, predictor, {
      ...options,
      progress: (share) => {
        shares.push(share);
      },
    });
    for (const { scheme, systems } of options.plan)
      for (const [index, { asked }] of systems.entries()) {
        const answers = await predictions(
          predictor,
          'bert',
          entries.map(({ forms }) => forms),
          { scheme: asked },
        );
        const counts = sumCounts(
          entries.map(({ reference }, at) =>
            countSentence(reference!, answers[at] ?? taggedOfTags([]), scheme, 'repair'),
          ),
        );
        const found = evaluated?.get(scheme);
        assert.equal(found?.sentences, entries.length);
        assert.deepEqual(found.systems[index]?.evaluation.counts.labels, counts.labels);
        assert.deepEqual(found.systems[index].evaluation.counts.tokenCells, counts.tokenCells);
      }
    assert.deepEqual(
      shares,
      [...shares].sort((a, b) => a - b),
    );
    assert.equal(shares.at(-1), 1);
  });

  it('lets whoever looks at a sentence go first, and remembers nothing for others', async () => {
    const entries = Array.from({ length: 900 }, (_, index): CorpusEntry => {
      const forms = ['Paris', 'in', 'version', `${index}`];
      return {
        ...{ id: undefined, documentId: undefined, forms },
        reference: taggedOfTags(['B-LOC', 'O', 'O', 'O']),
        inProgress: false,
        place: { file: 'made', lineOf: (token) => token + 1 },
      };
    });
    const corpus: EvaluatedCorpus = {
      ...{ name: 'made', files: [] },
      read: async function* () {
        await Promise.resolve();
        yield { entries, share: 1 };
      },
    };
    const ends: string[] = [];
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const whole = evaluateCorpus(corpus, predictor, {
      ...options,
      plan: plannedViews(['bert'], ['full']),
      progress: (share) => {
        if (share > 0) begun();
      },
    }).then(() => ends.push('corpus'));
    await started;
    await predictions(predictor, 'bert', [['London', '!']]).then(() => ends.push('sentence'));
    await whole;
    assert.deepEqual(ends, ['sentence', 'corpus']);
    assert.equal(predictor.cached('bert', 'full', entries[0]!.forms), undefined);
    assert.notEqual(predictor.cached('bert', 'full', ['London', '!']), undefined);
  });

  it('gives null for a corpus without gold, and ends when it is stopped', async () => {
    const corpus = await sample();
    const bare: EvaluatedCorpus = {
      ...corpus,
      read: async function* (signal) {
        for await (const { entries, share } of corpus.read(signal))
          yield { entries: entries.map((entry) => ({ ...entry, reference: null })), share };
      },
    };
    assert.equal(await evaluateCorpus(bare, predictor, options), null);
    const stop = new AbortController();
    const stopped = evaluateCorpus(corpus, predictor, {
      ...options,
      signal: stop.signal,
      progress: () => {
        stop.abort();
      },
    });
    await assert.rejects(stopped);
  });
});
