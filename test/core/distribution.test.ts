import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { tagRenamer } from '../../src/core/classification.ts';
import { collapseLabels, mergeTags } from '../../src/core/distribution.ts';

const tags = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];
const values = Float32Array.from([0.1, 0.6, 0, 0.3, 0, 0.3, 0, 0.25, 0.05, 0.4, 0.4, 0, 0.3, 0, 0.3]);
const distribution = { tags, values };

describe('a distribution', () => {
  it('keeps the sum of each row when tags are merged', () => {
    const merged = mergeTags(distribution, tagRenamer({ LOC: 'GPE', PER: 'O' }));
    assert.deepEqual(merged.tags, ['O', 'B-GPE', 'I-GPE']);
    for (let word = 0; word < 3; word++) {
      const sum = merged.values.subarray(word * 3, word * 3 + 3).reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-6);
    }
    assert.deepEqual(collapseLabels(distribution).tags, ['O', 'B', 'I']);
  });
});
