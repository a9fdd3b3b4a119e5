import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import {
  annotatorAgreement,
  annotatorPairs,
  commonDecisions,
  curatedText,
  mainAnnotator,
  matchAnnotators,
} from '../../src/core/annotatorComparison.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { decode } from '../../src/core/scheme.ts';
import type { Layer } from '../../src/core/span.ts';

const near = (value: number | null, expected: number): void => {
  assert.ok(value !== null && Math.abs(value - expected) < 5e-5, String(value));
};
const layer = (tags: string): Layer => decode(tags.split(' '), 'repair').layer;

/** A file of sentences, each as its words, tags and id. */
function file(name: string, ...sentences: readonly (readonly [words: string, tags: string, id?: string])[]): string {
  return sentences
    .map(([words, tags, id]) => {
      const marks = tags.split(' ');
      const rows = words.split(' ').map((word, index) => {
        const tag = marks[index] ?? 'O';
        return `${String(index + 1)}\t${word}\t${tag}\t-\t${tag.length > 1 ? name : '-'}\n`;
      });
      return `${id === undefined ? '' : `# sent_id = ${id}\n`}# text = ${words}\n${rows.join('')}\n`;
    })
    .join('');
}

describe('agreement of two annotators', () => {
  it('is that of the worked case', () => {
    const a = layer('O B-PER I-PER O B-LOC O O B-ORG O O');
    const b = layer('O B-PER O O B-LOC O O B-LOC O O');
    const figures = annotatorAgreement([{ a, b, tokens: 10 }]);
    near(figures.kappa, 0.6364);
    near(figures.kappaInside, 0.3846);
    near(figures.spanF1, 0.3333);
    assert.deepEqual(
      figures.labels.map(({ label, f1, a: ofA, b: ofB }) => [
        label,
        f1 === null ? null : Number(f1.toFixed(4)),
        ofA,
        ofB,
      ]),
      [
        ['LOC', 0.6667, 1, 2],
        ['ORG', 0, 1, 0],
        ['PER', 0, 1, 1],
      ],
    );
    assert.deepEqual([figures.sentences, figures.tokens], [1, 10]);
    const swapped = annotatorAgreement([{ a: b, b: a, tokens: 10 }]);
    assert.deepEqual([swapped.kappa, swapped.spanF1], [figures.kappa, figures.spanF1]);
  });

  it('is undefined over nothing', () => {
    const { kappa, kappaInside, spanF1 } = annotatorAgreement([]);
    assert.deepEqual([kappa, kappaInside, spanF1], [null, null, null]);
  });
});

describe('two files over the same sentences', () => {
  const a = parseColumns(
    file(
      'zoe',
      ['Ada slept', 'B-PER O', 's1'],
      ['Rome won', 'B-LOC O', 's2'],
      ['Bob ran', 'B-PER O'],
      ['Only here', 'O O'],
    ),
  );
  const b = parseColumns(
    file(
      'ben',
      ['Bob ran', 'B-PER O'],
      ['Rome wins', 'B-ORG O', 's2'],
      ['Ada slept', 'B-ORG O', 's1'],
      ['There too', 'O O'],
    ),
  );

  it('are matched by id, then by text; other words and missing sentences are told by line', () => {
    const { pairs, mismatches } = matchAnnotators(a, b);
    assert.deepEqual(pairs, [
      { a: 0, b: 2 },
      { a: 2, b: 0 },
    ]);
    assert.deepEqual(
      mismatches.map(({ file: where, line, reason, text }) => [where, line, reason, text]),
      [
        ['a', 6, 'otherWords', 'Rome won'],
        ['a', 15, 'missing', 'Only here'],
        ['b', 15, 'missing', 'There too'],
      ],
    );
  });

  it('become a third in which both names stand, and what they differ in is left', () => {
    const names = { a: mainAnnotator(a) ?? '', b: mainAnnotator(b) ?? '' };
    assert.deepEqual(names, { a: 'zoe', b: 'ben' });
    const pairs = annotatorPairs(a, b, matchAnnotators(a, b));
    const curated = curatedText(pairs, names, '\n');
    assert.ok(
      curated.includes('# conflict = zoe: PER Ada; ben: ORG Ada\n# text = Ada slept\n1\tAda\t_\t-\t-\n'),
      curated,
    );
    assert.ok(curated.includes('# text = Bob ran\n1\tBob\tB-PER\t-\tzoe+ben\n2\tran\tO\t-\tzoe+ben\n'), curated);
    const { sentences, issues } = parseColumns(curated);
    assert.deepEqual(issues, []);
    assert.deepEqual(
      sentences.map(({ gold, id }) => [gold?.length ?? null, id]),
      [
        [null, 's1'],
        [1, undefined],
      ],
    );
  });

  it('leave to a third decision the words of which they say different things', () => {
    const sentence = a.sentences[0];
    assert.ok(sentence);
    const both = { sentence, a: layer('B-PER O B-LOC'), b: layer('B-PER O B-ORG') };
    assert.deepEqual(commonDecisions(both), { layer: layer('B-PER O O'), undecided: [2] });
    // A border on which they differ leaves the words of both spans open.
    const longer = { sentence, a: layer('B-PER I-PER O'), b: layer('B-PER O O') };
    assert.deepEqual(commonDecisions(longer), { layer: [], undecided: [0, 1] });
    const all = sentence.tokens.map((_, index) => index);
    assert.deepEqual(commonDecisions({ ...both, b: null }), { layer: [], undecided: all });
  });
});
