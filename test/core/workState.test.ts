import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { countedText, workState, workText } from '../../src/core/workState.ts';

function stateOf(tags: string, comment = ''): string {
  const lines = tags.split(' ').map((tag, index) => `${String(index + 1)}\tw\t${tag}\t-\t-`);
  const [sentence] = parseColumns([comment, ...lines].filter((line) => line !== '').join('\n')).sentences;
  assert.ok(sentence !== undefined);
  return workState(sentence);
}

describe('the state of a sentence', () => {
  it('is untouched, in progress, complete or reviewed', () => {
    assert.equal(stateOf('_ _'), 'untouched');
    assert.equal(stateOf('B-PER _'), 'inProgress');
    assert.equal(stateOf('_ O'), 'inProgress');
    assert.equal(stateOf('O O'), 'complete');
    assert.equal(stateOf('B-PER O', '# reviewed = ada 2026-01-01'), 'reviewed');
  });

  it('is not made reviewed by a mark alone', () => {
    assert.equal(stateOf('_ O', '# reviewed = ada 2026-01-01'), 'inProgress');
    assert.equal(stateOf('_ _', '# reviewed = ada 2026-01-01'), 'untouched');
  });

  it('is said in words', () => {
    assert.equal(countedText(5, 2), '5 complete, 2 in progress (not counted)');
    assert.equal(countedText(5, 0), '5 complete');
    assert.equal(
      workText({ untouched: 24, inProgress: 2, complete: 4, reviewed: 1 }),
      '24 untouched, 2 in progress, 4 complete, 1 reviewed',
    );
  });
});
