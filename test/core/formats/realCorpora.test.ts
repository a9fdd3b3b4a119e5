import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CorpusItem } from '../../../src/core/corpus.ts';
import type { Format } from '../../../src/core/formats/format.ts';
import { iob2 } from '../../../src/core/formats/iob2.ts';
import { formats } from '../../../src/core/formats/registry.ts';
import { corpusText } from '../corpora.ts';
import { faultsOf, layerIn, readAll, sentencesOf, writeAll, writeOne } from './convert.ts';

const uner = ['ewt.dev', 'ewt.test', 'ewt.train', 'pud.test'].map((name) => `uner/uner_en_${name}.iob2`);
const gold = ['btc', 'crossner', 'gum', 'redocred', 'wnut17'].flatMap((name) => [
  `gold/${name}.dev.iob2`,
  `gold/${name}.train.iob2`,
]);
const CHUNK = 65_536;

function content(format: Format, items: readonly CorpusItem[]): readonly string[] {
  return sentencesOf(items).map(({ tokens, layer, text }) =>
    JSON.stringify([tokens.map(({ form, start, end }) => [form, start, end]), layerIn(format, layer), text]),
  );
}

describe('real corpora', () => {
  for (const name of [...uner, ...gold, 'gold/litbank.train.iob2', 'gold/wikigold.train.iob2'])
    it(`${name} comes out as it went in`, function () {
      const text = corpusText(this, name);
      assert.ok(writeOne(iob2, readAll(iob2, text, CHUNK)) === text);
    });

  for (const format of formats.filter(({ id, read, write, holds }) => id !== 'iob2' && read && write && holds.tokens))
    it(`EWT dev has the same words and entities after ${format.id}${format.shape === 'file' ? ', and the same bytes when it is written again' : ''}`, function () {
      const items = readAll(iob2, corpusText(this, 'uner/uner_en_ewt.dev.iob2'), CHUNK);
      const written = writeAll(format, items).get('') ?? '';
      const back = readAll(format, written, CHUNK);
      assert.deepEqual(faultsOf(back), []);
      const spaced = format.holds.spacedWords && format.id !== 'conll2003';
      const plain = (all: readonly CorpusItem[]): readonly string[] =>
        sentencesOf(all).map(({ tokens, layer }) =>
          JSON.stringify([tokens.map(({ form }) => form), layerIn(format, layer)]),
        );
      assert.deepEqual(spaced ? content(format, back) : plain(back), spaced ? content(format, items) : plain(items));
      assert.ok((writeAll(format, back).get('') ?? '') === written);
    });
});
