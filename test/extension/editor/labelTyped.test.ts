import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { labelTyped } from '../../../src/extension/editor/labelTyped.ts';

const labels = [
  ['PER', 'p'],
  ['LOC', 'l'],
  ['PROD', 'r'],
  ['X', 'x'],
  ['DATE', 'y'],
].map(([name = '', key = ''], index) => ({ name, key, color: index + 1, description: '' }));
const said = (value: string): string => {
  const typed = labelTyped(labels, value);
  return typed.kind === 'filter' ? 'filter' : `${typed.kind} ${typed.label.name}`;
};

describe('what is typed in the list of labels', () => {
  it('picks by a key alone only where no name could be meant', () => {
    assert.equal(said('y'), 'picked DATE');
    assert.equal(said('r'), 'picked PROD');
    assert.equal(said('X'), 'picked X');
    // PROD begins with it, and so does the name of the key's own label.
    assert.equal(said('p'), 'first PER');
    assert.equal(said('l'), 'first LOC');
  });

  it('filters else, and never picks on the way to a name', () => {
    for (const { name } of labels)
      for (let length = 1; length < name.length; length++)
        assert.notEqual(labelTyped(labels, name.slice(0, length)).kind, 'picked', name.slice(0, length));
    assert.deepEqual(['pr', 'PRO', 'prod', 'zz', ''].map(said), [
      'first PROD',
      'first PROD',
      'first PROD',
      'filter',
      'filter',
    ]);
  });
});
