import { strict as assert } from 'node:assert';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { download, planDownload } from '../../../src/node/hub/hubDownload.ts';
import type { DownloadOptions, DownloadPlan, DownloadProgress } from '../../../src/node/hub/hubDownload.ts';
import { graphFiles } from '../../../src/node/hub/hubLayout.ts';
import { hubDtypes } from '../../../src/node/hub/hubModel.ts';
import type { HubModel } from '../../../src/node/hub/hubModel.ts';
import {
  downloadedFolder,
  downloadsIn,
  readRecord,
  removeDownload,
  removeUnfinished,
} from '../../../src/node/hub/hubStorage.ts';
import { readChoice } from '../../../src/node/models/modelChoice.ts';
import type { ModelChoice } from '../../../src/node/models/modelChoice.ts';
import { bundled, modelsRoot } from '../../inference/support/bundled.ts';
import { temporaryFolder } from '../../inference/support/folders.ts';
import { startHub } from '../../inference/support/hub.ts';
import type { Hub } from '../../inference/support/hub.ts';
import { newPredictor, predictions } from '../../inference/support/predicting.ts';

/** Whether a model is recorded as downloaded completely. */
function isDownloaded({ storage, id, revision, family, dtype }: HubModel): boolean {
  return readRecord(downloadedFolder(storage, id, revision), family, dtype) !== undefined;
}

const bert = bundled('bert');
const t5 = bundled('t5');
const ID = 'someone/some-ner';

