import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { headDistribution } from '../../../src/core/learning/head.ts';
import { HEAD_DEFAULTS, trainHead } from '../../../src/core/learning/headTraining.ts';
import { headText, parseHead } from '../../../src/node/learning/headFile.ts';
import { toyLessons } from '../../core/learning/toyLanguage.ts';

const { head } = trainHead(toyLessons(8, 1), { ...HEAD_DEFAULTS, labels: ['PER', 'PRODUCT'] });
const text = headText(head, 'bert-full');

function changed(change: (file: Record<string, unknown>) => void): string {
  const file = JSON.parse(text) as Record<string, unknown>;
  change(file);
  return JSON.stringify(file);
}

describe('the file of a head', () => {
  it('is read back as the head that it was', () => {
    const read = parseHead(text);
    assert.ok(read.ok);
    assert.equal(read.value.model, 'bert-full');
    for (const { words, evidence } of toyLessons(5, 7)) {
      const after = headDistribution(read.value.head, words, evidence).values;
      headDistribution(head, words, evidence).values.forEach((value, index) => {
        assert.ok(Math.abs(value - (after[index] ?? 0)) < 1e-2);
      });
    }
  });

  it('is refused with what is wrong and what to do', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      [text.slice(0, 100), /it is no JSON/u],
      ['[]', /its version is missing, and this one reads version 1/u],
      [changed((file) => (file['version'] = 2)), /its version is 2/u],
      [changed((file) => (file['width'] = 7)), /dense weights, not/u],
      [changed((file) => (file['dense'] = ['x'])), /dense\.0: /u],
      [changed((file) => (file['tags'] = ['B-PER'])), /its first tag is not O/u],
      [changed((file) => (file['features'] = { 'w0=x': [99, 1] })), /the weights of the feature “w0=x”/u],
      [changed((file) => (file['features'] = { 'w0=x': [1] })), /the weights of the feature “w0=x”/u],
    ];
    for (const [broken, message] of cases) {
      const read = parseHead(broken);
      assert.ok(!read.ok);
      assert.equal(read.reason, 'headInvalid');
      assert.match(read.message, message);
      assert.match(read.message, /Delete the file/u);
    }
  });
});
