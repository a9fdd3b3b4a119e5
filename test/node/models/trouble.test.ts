import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Predictor, PredictorOptions } from '../../../src/node/models/predictor.ts';
import { neededFiles } from '../../../src/inference/modelFiles.ts';
import { bundled, processEntry } from '../../inference/support/bundled.ts';
import { copyOfBert, temporaryFolder } from '../../inference/support/folders.ts';
import { isAlive, newPredictor, predictions, until } from '../../inference/support/predicting.ts';

/** The file of the network, below the model's folder. */
const graphName = neededFiles(bundled('bert')).at(-1) ?? '';
const text = [['Angela', 'Merkel', 'left', 'Berlin', '.']];

describe('trouble with models and their process', function () {
  this.timeout(240_000);
  const open: Predictor[] = [];
  let folder = '';
  let remove: () => Promise<void> = () => Promise.resolve();
  const make = (changed: Partial<PredictorOptions>) => {
    const made = newPredictor(changed);
    open.push(made.predictor);
    return made;
  };
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
  });
  afterEach(async () => {
    for (const predictor of open.splice(0)) predictor.dispose();
    await remove();
  });

  it('names a manifest that is missing or no manifest', async () => {
    const { predictor } = make({ modelsRoot: folder });
    await assert.rejects(predictions(predictor, 'bert', text), {
      reason: 'manifestMissing',
      message: /manifest\.json/u,
    });
    assert.equal(predictor.states[0]?.state, 'failed');
    assert.deepEqual(predictor.labels('bert'), []);
    for (const [content, place] of [
      ['{', 'JSON'],
      ['{"version": 2, "models": []}', 'version'],
      ['{"version": 1, "models": [{"id": 5}]}', 'models.0.id'],
    ] as const) {
      await writeFile(path.join(folder, 'manifest.json'), content);
      await assert.rejects(predictions(predictor, 'bert', text), (error: Error & { reason?: string }) => {
        assert.equal(error.reason, 'manifestInvalid');
        assert.ok(error.message.includes(place), error.message);
        return true;
      });
    }
  });

  it('names a file that is missing, and works once it is back', async () => {
    const { root, model } = await copyOfBert(folder);
    const file = path.join(model, 'tokenizer.json');
    const kept = path.join(folder, 'kept.json');
    await copyFile(file, kept);
    await rm(file);
    const { predictor, log } = make({ modelsRoot: root });
    await assert.rejects(predictions(predictor, 'bert', text), { reason: 'modelMissing', message: /tokenizer\.json/u });
    assert.equal(predictor.states[0]?.state, 'failed');
    assert.match(predictor.states[0].message ?? '', /tokenizer\.json/u);
    assert.ok(log.some(({ level }) => level === 'error'));
    await copyFile(kept, file);
    const [found] = await predictions(predictor, 'bert', text);
    assert.equal(found?.tags.length, 5);
    assert.deepEqual(
      predictor.states.slice(0, 1).map(({ state, message }) => [state, message]),
      [['ready', undefined]],
    );
  });

  it('names a file that was cut off or changed', async () => {
    const { root, model } = await copyOfBert(folder);
    const config = path.join(model, 'config.json');
    const whole = await readFile(config, 'utf8');
    const changed = make({ modelsRoot: root }).predictor;
    await writeFile(
      config,
      whole.replace(/\d/u, (digit) => String((Number(digit) + 1) % 10)),
    );
    await assert.rejects(predictions(changed, 'bert', text), {
      reason: 'modelCorrupt',
      message: /config\.json.*SHA-256/u,
    });
    await writeFile(config, whole);
    const graph = path.join(model, graphName);
    await truncate(graph, 1_000_000);
    await assert.rejects(predictions(changed, 'bert', text), {
      reason: 'modelCorrupt',
      message: /\.onnx.*1000000 bytes/u,
    });
  });

  it('names what a model is when it is none of its family', async () => {
    const { root, model } = await copyOfBert(folder);
    const manifest = path.join(root, 'manifest.json');
    const entries = JSON.parse(await readFile(manifest, 'utf8')) as { models: { files: unknown[] }[] };
    for (const entry of entries.models) entry.files = [];
    await writeFile(manifest, JSON.stringify(entries));
    const config = path.join(model, 'config.json');
    const whole = await readFile(config, 'utf8');
    const { predictor } = make({ modelsRoot: root });
    await writeFile(config, whole.replace('BertForTokenClassification', 'BertForMaskedLM'));
    await assert.rejects(predictions(predictor, 'bert', text), { reason: 'modelUnfit', message: /BertForMaskedLM/u });
    await writeFile(config, '{"architectures": ["BertForTokenClassification"]}');
    await assert.rejects(predictions(predictor, 'bert', text), { reason: 'modelUnfit', message: /id2label/u });
    await writeFile(config, '{ "architectures"');
    await assert.rejects(predictions(predictor, 'bert', text), { reason: 'modelCorrupt', message: /config\.json/u });
    await writeFile(config, whole);
    await writeFile(path.join(model, graphName), 'no graph');
    await assert.rejects(predictions(predictor, 'bert', text), { reason: 'modelUnfit' });
  });

  it('gives up on a process that cannot start, with its last words', async () => {
    const entry = path.join(folder, 'broken.mjs');
    await writeFile(entry, "process.stderr.write('the runtime is not for this machine\\n');\nprocess.exitCode = 3;\n");
    const { predictor, log } = make({ processEntry: entry });
    await assert.rejects(predictions(predictor, 'bert', text), {
      reason: 'processFailed',
      message: /code 3: the runtime is not for this machine/u,
    });
    assert.equal(predictor.states[0]?.state, 'failed');
    assert.ok(log.some(({ message }) => message.includes('the runtime is not for this machine')));
    const gone = make({ processEntry: path.join(folder, 'nowhere.mjs') });
    await assert.rejects(predictions(gone.predictor, 'bert', text), { reason: 'processFailed' });
  });

  it('ends the model process when its parent dies', async () => {
    const script = path.join(
      path.dirname(fileURLToPath(import.meta.url)),
      '..',
      '..',
      'inference',
      'support',
      'parent.ts',
    );
    const parent = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const child = Number(line);
    assert.ok(child > 0 && isAlive(child));
    parent.kill('SIGKILL');
    await until('the end of the model process', () => !isAlive(child));
  });

  it('the model process started by hand says what it is', async () => {
    const byHand = spawn(process.execPath, [processEntry], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    byHand.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const [code] = (await once(byHand, 'close')) as [number];
    assert.equal(code, 2);
    assert.match(said, /model process of Entity Lens/u);
  });
});
