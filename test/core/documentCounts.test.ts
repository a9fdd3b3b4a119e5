import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { DocumentCounter, sumDocuments } from '../../src/core/documentCounts.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { corpus } from './corpora.ts';

const text = [
  '# text = Ada met Grace',
  '# reviewed = Grace 2026-11-20',
  '1\tAda\tB-PER\t-\tg',
  '2\tmet\tO\t-\t-',
  '3\tGrace\tB-PER\t-\tg',
  '',
  '# text = Rome fell',
  '# note = the city?',
  '1\tRome\tB-LOC\t-\tg',
  '2\tfell\tO\t-\t-',
  '',
  '# text = It rained',
  '1\tIt\t_\t-\t-',
  '2\trained\t_\t-\t-',
  '',
].join('\n');

function counted(document: ReturnType<typeof parseColumns>): DocumentCounter {
  const counter = new DocumentCounter();
  for (const sentence of document.sentences) counter.add(sentence);
  return counter;
}

const plain = ({
  sentences,
  tokens,
  gold,
  inProgress,
  reviewed,
  notes,
  labels,
}: DocumentCounter | ReturnType<typeof sumDocuments>) => ({
  sentences,
  tokens,
  gold,
  inProgress,
  reviewed,
  notes,
  labels: Object.fromEntries(labels),
});

describe('counts of documents', () => {
  it('tell gold from what nobody annotated, and what was reviewed or noted', () => {
    assert.deepEqual(plain(counted(parseColumns(text))), {
      sentences: 3,
      tokens: 7,
      gold: 2,
      inProgress: 0,
      reviewed: 1,
      notes: 1,
      labels: { PER: 2, LOC: 1 },
    });
  });

  it('add up', () => {
    const one = counted(parseColumns(text));
    assert.deepEqual(plain(sumDocuments([one, one])), {
      sentences: 6,
      tokens: 14,
      gold: 4,
      inProgress: 0,
      reviewed: 2,
      notes: 2,
      labels: { PER: 4, LOC: 2 },
    });
    assert.deepEqual(plain(sumDocuments([])), { ...plain(new DocumentCounter()) });
  });

  it('forget what is taken out again', () => {
    const { sentences } = parseColumns(text);
    const counter = counted(parseColumns(text));
    for (const sentence of sentences.slice(1)) counter.add(sentence, -1);
    assert.deepEqual(plain(counter), {
      sentences: 1,
      tokens: 3,
      gold: 1,
      inProgress: 0,
      reviewed: 1,
      notes: 0,
      labels: { PER: 2 },
    });
    for (const sentence of sentences.slice(0, 1)) counter.add(sentence, -1);
    assert.deepEqual(plain(counter), plain(new DocumentCounter()));
  });

  it('are those that are known of EWT test', function () {
    const { sentences, tokens, labels } = plain(counted(corpus(this, 'uner/uner_en_ewt.test.iob2')));
    assert.deepEqual(
      { sentences, tokens, labels },
      { sentences: 2077, tokens: 25097, labels: { PER: 449, ORG: 322, LOC: 317 } },
    );
  });
});
