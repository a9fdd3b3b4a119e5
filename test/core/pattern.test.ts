import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { globPattern } from '../../src/core/globPattern.ts';
import { Pattern, PatternError } from '../../src/core/pattern.ts';
import { matchesText, textPattern } from '../../src/core/reviewEntries.ts';
import { matchQuery } from '../../src/core/search/matchQuery.ts';
import { parseQuery } from '../../src/core/search/parseQuery.ts';
import { fitsWildcard } from '../../src/core/wildcard.ts';

const MOST_MS = 500;

function quick(work: () => unknown): void {
  const before = process.cpuUsage();
  work();
  assert.ok(process.cpuUsage(before).user / 1000 < MOST_MS);
}

describe('patterns that a person types', () => {
  it('find what JavaScript finds, at the same places', () => {
    const parts = [
      'a',
      'B',
      '.',
      '[a-c]',
      '\\d',
      '\\w',
      '\\s',
      '\\p{Lu}',
      '(?:ab|c)',
      '\\u00e9',
      '^',
      '$',
      '\\b',
      '😀',
      'é',
      '\\.',
      '\\/',
      '[^b]',
    ];
    const source = fc.array(fc.tuple(fc.constantFrom(...parts), fc.constantFrom('', '', '+', '*?', '{1,2}')), {
      minLength: 1,
      maxLength: 4,
    });
    const text = fc
      .array(fc.constantFrom('a', 'B', 'b', 'c', '1', ' ', 'é', '😀', '.', '/'), { maxLength: 12 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(source, text, fc.boolean(), (made, over, ignoreCase) => {
        const written = made.map(([part, times]) => part + (/^(?:\^|\$|\\b)$/.test(part) ? '' : times)).join('');
        const native = [...over.matchAll(new RegExp(written, ignoreCase ? 'giu' : 'gu'))].filter(
          ([match]) => match !== '',
        );
        const own = new Pattern(written, { ignoreCase }).matches(over).filter(({ start, end }) => end > start);
        // Case folding of letters outside ASCII differs by engine in \w only, which is ASCII in both.
        assert.deepEqual(
          own.map(({ start, end }) => over.slice(start, end)),
          native.map(([match]) => match),
          written,
        );
      }),
    );
  });

  it('say what is wrong with them', () => {
    assert.throws(() => new Pattern('(a'), PatternError);
    assert.throws(() => new Pattern('(?=a)b'), /looking ahead or back and \\1 are not there/);
  });

  it('take no time that grows faster than the text', () => {
    const word = 'a'.repeat(5000);
    quick(() => new Pattern('^(a+)+$').test(`${word}!`));
    const filter = textPattern('/^(a+)+$/');
    quick(() => assert.equal(filter !== undefined && matchesText(`${'a'.repeat(41)}!`, { text: filter }), false));
    for (const typed of ['a*a*a*a*a*a*a*a*a*a*b', '/(a*)*b/', '/(a|a)*b c/']) {
      const query = parseQuery(typed);
      assert.ok(query.ok, typed);
      quick(() => matchQuery(query.value, { forms: [word, 'x'], layerOf: () => null }));
    }
    quick(() => globPattern('*a'.repeat(10)).test(`${word}/x`));
    quick(() => globPattern('**/a'.repeat(20)).test('a/'.repeat(2000)));
  });
});

describe('fitsWildcard', () => {
  it('agrees with an expression', () => {
    const letters = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        letters,
        fc.array(letters, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<0 | 1>(0, 1),
        (text, parts, least) => {
          assert.equal(
            fitsWildcard(text, parts, least),
            new RegExp(`^${parts.join(least === 0 ? '.*' : '.+')}$`).test(text),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
