import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { TooLongError, withinTime } from '../../src/node/timeLimit.ts';

describe('a time limit', () => {
  it('lets quick work be, with its value and its errors', () => {
    assert.deepEqual(
      withinTime(1000, () => [1, 2]),
      [1, 2],
    );
    assert.throws(() => withinTime(1000, () => assert.fail('as it is')), /as it is/);
    for (let turn = 0; turn < 200; turn++)
      assert.equal(
        withinTime(1000, () => turn),
        turn,
      );
  });

  it('ends a pattern that would never end', () => {
    const start = performance.now();
    assert.throws(() => withinTime(100, () => /^(?:a+)+$/u.test(`${'a'.repeat(60)}b`)), TooLongError);
    assert.ok(performance.now() - start < 5000);
    assert.equal(
      withinTime(1000, () => 'and works again'),
      'and works again',
    );
  });
});
