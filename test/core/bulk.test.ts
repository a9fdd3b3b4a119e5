import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { agreedLayers, labelCounts, labelledLayers, otherOccurrences, relabelledLayers } from '../../src/core/bulk.ts';
import type { BulkSentence } from '../../src/core/bulk.ts';
import { decode } from '../../src/core/scheme.ts';
import type { Layer } from '../../src/core/span.ts';
import { tags } from './support/layers.ts';

function layer(line: string): Layer {
  return decode(tags(line), 'repair').layer;
}

function sentence(forms: string, gold: string | null, bert?: string, t5?: string): BulkSentence {
  return {
    tokens: forms.split(' ').map((form) => ({ form })),
    gold: gold === null ? null : layer(gold),
    predictions: {
      ...(bert === undefined ? {} : { bert: { layer: layer(bert) } }),
      ...(t5 === undefined ? {} : { t5: { layer: layer(t5) } }),
    },
  };
}

describe('decisions about many sentences at once', () => {
  it('accept what both models say only where nobody decided', () => {
    const corpus = [
      sentence('Ada slept', null, 'B-PER O', 'B-PER O'),
      sentence('Rome won', null, 'B-LOC O', 'B-ORG O'),
      sentence('Oslo won', 'O O', 'B-LOC O', 'B-LOC O'),
      sentence('it rained', null, 'O O', 'O O'),
      sentence('it rained', null, 'O O'),
      { ...sentence('Bonn', null), predictions: { bert: { layer: layer('B-_') }, t5: { layer: layer('B-_') } } },
    ];
    assert.deepEqual(agreedLayers(corpus), [
      { sentence: 0, layer: [{ first: 0, end: 1, label: 'PER' }] },
      { sentence: 3, layer: [] },
    ]);
  });

  it('find the other places of the same words', () => {
    const corpus = [
      sentence('New York and New York', 'B-LOC I-LOC O O O'),
      sentence('New York New', null),
      sentence('new York', null),
      sentence('the New York Times', 'O B-ORG I-ORG I-ORG'),
      sentence('New York', 'B-LOC I-LOC'),
    ];
    const places = otherOccurrences(corpus, 0, { first: 0, end: 2, label: 'LOC' });
    assert.deepEqual(
      places.map(({ sentence: index, first, end, replaces }) => [index, first, end, replaces.length]),
      [
        [0, 3, 5, 0],
        [1, 0, 2, 0],
        [3, 1, 3, 1],
      ],
    );
    assert.deepEqual(labelledLayers(corpus, places, 'LOC'), [
      { sentence: 0, layer: layer('B-LOC I-LOC O B-LOC I-LOC') },
      { sentence: 1, layer: layer('B-LOC I-LOC O') },
      { sentence: 3, layer: layer('O B-LOC I-LOC O') },
    ]);
  });

  it('give spans of one label another, where they were asked to and nowhere else', () => {
    const corpus = [
      sentence('Rome Bonn Ada', 'B-LOC B-LOC B-PER'),
      sentence('Oslo', 'B-LOC'),
      sentence('Ada', 'B-PER'),
      sentence('Ada', null),
    ];
    assert.deepEqual(
      [...labelCounts(corpus)],
      [
        ['LOC', 3],
        ['PER', 2],
      ],
    );
    assert.deepEqual(relabelledLayers(corpus, [0, 2, 3], 'LOC', 'GPE'), [
      { sentence: 0, layer: layer('B-GPE B-GPE B-PER') },
    ]);
    assert.deepEqual(relabelledLayers(corpus, [0, 1], 'LOC', 'LOC'), []);
  });
});
