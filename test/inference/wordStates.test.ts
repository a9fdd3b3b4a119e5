import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { loadModel, useLocalFilesOnly } from '../../src/inference/modelStore.ts';
import { classify } from '../../src/inference/tokenClassifier.ts';
import { joinedStates, withOutputs } from '../../src/inference/wordStates.ts';
import { specOf } from '../../src/node/models/manifest.ts';
import { bundled, classifier, modelsRoot, sentences } from './support/bundled.ts';

const signal = new AbortController().signal;

describe('the states of words', function () {
  this.timeout(120_000);

  it('come with the same tags as without them, one of the same width for each word', async () => {
    const { model } = await classifier();
    const plain = await classify(model, sentences, 1, signal);
    const seen = await classify(model, sentences, 1, signal, { hidden: true });
    const widths = seen.map(({ hidden }, index) => (hidden?.length ?? 0) / (sentences[index]?.length ?? 1));
    assert.ok((widths[0] ?? 0) >= 64);
    assert.equal(new Set(widths).size, 1);
    seen.forEach(({ distribution }, index) => {
      assert.deepEqual(distribution, plain[index]?.distribution);
    });
    assert.ok(plain.every(({ hidden }) => hidden === undefined));
  });

  it('tell what a word means in its sentence', async () => {
    const { model } = await classifier();
    const [first, second] = await classify(
      model,
      ['Jordan plays for Chicago .', 'They drove through Jordan .'].map((text) => text.split(' ')),
      1,
      signal,
      { hidden: true },
    );
    const width = (first?.hidden?.length ?? 0) / 5;
    assert.notDeepEqual(first?.hidden?.slice(0, width), second?.hidden?.slice(3 * width, 4 * width));
  });

  it('are not given where neither the graph nor its manifest has them, and a wrong name is told', async () => {
    useLocalFilesOnly();
    const spec = specOf(bundled('bert'), modelsRoot);
    delete spec.hidden;
    const ask = async (changed: typeof spec) => {
      const loaded = await loadModel(changed, 1);
      try {
        if (loaded.family !== 'bert') throw new Error('not a classifier');
        return await classify(loaded.model, [['Yes', '!']], 1, signal, { hidden: true });
      } finally {
        await loaded.release();
      }
    };
    // The bundled graph has an output of its own, or it has the tensors that its manifest names.
    const { model } = await classifier();
    if (model.states?.outputs[0] !== 'hidden') {
      assert.equal((await ask(spec))[0]?.hidden, undefined);
      await assert.rejects(ask({ ...spec, hidden: ['no_such_tensor'] }), {
        reason: 'modelUnfit',
        message: /model_quantized\.onnx does not give the tensors no_such_tensor that its manifest names/u,
      });
    }
  });

  it('of several tensors stand side by side', () => {
    const joined = joinedStates([Float32Array.from([1, 2, 3, 4]), Float32Array.from([5, 6])], 2);
    assert.deepEqual([...joined], [1, 2, 5, 3, 4, 6]);
  });

  it('are asked for by a model behind the file whose graph has outputs alone', () => {
    const bytes = withOutputs(Uint8Array.from([9]), ['ab']);
    assert.deepEqual([...bytes], [9, 0x3a, 6, 0x62, 4, 0x0a, 2, 0x61, 0x62]);
    const long = withOutputs(new Uint8Array(0), ['x'.repeat(200)]);
    assert.deepEqual([...long.slice(0, 9)], [0x3a, 0xce, 1, 0x62, 0xcb, 1, 0x0a, 0xc8, 1]);
  });
});
