import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { declaredLabels } from '../../src/core/declaredLabels.ts';
import type { DeclaredLabel } from '../../src/core/declaredLabels.ts';

function all(text: string): readonly DeclaredLabel[] {
  const lines = text.split('\n');
  return declaredLabels(lines.length, (line) => lines[line] ?? '');
}

function declared(text: string): readonly string[] {
  return all(text).map(({ name }) => name);
}

describe('labels that a file declares', () => {
  it('are those of its comment before the first token', () => {
    assert.deepEqual(declared('\uFEFF# labels = PER, WORK  PER\n\n1\tAda\tO\t-\t-\n'), ['PER', 'WORK']);
    assert.deepEqual(declared('# newdoc id = a\n\n# labels=GENE\n1\tp53\tO\t-\t-\n'), ['GENE']);
    assert.deepEqual(declared('1\tAda\tO\t-\t-\n# labels = PER\n'), []);
    assert.deepEqual(declared('# labels =\n'), []);
    assert.deepEqual(declared(''), []);
  });

  it('may have a key, a colour and a description', () => {
    const text =
      '# labels = CELL GENE\n# label = GENE key=G color=4 A gene or key=x\n# label = DRUG\n# label =\np53\tO\n';
    assert.deepEqual(all(text), [
      { name: 'CELL' },
      { name: 'GENE', key: 'g', color: 4, description: 'A gene or key=x' },
      { name: 'DRUG' },
    ]);
  });
});
