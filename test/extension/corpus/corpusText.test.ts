import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { DocumentCounter } from '../../../src/core/documentCounts.ts';
import {
  driftText,
  driftsOf,
  entryText,
  factsOf,
  folderText,
  viewText,
} from '../../../src/extension/corpus/corpusText.ts';
import type { CorpusEntry } from '../../../src/extension/corpus/corpusEntry.ts';

function entry(path: string, labels: Readonly<Record<string, number>>, known: Partial<CorpusEntry> = {}): CorpusEntry {
  const counts = new DocumentCounter();
  counts.addAll({
    sentences: 1200,
    tokens: 20_000,
    gold: 900,
    inProgress: 5,
    reviewed: 30,
    notes: 2,
    labels: new Map(Object.entries(labels)),
  });
  // Where it lies is not told.
  return { path, counts, gold: undefined, models: undefined, problem: undefined, ...known } as unknown as CorpusEntry;
}

describe('what the corpus view says', () => {
  it('of a document: what is in it, whether models were asked, or why nothing is known', () => {
    const one = entry('a.iob2', { PER: 30, LOC: 70 });
    assert.equal(entryText(one), '1,200 sentences · 295 untouched, 5 in progress, 870 complete, 30 reviewed');
    const asked = { ...one, models: { bert: 1200, t5: 400, disagreements: 0 } };
    assert.equal(
      entryText(asked),
      '1,200 sentences · 295 untouched, 5 in progress, 870 complete, 30 reviewed · 0 disagree',
    );
    assert.equal(entryText({ ...one, counts: undefined }), 'not counted yet');
    assert.equal(entryText({ ...one, problem: 'It is no text.' }), 'cannot be read');
    const facts = factsOf([asked]).map(({ label, value }) => `${label}: ${value}`);
    assert.deepEqual(facts.slice(2), [
      'Untouched: 295 (24.6 %)',
      'In progress: 5 (0.4 %)',
      'Complete: 870 (72.5 %)',
      'Reviewed: 30 (2.5 %)',
      'Notes: 2',
      'Disagreements: 0',
      'Spans: 100',
      'LOC: 70 (70.0 %)',
      'PER: 30 (30.0 %)',
    ]);
    const told = factsOf([asked, one]).find(({ label }) => label === 'Disagreements');
    assert.equal(told?.value, '0 in 1 document of 2');
    assert.match(told.explained ?? '', /BERT was asked about 1,200 sentences, T5 about 400/);
    assert.equal(factsOf([one]).find(({ label }) => label === 'Disagreements')?.value, 'unknown');
  });

  it('of several documents and of the counting', () => {
    const all = [entry('a.iob2', { PER: 30 }), entry('b.iob2', { LOC: 70 })];
    assert.equal(
      folderText(all),
      '2 documents · 2,400 sentences · 590 untouched, 10 in progress, 1,740 complete, 60 reviewed',
    );
    assert.equal(viewText(undefined, false, []), undefined);
    assert.equal(viewText(undefined, false, all), '2 documents · 2,400 sentences · 40,000 tokens');
    assert.match(viewText({ done: 0, total: undefined }, false, all) ?? '', / · looking for documents…$/);
    assert.match(viewText({ done: 1, total: 2 }, false, all) ?? '', / · counting document 2 of 2…$/);
    const open = [...all, entry('c.iob2', {}, { counts: undefined })];
    assert.match(viewText(undefined, true, open) ?? '', /stopped: 1 document of 3 is not counted, refresh to go on$/);
  });

  it('of the drift of labels between the parts of each corpus', () => {
    const found = driftsOf([
      entry('en.train.iob2', { PER: 600, LOC: 400 }),
      entry('en.test.iob2', { PER: 400, LOC: 600 }),
      entry('de.train.iob2', { PER: 10 }),
      entry('other.iob2', { PER: 10 }),
    ]);
    assert.deepEqual(
      found.map(({ corpus }) => corpus),
      ['en'],
    );
    const [drift] = found[0]?.drifts ?? [];
    assert.ok(drift);
    assert.equal(driftText(drift), 'divergence 0.029 · LOC +20.0, PER −20.0');
  });
});
