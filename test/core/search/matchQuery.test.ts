import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { decode } from '../../../src/core/scheme.ts';
import { matchQuery } from '../../../src/core/search/matchQuery.ts';
import { parseQuery } from '../../../src/core/search/parseQuery.ts';
import type { Layer, Source } from '../../../src/core/span.ts';

type Answers = Readonly<Partial<Record<Source, string>>>;

/** What is found in a sentence: the words of each place, and the sources whose answer is missing. */
function found(query: string, text: string, answers: Answers = {}, matchCase = false): readonly string[] {
  const parsed = parseQuery(query, { matchCase });
  assert.ok(parsed.ok, query);
  const forms = text.split(' ');
  const layers = new Map<Source, Layer>();
  for (const source of ['gold', 'bert', 't5'] as const) {
    const tags = answers[source];
    if (tags !== undefined) layers.set(source, decode(tags.split(' '), 'repair').layer);
  }
  const { places, unknown } = matchQuery(parsed.value, { forms, layerOf: (source) => layers.get(source) ?? null });
  return [
    ...places.map(({ first, end }) => forms.slice(first, end).join(' ')),
    ...unknown.map((source) => `?${source}`),
  ];
}

const text = 'Ada saw New York and new york .';
const gold = { gold: 'B-PER O B-LOC I-LOC O O O O' };

describe('search in a sentence', () => {
  it('finds words, whole and in a row', () => {
    assert.deepEqual(found('new york', text), ['New York', 'new york']);
    assert.deepEqual(found('New York', text), ['New York']);
    assert.deepEqual(found('new york', text, {}, true), ['new york']);
    assert.deepEqual(found('(?i) NEW', text), ['New', 'new']);
    assert.deepEqual(found('yor', text), []);
    assert.deepEqual(found('yor*', text, {}, true), ['york']);
    assert.deepEqual(found('(?i) yor*', text), ['York', 'york']);
    assert.deepEqual(found('saw * York', text), ['saw New York']);
  });

  it('finds a word that is written together but cut into tokens', () => {
    assert.deepEqual(found("don't", "I do n't know"), ["do n't"]);
    assert.deepEqual(found("don't know", "I Do n't know", {}, true), []);
    assert.deepEqual(found('donut', "I do n't know"), []);
  });

  it('finds patterns in tokens, in rows and over the sentence', () => {
    assert.deepEqual(found('/^[A-Z]/', text), ['Ada', 'New', 'York']);
    assert.deepEqual(found('/^[a-z]/ York', text), []);
    assert.deepEqual(found('/^[A-Z]/ /^[A-Z]/', text), ['New York']);
    assert.deepEqual(found('/w York and n/', text), ['New York and new']);
    assert.deepEqual(found('/^Ada .*[.]$/', text), [text]);
    assert.deepEqual(found('/ x*/', text), []);
    assert.deepEqual(found('/😀 a/', 'b 😀 a 😀 a'), ['😀 a', '😀 a']);
  });

  it('wants every text, and gives the places of the first', () => {
    assert.deepEqual(found('"new york" "Ada"', text), ['New York', 'new york']);
    assert.deepEqual(found('"new york" "Grace"', text), []);
  });

  it('finds spans by the label of gold, alone and at words', () => {
    assert.deepEqual(found('label:LOC', text, gold), ['New York']);
    assert.deepEqual(found('gold:per,loc', text, gold), ['Ada', 'New York']);
    assert.deepEqual(found('gold:any', text, gold), ['Ada', 'New York']);
    assert.deepEqual(found('york label:LOC', text, gold), ['York']);
    assert.deepEqual(found('york gold:none', text, gold), ['york']);
    assert.deepEqual(found('york -label:LOC', text, gold), ['york']);
    assert.deepEqual(found('/^[A-Z]/ gold:PER', text, gold), ['Ada']);
  });

  it('finds tags', () => {
    assert.deepEqual(found('tag:I-LOC', text, gold), ['York']);
    assert.deepEqual(found('tag:B', text, gold), ['Ada', 'New']);
    assert.deepEqual(found('new tag:O', text, gold), ['new']);
    assert.deepEqual(found('tag:B source:bert', text, { ...gold, bert: 'O B-ORG O O O O O O' }), ['saw']);
  });

  it('finds where the models differ', () => {
    const both = { ...gold, bert: 'B-PER O B-ORG I-ORG O O O O', t5: 'B-PER O O B-LOC O B-LOC I-LOC O' };
    assert.deepEqual(found('bert:ORG t5:LOC', text, both), ['New York']);
    assert.deepEqual(found('t5:any gold:none', text, both), ['new york']);
    assert.deepEqual(found('gold:any -bert:LOC -bert:PER', text, both), ['New York']);
    assert.deepEqual(found('gold:LOC bert:LOC', text, both), []);
  });

  it('takes the whole sentence where nothing names a place', () => {
    assert.deepEqual(found('gold:none', 'It rained', { gold: 'O O' }), ['It rained']);
    assert.deepEqual(found('gold:none', text, gold), []);
    assert.deepEqual(found('gold:unknown', 'It rained'), ['It rained']);
    assert.deepEqual(found('-gold:unknown', 'It rained', { gold: 'O O' }), ['It rained']);
  });

  it('says on whose answer it depends, where that is not known', () => {
    assert.deepEqual(found('york bert:ORG', text, gold), ['?bert']);
    assert.deepEqual(found('gold:LOC -bert:LOC t5:none', text, gold), ['?bert', '?t5']);
    assert.deepEqual(found('gold:ORG bert:LOC', text, gold), []);
    assert.deepEqual(found('bert:ORG', text, gold), ['?bert']);
    assert.deepEqual(found('Grace bert:ORG', text, gold), []);
    assert.deepEqual(found('Ada bert:unknown', text, gold), ['Ada']);
    assert.deepEqual(found('label:PER', text), ['?gold']);
    assert.deepEqual(found('bert:ORG gold:unknown', text, gold), []);
  });
});
