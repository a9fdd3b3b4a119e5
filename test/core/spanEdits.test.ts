import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { layerFault } from '../../src/core/span.ts';
import type { Layer } from '../../src/core/span.ts';
import { RESHAPES, nextSpan, reshaped } from '../../src/core/spanEdits.ts';
import type { Reshape } from '../../src/core/spanEdits.ts';
import { anyLayer } from './support/layers.ts';

const layer: Layer = [
  { first: 1, end: 3, label: 'PER' },
  { first: 3, end: 4, label: 'ORG' },
  { first: 6, end: 8, label: 'LOC' },
];

function after(how: Reshape, first: number, end = first + 1, of: Layer = layer, length = 9): string {
  const outcome = reshaped(of, { first, end }, how, length);
  return outcome.ok
    ? outcome.value.layer.map((span) => `${span.label} ${String(span.first)}-${String(span.end)}`).join(', ')
    : outcome.reason;
}

describe('changes of a span', () => {
  it('move a border by a token, at the neighbour’s cost where it is in the way', () => {
    assert.equal(after('extendStart', 2), 'PER 0-3, ORG 3-4, LOC 6-8');
    assert.equal(after('extendEnd', 7), 'PER 1-3, ORG 3-4, LOC 6-9');
    assert.equal(after('extendEnd', 1), 'PER 1-4, LOC 6-8');
    assert.equal(after('extendStart', 3), 'PER 1-2, ORG 2-4, LOC 6-8');
    assert.equal(after('shrinkEnd', 1), 'PER 1-2, ORG 3-4, LOC 6-8');
    assert.equal(after('shrinkStart', 1), 'PER 2-3, ORG 3-4, LOC 6-8');
  });

  it('are refused where there is nothing to change', () => {
    assert.equal(after('extendEnd', 5), 'noSpan');
    assert.equal(after('shrinkEnd', 3), 'noRoom');
    assert.equal(after('extendEnd', 7, 8, layer, 8), 'noRoom');
    assert.equal(after('extendStart', 0, 1, [{ first: 0, end: 1, label: 'PER' }]), 'noRoom');
    assert.equal(after('split', 3), 'noSplit');
    assert.equal(after('merge', 1, 2, layer.slice(0, 1)), 'noNeighbour');
  });

  it('split before the chosen token, keeping the label', () => {
    assert.equal(after('split', 2), 'PER 1-2, PER 2-3, ORG 3-4, LOC 6-8');
    assert.equal(after('split', 6), 'PER 1-3, ORG 3-4, LOC 6-7, LOC 7-8');
  });

  it('merge with the nearer neighbour, or all that is chosen', () => {
    assert.equal(after('merge', 1), 'PER 1-4, LOC 6-8');
    assert.equal(after('merge', 3), 'ORG 1-4, LOC 6-8');
    assert.equal(after('merge', 6), 'PER 1-3, LOC 3-8');
    assert.equal(after('merge', 1, 9), 'PER 1-8');
  });

  it('always leave a legal layer, and touch the chosen tokens’ span', () => {
    fc.assert(
      fc.property(anyLayer, fc.nat(35), fc.constantFrom(...RESHAPES), (made, first, how) => {
        const outcome = reshaped(made, { first, end: first + 1 }, how, 36);
        if (!outcome.ok) return;
        assert.equal(layerFault(outcome.value.layer, 36), undefined);
        assert.ok(
          outcome.value.layer.some((span) => span.first <= outcome.value.first && outcome.value.end <= span.end),
        );
      }),
    );
  });
});

describe('the way from span to span', () => {
  const layers: readonly Layer[] = [layer, [{ first: 1, end: 2, label: 'PER' }]];
  it('goes over the spans of all sources, the longer one first', () => {
    assert.deepEqual(nextSpan(layers, { first: 0, end: 1 }, 1), { first: 1, end: 3 });
    assert.deepEqual(nextSpan(layers, { first: 1, end: 3 }, 1), { first: 3, end: 4 });
    assert.equal(nextSpan(layers, { first: 6, end: 8 }, 1), undefined);
    assert.deepEqual(nextSpan(layers, { first: 6, end: 8 }, -1), { first: 3, end: 4 });
    assert.equal(nextSpan(layers, { first: 1, end: 3 }, -1), undefined);
  });
});
