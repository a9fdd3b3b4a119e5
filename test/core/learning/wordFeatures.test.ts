import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { wordFeatures, wordShape } from '../../../src/core/learning/wordFeatures.ts';

describe('the features of a word', () => {
  it('are its shape', () => {
    assert.deepEqual(['BRCA1', 'Ada', 'p53', 'Übersee-2024', '.'].map(wordShape), ['XXd', 'Xxx', 'xdd', 'Xxx-dd', '.']);
  });

  it('are the words and shapes around it, and its affixes', () => {
    assert.deepEqual(wordFeatures(['The', 'Kinases', '!'])[1], [
      's=Xxx',
      'w-2=\u0000',
      'w-1=the',
      's-1=Xxx',
      'w0=kinases',
      'w1=!',
      's1=!',
      'w2=\u0000',
      'p=kin',
      'e=ses',
      'p=kina',
      'e=ases',
    ]);
  });
});
