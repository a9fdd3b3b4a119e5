import { strict as assert } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readChoice, resolveChoice } from '../../../src/node/models/modelChoice.ts';
import type { ModelChoice } from '../../../src/node/models/modelChoice.ts';
import type { Predictor } from '../../../src/node/models/predictor.ts';
import { labelledWords, ontoNotes, writeTinyClassifier } from '../../support/tinyClassifier.ts';
import { bundled, modelsRoot } from '../../inference/support/bundled.ts';
import { copyOfBert, temporaryFolder } from '../../inference/support/folders.ts';
import { newPredictor, predictions } from '../../inference/support/predicting.ts';

const sentence = ['Angela', 'Merkel', 'left', 'Berlin', 'for', 'Siemens', '.'];

function choice(value: Record<string, unknown>): ModelChoice {
  const read = readChoice(value);
  assert.ok(read.ok, read.ok ? '' : read.message);
  return read.value;
}

describe("a user's own model", function () {
  this.timeout(240_000);
  const open: Predictor[] = [];
  let folder = '';
  let remove: () => Promise<void> = () => Promise.resolve();
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
  });
  afterEach(async () => {
    for (const predictor of open.splice(0)) predictor.dispose();
    await remove();
  });
  const using = (models: Partial<Record<'bert' | 't5', ModelChoice>>): Predictor => {
    const { predictor } = newPredictor({ models });
    open.push(predictor);
    return predictor;
  };

  it('is read from a setting, which is told what is wrong with it', () => {
    assert.deepEqual(choice({ model: ' a/b ' }), { model: 'a/b', revision: 'main', labelMap: {} });
    for (const [value, place] of [
      [{}, 'model'],
      [{ model: '' }, 'model'],
      [{ model: 'a/b', dtype: 'huge' }, 'dtype'],
      [{ model: 'a/b', labelMap: { MISC: 5 } }, 'labelMap.MISC'],
      [{ model: 'a/b', labels: [] }, 'labels'],
      [{ model: 'a/b', prompt: { answer: 'poem' } }, 'prompt.answer'],
      ['a/b', 'value'],
    ] as const) {
      const read = readChoice(value);
      assert.ok(!read.ok && read.message.includes(place), JSON.stringify(value));
    }
  });

  it('may be a folder, whose labels are mapped', async () => {
    const { model } = await copyOfBert(folder);
    const plain = using({ bert: choice({ model }) });
    const [whole] = await predictions(plain, 'bert', [sentence]);
    assert.deepEqual([...plain.labels('bert')].sort(), ['LOC', 'ORG', 'PER']);
    const mapped = using({ bert: choice({ model, labelMap: { PER: 'HUMAN', ORG: 'O' } }) });
    const [found] = await predictions(mapped, 'bert', [sentence]);
    assert.deepEqual([...mapped.labels('bert')].sort(), ['HUMAN', 'LOC']);
    assert.ok(found !== undefined);
    assert.ok(found.tags.every((tag) => /^(?:O|[BI]-(?:HUMAN|LOC))$/u.test(tag)));
    // What went to O is added to O, so no other label can have grown.
    whole?.tags.forEach((tag, index) => {
      if (tag === 'O') assert.equal(found.tags[index], 'O');
    });
  });

  it('may have any number of labels in any of the common schemes', async () => {
    const { model } = await copyOfBert(folder);
    const file = path.join(model, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as { id2label: Record<string, string> };
    const count = Object.keys(config.id2label).length;
    const names = ['O', 'S-DISEASE', 'B-DISEASE', 'E-DISEASE', 'U-GENE', 'L-GENE', 'CHEMICAL'].slice(0, count);
    await writeFile(
      file,
      JSON.stringify({ ...config, id2label: Object.fromEntries(names.map((name, id) => [id, name])) }),
    );
    const predictor = using({ bert: choice({ model }) });
    assert.deepEqual(predictor.labels('bert'), ['DISEASE', 'GENE', 'CHEMICAL']);
    const [found] = await predictions(predictor, 'bert', [sentence]);
    for (const tag of found?.tags ?? ['none']) assert.match(tag, /^(?:O|[BI]-(?:DISEASE|GENE|CHEMICAL))$/u);
  });

  it('may have as many labels as it likes', async () => {
    const words = Object.fromEntries(ontoNotes.map((label) => [`w${label}`, `B-${label}`]));
    await writeTinyClassifier(folder, labelledWords(ontoNotes, { ...words, more: 'I-CARDINAL' }));
    const predictor = using({ bert: choice({ model: folder }) });
    assert.deepEqual(predictor.labels('bert'), ontoNotes);
    const [found] = await predictions(predictor, 'bert', [[...ontoNotes.map((label) => `w${label}`), 'more', '.']]);
    assert.deepEqual(found?.tags, [...ontoNotes.map((label) => `B-${label}`), 'I-CARDINAL', 'O']);
    assert.equal(found.layer.length, 18);
  });

  it('may have a tokenizer that takes the blank before a word into its piece', async () => {
    const model = labelledWords(['GPE'], { Berlin: 'B-GPE', Rome: 'B-GPE' });
    await writeTinyClassifier(folder, { ...model, byteLevel: true });
    const [found] = await predictions(using({ bert: choice({ model: folder }) }), 'bert', [
      ['Berlin', 'and', 'Rome', '[SEP]Berlin'],
    ]);
    // As in running text: no piece of “Berlin” alone is that of “ Berlin”, and the last word holds a marker.
    assert.deepEqual(found?.tags, ['B-GPE', 'O', 'B-GPE', 'O']);
  });

  it('is another model when its files change', async () => {
    const model = labelledWords(['GENE'], { BRCA1: 'B-GENE' });
    await writeTinyClassifier(folder, model);
    const before = using({ bert: choice({ model: folder }) }).states[0]?.modelId;
    await writeTinyClassifier(folder, { ...model, words: { ...model.words, TP53: 'B-GENE' } });
    assert.notEqual(using({ bert: choice({ model: folder }) }).states[0]?.modelId, before);
  });

  it('is refused where its graph and its config.json tell different tags apart', async () => {
    const model = labelledWords(['GENE'], { BRCA1: 'B-GENE' });
    await writeTinyClassifier(folder, { ...model, config: { id2label: { 0: 'O', 1: 'B-GENE' } } });
    const predictor = using({ bert: choice({ model: folder }) });
    await assert.rejects(predictions(predictor, 'bert', [['BRCA1']]), {
      reason: 'modelUnfit',
      message: /3 tags apart, but id2label in config\.json names 2/u,
    });
    assert.deepEqual([predictor.states[0]?.own, predictor.states[0]?.reason], [true, 'modelUnfit']);
  });

  it('that cannot be read from the settings fails, and the bundled one does not stand in for it', async () => {
    const { predictor } = newPredictor({ refused: { bert: 'models.bert: model is missing' } });
    open.push(predictor);
    assert.deepEqual(
      predictor.states.map(({ own, state }) => [own, state]),
      [
        [true, 'failed'],
        [false, 'idle'],
      ],
    );
    await assert.rejects(predictions(predictor, 'bert', [['x']]), { reason: 'choiceInvalid' });
  });

  it('that knows only B, I and O serves the simplified scheme', async () => {
    const simplified = bundled('bert', 'simplified');
    const predictor = using({ bert: choice({ model: path.join(modelsRoot, simplified.folder) }) });
    const [found] = await predictions(predictor, 'bert', [sentence], { scheme: 'simplified' });
    assert.equal(found?.tags.length, sentence.length);
    if (simplified.schemes.includes('full')) return;
    await assert.rejects(predictions(predictor, 'bert', [sentence]), { reason: 'modelUnfit', message: /B, I and O/u });
  });

  it('is refused with the file or label that does not fit', async () => {
    const { model } = await copyOfBert(folder);
    const reasons = (value: Record<string, unknown>, family: 'bert' | 't5' = 'bert'): [string, string] => {
      const resolved = resolveChoice(choice(value), family, undefined);
      return resolved.ok ? ['ok', ''] : [resolved.reason, resolved.message];
    };
    assert.deepEqual(reasons({ model })[0], 'ok');
    assert.equal(reasons({ model: path.join(folder, 'nowhere') })[0], 'modelMissing');
    assert.equal(reasons({ model: 'just a word' })[0], 'choiceInvalid');
    assert.equal(reasons({ model: 'someone/some-ner' })[0], 'modelNotDownloaded');
    assert.match(reasons({ model }, 't5')[1], /encoder_model\.onnx and onnx\/decoder_model_merged\.onnx/u);
    const [reason, message] = reasons({ model, labelMap: { GPE: 'LOC' } });
    assert.equal(reason, 'modelUnfit');
    assert.match(message, /“GPE”.*PER/u);
    const file = path.join(model, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...config, id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } }));
    assert.match(reasons({ model })[1], /LABEL_0/u);
    assert.equal(reasons({ model, labelMap: { LABEL_0: 'O', LABEL_1: 'B-PER' } })[0], 'ok');
    await writeFile(file, '{"architectures": ["BertForTokenClassification"]}');
    assert.match(reasons({ model })[1], /id2label/u);
    await writeFile(file, '{"architectures": ["BertForMaskedLM"]}');
    assert.match(reasons({ model })[1], /is BertForMaskedLM, not a token classifier/u);
    await writeFile(file, '{');
    assert.equal(reasons({ model })[0], 'modelCorrupt');
  });

  it('may be a T5 that is asked for a list in general words', async () => {
    const t5 = bundled('t5');
    const model = path.join(modelsRoot, t5.folder);
    const predictor = using({ t5: choice({ model, labels: ['PER', 'LOC'] }) });
    const [found] = await predictions(predictor, 't5', [['It', 'rained', '.']]);
    assert.ok(found?.raw !== undefined);
    assert.equal(found.tags.length, 3);
    assert.ok(found.raw.prompt.startsWith('Find the named entities of these kinds: PER LOC.'), found.raw.prompt);
    // Examples that name an organisation would teach a label that was not asked for.
    assert.doesNotMatch(found.raw.prompt, /ORG|World Bank/u);
    assert.ok(found.raw.prompt.endsWith('Text: It rained . Entities:'));
  });
});
