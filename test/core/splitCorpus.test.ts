import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { DocumentSize } from '../../src/core/splitCorpus.ts';
import { splitDocuments } from '../../src/core/splitCorpus.ts';
import { corpus, report } from './corpora.ts';

const share = (
  documents: readonly DocumentSize[],
  parts: readonly number[],
  part: number,
  of: (document: DocumentSize) => number,
): number => {
  const all = documents.reduce((sum, document) => sum + of(document), 0);
  return documents.reduce((sum, document, index) => sum + (parts[index] === part ? of(document) : 0), 0) / all;
};

describe('splitDocuments', () => {
  it('puts every document into a part that wants some, the same way for the same seed', () => {
    const document = fc.record({
      sentences: fc.integer({ min: 1, max: 30 }),
      labels: fc.dictionary(fc.constantFrom('PER', 'LOC'), fc.nat(9)).map((labels) => new Map(Object.entries(labels))),
    });
    fc.assert(
      fc.property(fc.array(document, { maxLength: 30 }), fc.nat(), (documents, seed) => {
        const parts = splitDocuments(documents, [0.8, 0, 0.2], seed);
        assert.equal(parts.length, documents.length);
        assert.ok(parts.every((part) => part === 0 || part === 2));
        assert.deepEqual(splitDocuments(documents, [0.8, 0, 0.2], seed), parts);
      }),
    );
  });

  it('gives each part its share of sentences and of every label', function () {
    const sizes = new Map<string, { sentences: number; labels: Map<string, number> }>();
    for (const { documentId = '', gold } of corpus(this, 'uner/uner_en_ewt.dev.iob2').sentences) {
      const size = sizes.get(documentId) ?? { sentences: 0, labels: new Map<string, number>() };
      sizes.set(documentId, size);
      size.sentences++;
      for (const { label } of gold ?? []) size.labels.set(label, (size.labels.get(label) ?? 0) + 1);
    }
    const documents = [...sizes.values()];
    const wanted = [0.8, 0.1, 0.1];
    const parts = splitDocuments(documents, wanted, 7);
    const counts: readonly (readonly [string, (document: DocumentSize) => number])[] = [
      ['sentences', ({ sentences }) => sentences],
      ...['PER', 'LOC', 'ORG'].map((label) => [label, ({ labels }: DocumentSize) => labels.get(label) ?? 0] as const),
    ];
    for (const [name, of] of counts) {
      const shares = wanted.map((_, part) => share(documents, parts, part, of));
      report(`${name.padEnd(9)} ${shares.map((value) => value.toFixed(3)).join(' ')}`);
      shares.forEach((value, part) => {
        assert.ok(Math.abs(value - wanted[part]!) < 0.02, `${name} ${String(part)} ${String(value)}`);
      });
    }
    assert.notDeepEqual(splitDocuments(documents, wanted, 8), parts);
  });
});
