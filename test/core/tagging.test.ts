import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decode, encode } from '../../src/core/scheme.ts';
import { decodeAs, encodeAs, taggingEvidence } from '../../src/core/tagging.ts';
import type { Tagging } from '../../src/core/tagging.ts';
import { layerOver } from './formats/generators.ts';

const taggings: readonly Tagging[] = ['iob1', 'iob2', 'bioes', 'bilou'];

describe('taggings', () => {
  const layer = [
    { first: 0, end: 2, label: 'PER' },
    { first: 2, end: 3, label: 'PER' },
    { first: 4, end: 7, label: 'LOC' },
  ];
  it('write spans as each of them does', () => {
    const tags = (tagging: Tagging): string => encodeAs(layer, 8, tagging).join(' ');
    assert.equal(tags('iob1'), 'I-PER I-PER B-PER O I-LOC I-LOC I-LOC O');
    assert.equal(tags('iob2'), 'B-PER I-PER B-PER O B-LOC I-LOC I-LOC O');
    assert.equal(tags('bioes'), 'B-PER E-PER S-PER O B-LOC I-LOC E-LOC O');
    assert.equal(tags('bilou'), 'B-PER L-PER U-PER O B-LOC I-LOC L-LOC O');
  });

  for (const tagging of taggings)
    it(`give back every layer: ${tagging}`, () => {
      fc.assert(
        fc.property(layerOver(12), (spans) => {
          const tags = encodeAs(spans, 12, tagging);
          assert.deepEqual(decodeAs(tags, tagging), { layer: spans, illegal: [] });
          const evidence = taggingEvidence(tags);
          if (evidence !== undefined && tagging.startsWith('iob')) assert.equal(evidence, tagging);
        }),
      );
    });

  it('agree with the schemes of the study on IOB2, legal or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B', 'I', '-', 'X-PER')),
        (tags) => {
          assert.deepEqual(decodeAs(tags, 'iob2'), decode(tags, 'repair'));
        },
      ),
    );
    fc.assert(
      fc.property(layerOver(9), (spans) => {
        assert.deepEqual(encodeAs(spans, 9, 'iob2'), encode(spans, 9, 'full'));
      }),
    );
  });

  it('read what breaks their rules as well as they can, and say where', () => {
    assert.deepEqual(decodeAs(['I-PER', 'O', 'E-LOC', 'B-ORG', 'I-LOC'], 'bioes'), {
      layer: [
        { first: 0, end: 1, label: 'PER' },
        { first: 2, end: 3, label: 'LOC' },
        { first: 3, end: 4, label: 'ORG' },
        { first: 4, end: 5, label: 'LOC' },
      ],
      illegal: [0, 2, 3, 4],
    });
    assert.deepEqual(decodeAs(['S-PER', 'B-LOC', 'E-LOC'], 'iob2'), {
      layer: [
        { first: 0, end: 1, label: 'PER' },
        { first: 1, end: 3, label: 'LOC' },
      ],
      illegal: [0, 2],
    });
  });
});
