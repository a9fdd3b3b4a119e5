import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import {
  cohenKappa,
  cohenKappaInside,
  fleissKappa,
  kappaOfCells,
  krippendorffAlpha,
  rawAgreement,
  spanAgreement,
} from '../../src/core/agreement.ts';
import type { Ratings } from '../../src/core/agreement.ts';
import { decode } from '../../src/core/scheme.ts';
import { countLines, tags } from './support/layers.ts';

const A = tags('O B-PER I-PER O B-LOC O O B-ORG O O');
const B = tags('O B-PER O O B-LOC O O B-LOC O O');
const C = tags('O B-PER I-PER O B-LOC O O B-ORG O B-LOC');

function units(...raters: readonly (readonly (string | undefined)[])[]): Ratings[] {
  return A.map((_, index) => raters.map((rater) => rater[index]));
}

function printed(value: number | null): string {
  return value === null ? 'null' : value.toFixed(4);
}

describe('agreement', () => {
  it('Cohen over all tokens, and over those that either tags', () => {
    assert.equal(printed(rawAgreement(A, B)), '0.8000');
    assert.equal(printed(cohenKappa(A, B)), '0.6364');
    assert.equal(printed(cohenKappaInside(A, B)), '0.3846');
  });

  it('Cohen from the matrix of tags, as from the tokens', () => {
    const { tokenCells } = countLines([A.join(' ')], [B.join(' ')]);
    assert.equal(kappaOfCells(tokenCells, false), cohenKappa(A, B));
    assert.equal(kappaOfCells(tokenCells, true), cohenKappaInside(A, B));
    assert.equal(kappaOfCells(new Map(), false), null);
  });

  it('span F1', () => {
    assert.equal(printed(spanAgreement([[decode(A, 'repair').layer, decode(B, 'repair').layer]])), '0.3333');
  });

  it('Fleiss', () => {
    assert.equal(printed(fleissKappa(units(A, B, C))), '0.6629');
  });

  it('Krippendorff, also with missing ratings', () => {
    assert.equal(printed(krippendorffAlpha(units(A, B))), '0.6481');
    assert.equal(printed(krippendorffAlpha(units(A, B, C))), '0.6742');
    const holes = C.map((tag, index) => (index === 3 || index === 7 ? undefined : tag));
    assert.equal(printed(krippendorffAlpha(units(A, B, holes))), '0.6447');
  });

  it('is undefined where it is 0/0', () => {
    const none: Ratings[] = [];
    assert.deepEqual(
      [
        cohenKappa([], []),
        cohenKappa(['O', 'O'], ['O', 'O']),
        cohenKappaInside(['O'], ['O']),
        fleissKappa(none),
        fleissKappa([['O', 'O']]),
        fleissKappa([['O', undefined]]),
        krippendorffAlpha(none),
        krippendorffAlpha([['O', 'O']]),
        krippendorffAlpha([['O', undefined]]),
        spanAgreement([]),
        spanAgreement([[[], []]]),
      ],
      new Array(11).fill(null),
    );
  });

  it('is 1 for full agreement and can be below 0', () => {
    assert.equal(cohenKappa(A, A), 1);
    assert.equal(fleissKappa(units(A, A, A)), 1);
    assert.equal(krippendorffAlpha(units(A, A)), 1);
    assert.equal(cohenKappa(['x', 'y'], ['y', 'x']), -1);
  });
});
