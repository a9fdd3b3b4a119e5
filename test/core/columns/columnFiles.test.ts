import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { READABLE_COLUMN_ENDINGS, anywhere, hasEnding, isColumnFile } from '../../../src/core/columns/columnFiles.ts';

describe('the endings of column files', () => {
  it('are told from names of either case, and from nothing but the end', () => {
    assert.ok(isColumnFile('corpus/town.train.IOB2'));
    assert.ok(!isColumnFile('iob2'));
    assert.ok(!isColumnFile('town.iob2.bak'));
    assert.ok(!isColumnFile('town.conllup'));
    assert.ok(hasEnding('town.conllup', READABLE_COLUMN_ENDINGS));
  });

  it('make a pattern that finds them in any folder', () => {
    assert.equal(anywhere(['iob2', 'bio']), '**/*.{iob2,bio}');
  });
});
