import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { globPattern } from '../../src/core/globPattern.ts';

const cases: readonly (readonly [glob: string, yes: readonly string[], no: readonly string[]])[] = [
  ['**/.git', ['.git', 'a/.git'], ['.gitignore', 'a/x.git', '.git/config']],
  ['**/node_modules/**', ['node_modules/a', 'x/node_modules/a/b'], ['node_modules', 'a/modules/b']],
  ['*.iob2', ['a.iob2', 'x/y/a.iob2'], ['a.iob2.txt']],
  ['data/*.conll', ['data/a.conll'], ['data/x/a.conll', 'other/data/a.conll']],
  ['data/**', ['data/a', 'data/a/b'], ['data']],
  ['**/*.{iob2,bio}', ['a.iob2', 'x/b.bio'], ['a.iob']],
  ['**/part?.[0-9]', ['part1.5'], ['part12.5', 'part1.x']],
  ['**/[!a]x', ['bx'], ['ax']],
  ['**/a+(b).txt', ['a+(b).txt'], ['aab.txt']],
];

describe('glob patterns of settings', () => {
  for (const [glob, yes, no] of cases)
    it(glob, () => {
      const pattern = globPattern(glob);
      for (const path of yes) assert.ok(pattern.test(path), path);
      for (const path of no) assert.ok(!pattern.test(path), path);
    });

  it('never throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('*', '**', '/', '{', '}', ',', '[', ']', '!', 'a', 'z-a', '.', '\\', '(', '?'), {
          maxLength: 10,
        }),
        (signs) => {
          globPattern(signs.join('')).test('a/b.c');
        },
      ),
    );
  });
});
