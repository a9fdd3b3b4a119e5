import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { cohenKappa, cohenKappaInside, kappaOfCells, rawAgreement, spanAgreement } from '../../src/core/agreement.ts';
import { decode } from '../../src/core/scheme.ts';
import { countLines, tags } from './support/layers.ts';

const A = tags('O B-PER I-PER O B-LOC O O B-ORG O O');
const B = tags('O B-PER O O B-LOC O O B-LOC O O');

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

  it('is undefined where it is 0/0', () => {
    assert.deepEqual(
      [
        cohenKappa([], []),
        cohenKappa(['O', 'O'], ['O', 'O']),
        cohenKappaInside(['O'], ['O']),
        spanAgreement([]),
        spanAgreement([[[], []]]),
      ],
      new Array(5).fill(null),
    );
  });

  it('is 1 for full agreement and can be below 0', () => {
    assert.equal(cohenKappa(A, A), 1);
    assert.equal(cohenKappa(['x', 'y'], ['y', 'x']), -1);
  });
});
