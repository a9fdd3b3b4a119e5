import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { score } from '../../src/cli/score.ts';
import { conllevalByRules, printed } from './support/conllevalRules.ts';
import { runVerb } from './support/verb.ts';

let folder = '';

/** How a line of a file is written, by its place in the sentence, its word and its tag. */
const layouts = {
  uner: (place: number, word: string, tag: string): string => `${place + 1}\t${word}\t${tag}\t-\tme`,
  tabs: (_: number, word: string, tag: string): string => `${word}\t${tag}`,
  spaces: (_: number, word: string, tag: string): string => `${word} ${tag}`,
  conll2003: (_: number, word: string, tag: string): string => `${word} NNP B-NP ${tag}`,
} as const;

const words = fc.constantFrom('the', 'Obama', '-', 'O', 'B-PER', '1', '-X-', '東京', 'a/b', '"', '2-3');

/** Tags as corpora hold them, illegal sequences and half-handled schemes included; the last set is no longer in use. */
const tagSets = [
  ['O', 'O', 'O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'I-ORG', 'B-ORG'],
  ['O', 'I-PER', 'I-PER', 'B-PER', 'I-LOC'],
  ['O', 'O', 'B-PER', 'I-PER', 'E-PER', 'S-PER', 'B-X-Y', 'I-X-Y', 'I-X', 'B-X', 'E-X'],
  ['O', 'B', 'I', 'E', 'S', 'B-A', 'I-A'],
  ['O', 'B-0', 'I-0', 'I-PER', 'B-PER'],
  ['O', 'B-Ä', 'I-Ä', 'B-é', 'I-z', 'B-Z', 'I-a', 'B-a-label-of-many-letters'],
  ['O', '[', '[-A', ']', '.', '.-A', '[-B', ']-A', 'B-A', 'I-A'],
];

const tokens = (tags: readonly string[]): fc.Arbitrary<readonly (readonly [string, string, string])[]> =>
  fc.array(fc.tuple(words, fc.constantFrom(...tags), fc.constantFrom(...tags)), { minLength: 1, maxLength: 9 });

// Brackets do not look like tags, so among four columns they would not be found.
const layoutOf = (tags: readonly string[]): fc.Arbitrary<keyof typeof layouts> =>
  fc.constantFrom('uner', 'tabs', 'spaces', ...(tags.includes('[') ? [] : (['conll2003'] as const)));

const corpora = fc.constantFrom(...tagSets).chain((tags) =>
  fc.record({
    sentences: fc.array(tokens(tags), { minLength: 1, maxLength: 12 }),
    gold: layoutOf(tags),
    predicted: layoutOf(tags),
    agreement: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

const usual = ['It O O', 'is O O', 'Ada B-PER B-PER', 'Lovelace I-PER B-PER'];

const PRINTED = `processed 10 tokens with 5 phrases; found: 5 phrases; correct: 2.
accuracy:  40.00%; precision:  40.00%; recall:  40.00%; FB1:  40.00
                 : precision:   0.00%; recall:   0.00%; FB1:   0.00  1
              LOC: precision:  50.00%; recall: 100.00%; FB1:  66.67  2
           MISC-X: precision:   0.00%; recall:   0.00%; FB1:   0.00  0
              ORG: precision: 100.00%; recall: 100.00%; FB1: 100.00  1
              PER: precision:   0.00%; recall:   0.00%; FB1:   0.00  1
`;

async function scored(
  lines: readonly (readonly [string, string, string] | undefined)[],
  gold: keyof typeof layouts,
  predicted: keyof typeof layouts,
): Promise<string> {
  const fileOf = (name: string, layout: keyof typeof layouts, tag: 1 | 2): string => {
    let place = 0;
    const text = lines.map((line) => {
      if (line !== undefined) return layouts[layout](place++, line[0], line[tag]);
      place = 0;
      return '';
    });
    const path = join(folder, name);
    writeFileSync(path, `${text.join('\n')}\n`);
    return path;
  };
  const outcome = await runVerb(score, [
    ...['--gold', fileOf('gold', gold, 1), '--pred', fileOf('pred', predicted, 2), '--format', 'conlleval'],
  ]);
  assert.deepEqual([outcome.code, outcome.warnings], [0, []]);
  return outcome.text;
}

describe('score --format conlleval', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'conlleval-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('prints what the rules say for files of every layout, legal or not', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, async ({ sentences, gold, predicted, agreement }) => {
        const rows = sentences.map((sentence, index) =>
          sentence.map(([word, right, other], at): readonly [string, string, string] => [
            word,
            right,
            ((index * 31 + at * 17) % 100) / 100 < agreement ? right : other,
          ]),
        );
        const head = usual.map((line) => line.split(' ') as unknown as readonly [string, string, string]);
        const lines = [head, ...rows].flatMap((sentence) => [...sentence, undefined]);
        assert.equal(
          await scored(lines, gold, predicted),
          conllevalByRules(lines.map((line) => line?.join(' ') ?? '')),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('agrees with what conlleval itself printed', async () => {
    // Checked once with conlleval.pl of 2004-01-26.
    const text = [
      '-DOCSTART- O O',
      '',
      'a I-PER B-PER',
      'b I-PER I-PER',
      'c B-PER I-PER',
      'd O I-LOC',
      '-X- B-LOC B-LOC',
      'e I-LOC I-LOC',
      '',
      'f B-MISC-X O',
      'g O B-0',
      'h S-ORG S-ORG',
      'i S-ORG E-ORG',
    ];
    const lines = text.map((line) =>
      line === '' ? undefined : (line.split(' ') as unknown as readonly [string, string, string]),
    );
    assert.equal(await scored(lines, 'tabs', 'spaces'), PRINTED);
    assert.equal(conllevalByRules(text), PRINTED);
  });

  it('rounds as C does', () => {
    for (const [value, text] of [
      [12.125, '12.12'],
      [0.375, '0.38'],
      [100, '100.00'],
      [0, '0.00'],
      [(100 * 1) / 3, '33.33'],
      [66.665, '66.67'],
      [1.005, '1.00'],
    ] as const)
      assert.equal(printed(value), text);
  });
});
