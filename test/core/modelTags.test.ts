import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { readTags, standardTag } from '../../src/core/modelTags.ts';

const renamed = (tags: readonly string[], map: Record<string, string> = {}): readonly string[] => {
  const reading = readTags(tags, map);
  assert.ok(reading.ok, reading.ok ? '' : reading.message);
  return tags.map(reading.value.rename);
};

describe("a model's own tags", () => {
  it('become IOB tags whatever their scheme', () => {
    assert.deepEqual(
      ['O', 'B-PER', 'I-PER', 'S-LOC', 'E-LOC', 'U-ORG', 'L-ORG', 'B_geo', 'PERSON', 'B', 'I', 'out'].map(standardTag),
      ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG', 'B-geo', 'I-PERSON', 'B', 'I', 'O'],
    );
  });

  it('are mapped by label or as a whole', () => {
    assert.deepEqual(renamed(['O', 'B-GPE', 'I-GPE', 'B-MISC'], { GPE: 'LOC', MISC: 'O' }), [
      'O',
      'B-LOC',
      'I-LOC',
      'O',
    ]);
    assert.deepEqual(renamed(['LABEL_0', 'LABEL_1', 'LABEL_2'], { LABEL_0: 'O', LABEL_1: 'B-PER', LABEL_2: 'PER' }), [
      'O',
      'B-PER',
      'I-PER',
    ]);
  });

  it('keep labels of 18 kinds apart and in order', () => {
    const kinds = Array.from({ length: 18 }, (_, index) => `KIND_${index}`);
    const reading = readTags(['O', ...kinds.flatMap((kind) => [`B-${kind}`, `I-${kind}`])], {});
    assert.deepEqual(reading.ok && reading.value.labels, kinds);
    assert.equal(reading.ok && reading.value.simplified, false);
  });

  it('say when there are no labels', () => {
    const reading = readTags(['O', 'B', 'I'], {});
    assert.deepEqual(reading.ok && [reading.value.simplified, reading.value.labels], [true, []]);
  });

  it('do not take inherited names for entries of the map', () => {
    assert.deepEqual(renamed(['O', 'B-constructor', 'B-toString']), ['O', 'B-constructor', 'B-toString']);
  });

  it('fail where the map names what is not there, or nobody said what a tag means', () => {
    const stray = readTags(['O', 'B-PER'], { GPE: 'LOC' });
    assert.ok(!stray.ok && stray.message.includes('GPE'));
    const nameless = readTags(['LABEL_0', 'LABEL_1'], { LABEL_0: 'O' });
    assert.ok(!nameless.ok && nameless.message.includes('LABEL_1'));
  });
});
