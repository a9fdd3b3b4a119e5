import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { readTags } from '../../../src/core/modelTags.ts';
import { withKeys } from '../../../src/extension/settings/labels.ts';
import { bytesText, hubName } from '../../../src/node/hub/hubName.ts';
import { joinMaps, mapText, usualNames } from '../../../src/extension/models/labelMap.ts';
import { ontoNotes } from '../../support/tinyClassifier.ts';

describe('the name of a model on a hub', () => {
  it('is an id, an id with a revision, or the address of its page', () => {
    for (const [text, expected] of [
      ['Xenova/bert-base-NER', { id: 'Xenova/bert-base-NER', revision: 'main' }],
      ['  a/b ', { id: 'a/b', revision: 'main' }],
      ['a/b@v1.0', { id: 'a/b', revision: 'v1.0' }],
      ['a/b@refs/pr/1', { id: 'a/b', revision: 'refs/pr/1' }],
      ['https://huggingface.co/Xenova/bert-base-NER', { id: 'Xenova/bert-base-NER', revision: 'main' }],
      ['https://huggingface.co/a/b/tree/dev', { id: 'a/b', revision: 'dev' }],
      ['https://huggingface.co/a/b?library=transformers.js', { id: 'a/b', revision: 'main' }],
    ] as const)
      assert.deepEqual(hubName(text), expected, text);
  });

  it('is nothing that could be a path or a sentence', () => {
    for (const text of [
      '',
      'bert',
      '../b',
      'a/..',
      '/home/me/model',
      'a/b/c',
      'my model/x',
      'https://huggingface.co/a',
    ])
      assert.equal(hubName(text), undefined, text);
  });
});

describe('bytes in words', () => {
  it('have two figures at least and a unit', () => {
    assert.deepEqual([12, 1_000, 999_999, 1_234_567, 108_310_000, 4_321_000_000].map(bytesText), [
      '1 kB',
      '1 kB',
      '1000 kB',
      '1.2 MB',
      '108 MB',
      '4.3 GB',
    ]);
  });
});

describe('labels of a model beside ours', () => {
  it('are translated where they have one of the usual names', () => {
    const map = usualNames(['PERSON', 'GPE', 'ORG', 'DATE', 'organization'], ['PER', 'LOC', 'ORG']);
    assert.deepEqual(map, { PERSON: 'PER', GPE: 'LOC', organization: 'ORG' });
    assert.equal(mapText(map), 'PERSON → PER, GPE → LOC, organization → ORG');
    assert.deepEqual(usualNames(['GENE', 'CELL'], ['PER']), {});
  });

  it('are translated inside the tags that nameless ones were said to be', () => {
    const tags = { LABEL_0: 'O', LABEL_1: 'B-GPE', LABEL_2: 'I-GPE', LABEL_3: 'B', LABEL_4: 'B-LAW' };
    const labels = { GPE: 'LOC', LAW: 'O', DATE: 'O' };
    const expected = { LABEL_0: 'O', LABEL_1: 'B-LOC', LABEL_2: 'I-LOC', LABEL_3: 'B', LABEL_4: 'O', DATE: 'O' };
    const map = joinMaps(tags, labels, ['DATE']);
    assert.deepEqual(map, expected);
    const reading = readTags([...Object.keys(tags), 'B-DATE', 'B-PER'], map);
    assert.deepEqual(reading.ok && reading.value.labels, ['LOC', 'PER']);
  });

  it('have a key each, and no key twice, even where there are more than nine', () => {
    const keys = withKeys(ontoNotes.map((name) => ({ name, key: '' }))).map(({ key }) => key);
    assert.deepEqual(
      keys.filter((key) => key === ''),
      [],
    );
    assert.equal(new Set(keys).size, ontoNotes.length);
  });
});
