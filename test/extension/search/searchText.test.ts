import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { parseQuery } from '../../../src/core/search/parseQuery.ts';
import type { Source } from '../../../src/core/span.ts';
import type { SearchState } from '../../../src/extension/search/corpusSearch.ts';
import { labelsText, requestText, stateText } from '../../../src/extension/search/searchText.ts';

function request(typed: string, matchCase = false): SearchState['request'] {
  const parsed = parseQuery(typed, { matchCase });
  assert.ok(parsed.ok);
  return { kind: 'query', typed, matchCase, query: parsed.value };
}

const state: SearchState = {
  request: request('rome'),
  scope: '',
  running: false,
  stopped: false,
  done: 7,
  total: 7,
  sentences: 9000,
  found: 0,
  listed: 0,
  unknown: new Map(),
  problems: [],
};

describe('what the search says', () => {
  it('of what is searched for, and where', () => {
    assert.equal(requestText(request('rome')), 'rome');
    assert.equal(requestText(request('rome', true), 'news/'), 'rome in news · with case');
    assert.equal(requestText({ kind: 'inconsistent' }, 'a.iob2'), 'strings with several labels in a.iob2');
  });

  it('of what was found, what is left out, and what is not known', () => {
    assert.equal(stateText(state, []), '0 places in 0 documents');
    const running = { ...state, running: true, done: 2 };
    assert.equal(stateText(running, []), '0 places in 0 documents · document 3 of 7…');
    assert.match(stateText({ ...running, total: undefined }, []), / · looking for documents…$/);
    const unknown = new Map<Source, number>([
      ['bert', 1],
      ['gold', 2000],
    ]);
    assert.equal(
      stateText({ ...state, unknown }, []),
      '0 places in 0 documents · 1 sentence not judged: BERT was not asked about them in this session · 2,000 sentences not judged: nobody annotated them',
    );
    assert.match(stateText({ ...state, stopped: true, done: 3 }, []), / · stopped after 3 documents of 7$/);
    const problems = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}: no text`);
    assert.match(stateText({ ...state, problems }, []), / · c: no text · 2 more documents cannot be read$/);
  });

  it('of what the sources say at a place', () => {
    const labels = { gold: ['PER', 'LOC'], bert: [], t5: null };
    assert.equal(labelsText({ labels }), 'Gold PER LOC · BERT no entity · T5 unknown');
    assert.equal(labelsText({ labels: { gold: [] } }), 'Gold no entity');
  });
});
