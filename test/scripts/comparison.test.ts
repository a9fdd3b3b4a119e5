import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/paths.mjs';

const rows = readFileSync(inRoot('docs', 'COMPARISON.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

describe('the table of what annotators ask for', () => {
  it('has a row for each of the 25 demands, each judged', () => {
    assert.deepEqual(
      rows.map(([, number]) => Number(number)),
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
    for (const [, number, , , judged = ''] of rows) assert.match(judged, /^(?:met|partly|not)$/, number);
  });

  it('names tests that are there', () => {
    for (const [, number, , , , , tested = ''] of rows) {
      const files = [...tested.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file ?? '');
      assert.notEqual(files.length, 0, number);
      for (const file of files) assert.ok(existsSync(inRoot(file)), file);
    }
  });
});
