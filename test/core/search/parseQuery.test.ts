import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Pattern } from '../../../src/core/pattern.ts';
import { parseQuery } from '../../../src/core/search/parseQuery.ts';
import type { SearchQuery } from '../../../src/core/search/query.ts';

function parsed(text: string, matchCase = false): SearchQuery {
  const result = parseQuery(text, { matchCase });
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.value;
}

const word = (text: string, ignoreCase = false) => ({ kind: 'word', text, ignoreCase }) as const;

/** Each faulty query with its reason and what its message has to say. */
const faults: readonly (readonly [query: string, reason: string, message: RegExp])[] = [
  ['', 'empty', /Nothing to search for.*label:PER/],
  ['   ', 'empty', /Nothing to search for/],
  ['(?i)', 'empty', /Nothing to search for/],
  ['source:bert', 'empty', /source: alone finds nothing/],
  ['Ada "New York', 'openQuote', /quote is not closed.*\(at character 5\)$/],
  ['Ada " "', 'emptyQuote', /nothing between the quotes.*\(at character 5\)$/],
  ['and/or /x', 'openPattern', /pattern is not closed.*quotes if the slash is meant \(at character 8\)$/],
  ['/a(/', 'pattern', /\/a\(\/ is no regular expression: .*missing closing.*\(at character 1\)$/],
  ['//', 'pattern', /nothing between the slashes/],
  ['/a/gx', 'pattern', /After the pattern stands “gx”: only i/],
  ['Ada lable:PER', 'unknownCondition', /no condition “lable:”.*label:, gold:.*"lable:PER" \(at character 5\)$/],
  ['gold:', 'value', /“gold:”: after gold: a label is expected.*\(at character 1\)$/],
  ['bert:PER,', 'value', /after bert: a label is expected, or several between commas/],
  ['gold:none,PER', 'value', /none stands alone/],
  ['tag:X-PER', 'value', /after tag: O, B-LABEL or I-LABEL is expected/],
  ['tag:', 'value', /after tag: O, B-LABEL/],
  ['source:bret label:PER', 'value', /after source: one of gold, bert or t5/],
  ['-source:bert label:PER', 'value', /“-source:” has no meaning/],
  ['source:bert source:t5 label:PER', 'contradiction', /another source: already.*\(at character 13\)$/],
];

describe('the query language', () => {
  it('takes words side by side as tokens in a row, and quoted text as a row of its own', () => {
    assert.deepEqual(parsed('new York "in the" x').texts, [
      { kind: 'tokens', tests: [word('new', true), word('York')] },
      { kind: 'tokens', tests: [word('in', true), word('the', true)] },
      { kind: 'tokens', tests: [word('x', true)] },
    ]);
    assert.deepEqual(parsed('"label:PER"').texts, [{ kind: 'tokens', tests: [word('label:PER')] }]);
  });

  it('ignores case where a word is in small letters, unless case is to be matched, and everywhere after (?i)', () => {
    assert.deepEqual(parsed('us US').texts[0], { kind: 'tokens', tests: [word('us', true), word('US')] });
    assert.deepEqual(parsed('us', true).texts[0], { kind: 'tokens', tests: [word('us')] });
    assert.deepEqual(parsed('(?i) US /A/').texts[0], {
      kind: 'tokens',
      tests: [word('us', true), { kind: 'pattern', pattern: new Pattern('A', { ignoreCase: true }) }],
    });
  });

  it('tells patterns over a token from patterns over the sentence, and knows their i', () => {
    assert.deepEqual(parsed('/^[A-Z]/').texts, [
      { kind: 'tokens', tests: [{ kind: 'pattern', pattern: new Pattern('^[A-Z]') }] },
    ]);
    assert.deepEqual(parsed('/New (York|Jersey)/i').texts, [
      { kind: 'line', pattern: new Pattern('New (York|Jersey)', { ignoreCase: true }) },
    ]);
    assert.deepEqual(parsed('/(?i)ada/').texts, parsed('/ada/i').texts);
    assert.deepEqual(parsed('/[/]\\//').texts, [
      { kind: 'tokens', tests: [{ kind: 'pattern', pattern: new Pattern('[/]\\/') }] },
    ]);
    assert.deepEqual(parsed('Micro*').texts, [
      { kind: 'tokens', tests: [{ kind: 'wildcard', parts: ['Micro', ''], ignoreCase: false }] },
    ]);
  });

  it('reads conditions on each source, several labels, and the contrary', () => {
    assert.deepEqual(parsed('bert:ORG t5:LOC,org -gold:any label:none').conditions, [
      { source: 'bert', wanted: { kind: 'labels', labels: ['org'] }, negated: false },
      { source: 't5', wanted: { kind: 'labels', labels: ['loc', 'org'] }, negated: false },
      { source: 'gold', wanted: { kind: 'any' }, negated: true },
      { source: 'gold', wanted: { kind: 'none' }, negated: false },
    ]);
    assert.deepEqual(parsed('label:PER source:t5 tag:B-per').conditions, [
      { source: 't5', wanted: { kind: 'labels', labels: ['per'] }, negated: false },
      { source: 't5', wanted: { kind: 'tags', tags: ['b-per'] }, negated: false },
    ]);
  });

  it('takes times and addresses for words', () => {
    for (const text of ['10:30', 'http://example.org', 'A:b', '-5', 'x/y'])
      assert.deepEqual([parsed(text).texts.length, parsed(text).conditions.length], [1, 0], text);
  });

  for (const [query, reason, message] of faults)
    it(`says of ${JSON.stringify(query)} what is wrong, where, and what is expected`, () => {
      const result = parseQuery(query);
      assert.ok(!result.ok);
      assert.equal(result.reason, reason);
      assert.match(result.message, message);
    });

  it('never throws', () => {
    const piece = fc.constantFrom('"', '/', 'gold:', '-', ' ', 'PER', 'source:', '(', '[', '\\', '*', ',', 'ß', '(?i)');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const result = parseQuery(pieces.join(''));
        assert.ok(result.ok || / \(at character \d+\)$/.test(result.message));
      }),
    );
  });
});
