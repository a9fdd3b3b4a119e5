import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { declaredLabels } from '../../src/core/declaredLabels.ts';

function declared(text: string): readonly string[] {
  const lines = text.split('\n');
  return declaredLabels(lines.length, (line) => lines[line] ?? '');
}

describe('labels that a file declares', () => {
  it('are those of its comment before the first token', () => {
    assert.deepEqual(declared('\uFEFF# labels = PER, WORK  PER\n\n1\tAda\tO\t-\t-\n'), ['PER', 'WORK']);
    assert.deepEqual(declared('# newdoc id = a\n\n# labels=GENE\n1\tp53\tO\t-\t-\n'), ['GENE']);
    assert.deepEqual(declared('1\tAda\tO\t-\t-\n# labels = PER\n'), []);
    assert.deepEqual(declared('# labels =\n'), []);
    assert.deepEqual(declared(''), []);
  });
});