describe('a model from a hub', function () {
  this.timeout(240_000);
  let hub: Hub;
  let storage = '';
  let remove: () => Promise<void> = () => Promise.resolve();
  const never = new AbortController().signal;
  const [graph = ''] = graphFiles('bert', bert.dtype);

  beforeEach(async () => {
    ({ folder: storage, remove } = await temporaryFolder());
    hub = await startHub({
      [ID]: path.join(modelsRoot, bert.folder),
      'google/some-t5': path.join(modelsRoot, t5.folder),
    });
  });
  afterEach(async () => {
    await hub.close();
    await remove();
  });

  const modelOf = (changed: Partial<HubModel> = {}): HubModel => ({
    ...{ host: hub.host, id: ID, revision: 'main', family: 'bert', dtype: bert.dtype, storage },
    ...changed,
  });
  const planned = async (model = modelOf(), options: DownloadOptions = { signal: never }): Promise<DownloadPlan> => {
    const plan = await planDownload(model, options);
    assert.ok(plan.ok, plan.ok ? '' : plan.message);
    return plan.value;
  };
  const choice = (changed: Record<string, unknown> = {}): ModelChoice => {
    const read = readChoice({ model: ID, dtype: bert.dtype, ...changed });
    assert.ok(read.ok);
    return read.value;
  };

  it('is planned with the bytes of every file, and nothing large is fetched for that', async () => {
    const plan = await planned();
    assert.deepEqual(
      plan.files.map((file) => file.path),
      ['config.json', 'tokenizer.json', 'tokenizer_config.json', graph],
    );
    let sum = 0;
    for (const file of plan.files) sum += (await stat(path.join(modelsRoot, bert.folder, file.path))).size;
    assert.equal(plan.bytes, sum);
    assert.deepEqual(hub.gets, []);
  });

  it('comes whole, tells its bytes, and then works without the hub', async () => {
    const seen: DownloadProgress[] = [];
    const plan = await planned();
    assert.equal(isDownloaded(modelOf()), false);
    const result = await download(plan, { signal: never, onProgress: (progress) => seen.push(progress) });
    assert.ok(result.ok);
    assert.equal(isDownloaded(modelOf()), true);
    assert.equal(seen.at(-1)?.bytes, plan.bytes);
    assert.equal(seen.at(-1)?.total, plan.bytes);
    assert.ok(seen.every((progress, index) => index === 0 || progress.bytes >= seen[index - 1]!.bytes));
    await hub.close();
    const { predictor } = newPredictor({ models: { bert: choice() }, storage });
    try {
      const sentence = ['Angela', 'Merkel', 'left', 'Berlin', '.'];
      const [found] = await predictions(predictor, 'bert', [sentence]);
      assert.equal(predictor.states[0]?.name, ID);
      const original = newPredictor();
      const [expected] = await predictions(original.predictor, 'bert', [sentence]);
      original.predictor.dispose();
      assert.deepEqual(found?.tags, expected?.tags);
    } finally {
      predictor.dispose();
    }
    hub = await startHub({});
  });

  it('is not taken for downloaded before it is, and a damaged file is noticed later', async () => {
    const { predictor } = newPredictor({ models: { bert: choice() }, storage });
    try {
      await assert.rejects(predictions(predictor, 'bert', [['x']]), {
        reason: 'modelNotDownloaded',
        message: /Select Model/u,
      });
      const result = await download(await planned(), { signal: never });
      assert.ok(result.ok);
      await truncate(path.join(downloadedFolder(storage, ID, 'main'), graph), 5_000);
      await assert.rejects(predictions(predictor, 'bert', [['x']]), { reason: 'modelCorrupt', message: /\.onnx/u });
    } finally {
      predictor.dispose();
    }
  });

  it('goes on where the line broke', async () => {
    hub.troubles.set(graph, { kind: 'cutOffOnce', after: 1_000_000 });
    const plan = await planned();
    const first = await download(plan, { signal: never });
    assert.equal(first.ok ? 'ok' : first.reason, 'cutOff');
    assert.equal(isDownloaded(modelOf()), false);
    const second = await download(await planned(), { signal: never });
    assert.ok(second.ok, second.ok ? '' : second.message);
    const asked = hub.gets.filter(({ file }) => file === graph).map(({ from }) => from);
    assert.equal(asked.length, 2);
    assert.ok(asked[1]! > 0 && asked[1]! <= 1_000_000);
    assert.equal(hub.gets.filter(({ file }) => file === 'tokenizer.json').length, 1);
  });

  it('starts anew where the hub cannot go on, or goes on at the wrong place', async () => {
    hub.troubles.set(graph, { kind: 'cutOffOnce', after: 1_000_000 });
    const broken = await download(await planned(), { signal: never });
    assert.equal(broken.ok, false);
    hub.troubles.set(graph, { kind: 'wrongRange' });
    const wrong = await download(await planned(), { signal: never });
    assert.equal(wrong.ok ? 'ok' : wrong.reason, 'refused');
    hub.troubles.set(graph, { kind: 'noRanges' });
    const result = await download(await planned(), { signal: never });
    assert.ok(result.ok, result.ok ? '' : result.message);
  });

  it('stops when cancelled, keeps what came, and goes on later', async () => {
    const stop = new AbortController();
    const cancelled = await download(await planned(), {
      signal: stop.signal,
      onProgress: ({ file, bytes }) => {
        if (file === graph && bytes > 3_000_000) stop.abort();
      },
    });
    assert.equal(cancelled.ok ? 'ok' : cancelled.reason, 'cancelled');
    assert.equal(isDownloaded(modelOf()), false);
    const again = await download(await planned(), { signal: never });
    assert.ok(again.ok);
    assert.ok(hub.gets.at(-1)!.from > 0);
    const early = await planDownload(modelOf(), { signal: AbortSignal.abort() });
    assert.equal(early.ok ? 'ok' : early.reason, 'cancelled');
  });

  it('is waited for while a slow hub goes on sending', async () => {
    hub.troubles.set('tokenizer.json', { kind: 'slow', bytesPerSecond: 500_000 });
    const steps: number[] = [];
    const result = await download(await planned(), {
      signal: never,
      stallMs: 2_500,
      onProgress: ({ file, bytes }) => {
        if (file === 'tokenizer.json') steps.push(bytes);
      },
    });
    assert.ok(result.ok, result.ok ? '' : result.message);
    assert.ok(steps.length > 10, String(steps.length));
  });

  it('gives up on a hub that falls silent', async () => {
    hub.troubles.set(graph, { kind: 'silent', after: 2_000 });
    const result = await download(await planned(), { signal: never, stallMs: 400 });
    assert.equal(result.ok ? 'ok' : result.reason, 'stalled');
  });

  it('refuses content that is not what the hub announced, and does not keep it', async () => {
    for (const [file, kind] of [
      ['tokenizer.json', 'damaged'],
      [graph, 'damaged'],
      [graph, 'longer'],
    ] as const) {
      hub.troubles.clear();
      hub.troubles.set(file, { kind });
      const bad = await download(await planned(), { signal: never });
      assert.equal(bad.ok ? 'ok' : bad.reason, 'downloadCorrupt', `${file} ${kind}`);
      const left = await stat(path.join(downloadedFolder(storage, ID, 'main'), `${file}.part`)).catch(() => undefined);
      assert.equal(left, undefined);
    }
    hub.troubles.clear();
    const result = await download(await planned(), { signal: never });
    assert.ok(result.ok);
  });

  it('names what the hub lacks or refuses', async () => {
    const reasonOf = async (model: HubModel): Promise<[string, string]> => {
      const plan = await planDownload(model, { signal: never });
      return plan.ok ? ['ok', ''] : [plan.reason, plan.message];
    };
    const [missing, missingText] = await reasonOf(modelOf({ id: 'someone/else' }));
    assert.equal(missing, 'fileMissing');
    assert.match(missingText, /no model someone\/else/u);
    const dtype = bert.dtype === 'q4' ? 'fp16' : 'q4';
    const [, dtypeText] = await reasonOf(modelOf({ dtype }));
    assert.match(dtypeText, new RegExp(`onnx/.*another dtype than ${dtype}`, 'u'));
    hub.troubles.set('config.json', { kind: 'status', status: 401 });
    assert.equal((await reasonOf(modelOf()))[0], 'notOpen');
    hub.troubles.set('config.json', { kind: 'status', status: 503 });
    assert.equal((await reasonOf(modelOf()))[0], 'refused');
    const nobody = await reasonOf(modelOf({ host: 'http://127.0.0.1:9' }));
    assert.equal(nobody[0], 'unreachable');
  });

  it('is offered in the number formats that the hub has', async () => {
    const place = { host: hub.host, id: ID, revision: 'main', family: 'bert' } as const;
    const found = await hubDtypes(place, { signal: never });
    assert.ok(found.ok);
    const { size } = await stat(path.join(modelsRoot, bert.folder, graph));
    assert.deepEqual(found.value, [{ dtype: bert.dtype, bytes: size }]);
    assert.deepEqual(hub.gets, []);
    const other = await hubDtypes({ ...place, family: 't5' }, { signal: never });
    assert.ok(!other.ok && other.reason === 'fileMissing' && /encoder_model\.onnx/u.test(other.message));
    const none = await hubDtypes({ ...place, id: 'someone/else' }, { signal: never });
    assert.ok(!none.ok && /no model someone\/else/u.test(none.message));
    hub.troubles.set(graph, { kind: 'status', status: 403 });
    const gated = await hubDtypes(place, { signal: never });
    assert.ok(!gated.ok && gated.reason === 'notOpen' && /403/u.test(gated.message));
  });

  it('is listed once it is whole, and deleted without what another needs', async () => {
    assert.deepEqual(downloadsIn(storage, 'bert'), []);
    const result = await download(await planned(), { signal: never });
    assert.ok(result.ok);
    assert.deepEqual(downloadsIn(storage, 'bert'), [result.value]);
    assert.deepEqual(downloadsIn(storage, 't5'), []);
    const folder = downloadedFolder(storage, ID, 'main');
    await writeFile(path.join(folder, 'onnx', 'model.onnx.part'), 'half');
    await removeUnfinished(storage, ID, 'main');
    assert.deepEqual(await readdir(path.join(folder, 'onnx')), [path.basename(graph)]);
    assert.equal(isDownloaded(modelOf()), true);
    await removeDownload(storage, ID, 'main');
    assert.deepEqual(await readdir(storage), []);
  });

  it('refuses names that are paths, and lines that others can write to', async () => {
    for (const changed of [
      { id: 'nobody' },
      { id: '../up' },
      { id: 'a/..' },
      { id: 'a/b/c' },
      { id: 'a/b?c' },
      { revision: '../../x' },
      { revision: '' },
      { host: 'http://example.org' },
      { host: 'file:///etc' },
      { host: 'no address' },
    ]) {
      const plan = await planDownload(modelOf(changed), { signal: never });
      assert.equal(plan.ok ? 'ok' : plan.reason, 'choiceInvalid', JSON.stringify(changed));
    }
  });

  it('stops at config.json where the model is of another kind', async () => {
    const model = modelOf({ id: 'google/some-t5', dtype: t5.dtype });
    const files = (await planned(modelOf())).files.map((file) => ({
      ...file,
      url: file.url.replace(ID, 'google/some-t5'),
    }));
    const { length } = await readFile(path.join(modelsRoot, t5.folder, 'config.json'));
    const config = { ...files[0]!, bytes: length, tag: undefined };
    const result = await download({ model, files: [config, ...files.slice(1)], bytes: undefined }, { signal: never });
    assert.equal(result.ok ? 'ok' : result.reason, 'modelUnfit');
    assert.equal(hub.gets.length, 1);
  });

  it('may be a T5, asked with a prompt of the user', async () => {
    const model = modelOf({ id: 'google/some-t5', family: 't5', dtype: t5.dtype });
    const result = await download(await planned(model), { signal: never });
    assert.ok(result.ok);
    const { predictor } = newPredictor({
      models: { t5: choice({ model: 'google/some-t5', dtype: t5.dtype, prompt: t5.prompt }) },
      storage,
    });
    try {
      const [found] = await predictions(predictor, 't5', [['Angela', 'Merkel', 'left', '.']]);
      assert.equal(found?.tags.length, 4);
      assert.equal(predictor.states[1]?.name, 'google/some-t5');
    } finally {
      predictor.dispose();
    }
  });
});
