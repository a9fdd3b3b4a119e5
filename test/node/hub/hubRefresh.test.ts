import { strict as assert } from 'node:assert';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { download, planDownload } from '../../../src/node/hub/hubDownload.ts';
import type { Dtype } from '../../../src/node/hub/hubLayout.ts';
import {
  adoptRefresh,
  bytesToFetch,
  fetchRefresh,
  isCommit,
  planRefresh,
  restoreAside,
  stagedFolder,
} from '../../../src/node/hub/hubRefresh.ts';
import type { Refreshed, RefreshPlan } from '../../../src/node/hub/hubRefresh.ts';
import { downloadedFolder, downloadsIn, recordFile, removeDownload } from '../../../src/node/hub/hubStorage.ts';
import { readChoice } from '../../../src/node/models/modelChoice.ts';
import { labelledWords, writeTinyClassifier } from '../../support/tinyClassifier.ts';
import { temporaryFolder } from '../../inference/support/folders.ts';
import { startHub } from '../../inference/support/hub.ts';
import type { Hub } from '../../inference/support/hub.ts';
import { newPredictor, predictions } from '../../inference/support/predicting.ts';

const ID = 'someone/moving-ner';
const GRAPH = 'onnx/model_quantized.onnx';
const OTHER_GRAPH = 'onnx/model.onnx';
const OLD = { Ada: 'B-PER', London: 'B-LOC' };
const NEW = { Ada: 'B-LOC', London: 'B-PER' };

describe('a newer version of a downloaded model', function () {
  this.timeout(120_000);
  const never = new AbortController().signal;
  let hub: Hub;
  let folder = '';
  let storage = '';
  let remove: () => Promise<void> = () => Promise.resolve();

  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    storage = path.join(folder, 'models');
    await publish(OLD);
    hub = await startHub({ [ID]: inHub() });
    await fetchFirst('q8');
  });
  afterEach(async () => {
    await hub.close();
    await remove();
  });

  const inHub = (...parts: readonly string[]): string => path.join(folder, 'hub', ...parts);
  const here = (...parts: readonly string[]): string => path.join(downloadedFolder(storage, ID, 'main'), ...parts);
  const model = (): Refreshed => ({ host: hub.host, id: ID, revision: 'main', storage });

  /** What the hub has, from now on, for the revision main. */
  async function publish(words: Readonly<Record<string, string>>): Promise<void> {
    await writeTinyClassifier(inHub(), labelledWords(['PER', 'LOC'], words));
    await copyFile(inHub(GRAPH), inHub(OTHER_GRAPH));
  }

  async function fetchFirst(dtype: Dtype): Promise<void> {
    const plan = await planDownload({ ...model(), family: 'bert', dtype }, { signal: never });
    assert.ok(plan.ok);
    const done = await download(plan.value, { signal: never });
    assert.ok(done.ok);
    hub.gets.length = 0;
  }

  async function planned(): Promise<RefreshPlan> {
    const plan = await planRefresh(model(), { signal: never });
    assert.ok(plan.ok, plan.ok ? '' : plan.message);
    return plan.value;
  }

  const paths = (files: readonly { readonly path: string }[]): readonly string[] => files.map((file) => file.path);

  /** What the model that is downloaded says of two words, verified and loaded anew. */
  async function tags(dtype: Dtype = 'q8'): Promise<readonly string[] | undefined> {
    const choice = readChoice({ model: ID, dtype });
    assert.ok(choice.ok);
    const { predictor } = newPredictor({ models: { bert: choice.value }, storage });
    try {
      return (await predictions(predictor, 'bert', [['Ada', 'London']]))[0]?.tags;
    } finally {
      predictor.dispose();
    }
  }

  it('is not there while the hub has the same, and no content is fetched to know', async () => {
    const { changed, unsure, gone, plans } = await planned();
    assert.deepEqual([changed, unsure, gone], [[], [], []]);
    assert.equal(plans.length, 1);
    assert.deepEqual(hub.gets, []);
  });

  it('is planned with the files that changed and their bytes, of which alone the content comes', async () => {
    await publish(NEW);
    const plan = await planned();
    assert.deepEqual(paths(plan.changed), [GRAPH]);
    assert.equal(bytesToFetch(plan), (await stat(inHub(GRAPH))).size);
    assert.deepEqual(hub.gets, []);
    const seen: (readonly [string, number, number])[] = [];
    const done = await fetchRefresh(plan, {
      signal: never,
      onProgress: ({ file, bytes, total }) => seen.push([file, bytes, total]),
    });
    assert.ok(done.ok, done.ok ? '' : done.message);
    assert.deepEqual(paths(hub.gets.map(({ file }) => ({ path: file }))), [GRAPH]);
    assert.ok(seen.every(([file, , total]) => file === GRAPH && total === bytesToFetch(plan)));
    assert.equal(seen.at(-1)?.[1], bytesToFetch(plan));
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
    assert.ok((await adoptRefresh(model())).ok);
    assert.deepEqual(await tags(), ['B-LOC', 'B-PER']);
    assert.deepEqual(paths((await planned()).changed), []);
    assert.deepEqual((await readdir(storage)).toSorted(), ['.new', '.old', path.basename(here())].toSorted());
    assert.deepEqual([await readdir(path.join(storage, '.new')), await readdir(path.join(storage, '.old'))], [[], []]);
  });

  it('leaves the old one as it is when it breaks off or is stopped, and is gone on with later', async () => {
    await publish({ ...NEW, ...Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`word${at}`, 'O'])) });
    const plan = await planned();
    assert.deepEqual(paths(plan.changed), ['tokenizer.json', GRAPH]);
    const record = await readFile(recordFile(here(), 'bert', 'q8'), 'utf8');
    hub.troubles.set(GRAPH, { kind: 'cutOffOnce', after: 30_000 });
    const broken = await fetchRefresh(plan, { signal: never });
    assert.equal(broken.ok ? 'ok' : broken.reason, 'cutOff');
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
    hub.troubles.set(GRAPH, { kind: 'slow', bytesPerSecond: 200_000 });
    const stop = new AbortController();
    const stopped = await fetchRefresh(await planned(), {
      signal: stop.signal,
      onProgress: ({ file }) => {
        if (file === GRAPH) stop.abort();
      },
    });
    assert.equal(stopped.ok ? 'ok' : stopped.reason, 'cancelled');
    hub.troubles.set(GRAPH, { kind: 'damaged' });
    const damaged = await fetchRefresh(await planned(), { signal: never });
    assert.equal(damaged.ok ? 'ok' : damaged.reason, 'downloadCorrupt');
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
    assert.equal(await readFile(recordFile(here(), 'bert', 'q8'), 'utf8'), record);
    assert.deepEqual(paths(downloadsIn(storage, 'bert').map(({ id }) => ({ path: id }))), [ID]);
    hub.troubles.clear();
    assert.ok((await fetchRefresh(await planned(), { signal: never })).ok);
    assert.ok((await adoptRefresh(model())).ok);
    assert.deepEqual(await tags(), ['B-LOC', 'B-PER']);
    // The tokenizer came once; the graph was gone on with where the line broke.
    assert.equal(hub.gets.filter(({ file }) => file === 'tokenizer.json').length, 1);
    const from = hub.gets.filter(({ file }) => file === GRAPH).map((get) => get.from);
    assert.ok(from[0] === 0 && from[1]! > 0 && from[1]! <= 30_000, from.join());
  });

  it('comes for all number formats that are here, which share files', async () => {
    await fetchFirst('fp32');
    await publish({ ...NEW, Paris: 'B-LOC' });
    const plan = await planned();
    assert.deepEqual(paths(plan.changed).toSorted(), [OTHER_GRAPH, GRAPH, 'tokenizer.json'].toSorted());
    assert.ok((await fetchRefresh(plan, { signal: never })).ok);
    assert.ok((await adoptRefresh(model())).ok);
    assert.deepEqual(await tags('q8'), ['B-LOC', 'B-PER']);
    assert.deepEqual(await tags('fp32'), ['B-LOC', 'B-PER']);
    assert.equal(hub.gets.length, 3);
  });

  it('is neither claimed nor denied where the hub tells sizes alone', async () => {
    hub.troubles.set('tokenizer.json', { kind: 'untagged' });
    const same = await planned();
    assert.deepEqual([paths(same.changed), paths(same.unsure)], [[], ['tokenizer.json']]);
    await publish({ ...OLD, Paris: 'B-LOC' });
    assert.ok(paths((await planned()).changed).includes('tokenizer.json'));
  });

  it('replaces a file that is damaged here, and lacks one that the hub has no more', async () => {
    await writeFile(here('tokenizer.json'), 'x'.repeat((await stat(here('tokenizer.json'))).size));
    const file = recordFile(here(), 'bert', 'q8');
    const record = JSON.parse(await readFile(file, 'utf8')) as { files: object[] };
    record.files.push({ path: 'added_tokens.json', bytes: 2, sha256: 'x' });
    await writeFile(file, JSON.stringify(record));
    await writeFile(here('added_tokens.json'), '{}');
    const plan = await planned();
    assert.deepEqual([paths(plan.changed), plan.gone], [['tokenizer.json'], ['added_tokens.json']]);
    assert.ok((await fetchRefresh(plan, { signal: never })).ok);
    assert.ok((await adoptRefresh(model())).ok);
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
    assert.ok(!(await readdir(here())).includes('added_tokens.json'));
  });

  it('does not take the place of the old one where it cannot, and a replacement that was interrupted is undone', async () => {
    const adopted = await adoptRefresh(model());
    assert.equal(adopted.ok ? 'ok' : adopted.reason, 'writeFailed');
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
    // As a program leaves it that ended between the two steps.
    const aside = path.join(storage, '.old', path.basename(here()));
    await rename(here(), aside);
    assert.deepEqual(downloadsIn(storage, 'bert'), []);
    restoreAside(storage);
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
    // As one leaves it that ended after them.
    await mkdir(aside);
    restoreAside(storage);
    assert.deepEqual(await readdir(path.join(storage, '.old')), []);
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
    restoreAside(path.join(folder, 'nowhere'));
  });

  it('goes with the model where that is deleted, and is not looked for without it', async () => {
    await publish(NEW);
    assert.ok((await fetchRefresh(await planned(), { signal: never })).ok);
    assert.ok((await readdir(stagedFolder(model()))).length > 0);
    await removeDownload(storage, ID, 'main');
    await assert.rejects(readdir(stagedFolder(model())));
    const plan = await planRefresh(model(), { signal: never });
    assert.equal(plan.ok ? 'ok' : plan.reason, 'choiceInvalid');
    await rm(inHub(), { recursive: true });
  });

  it('is told to be impossible where the hub lacks the model, or needs a token', async () => {
    hub.tokens.set(ID, 'hf_needed');
    const closed = await planRefresh(model(), { signal: never });
    assert.equal(closed.ok ? 'ok' : closed.reason, 'notOpen');
    hub.tokens.clear();
    hub.models.clear();
    const missing = await planRefresh(model(), { signal: never });
    assert.equal(missing.ok ? 'ok' : missing.reason, 'fileMissing');
    assert.deepEqual(await tags(), ['B-PER', 'B-LOC']);
  });

  it('is not possible for a commit, which has a full hash', () => {
    assert.ok(isCommit('0123456789abcdef0123456789abcdef01234567'));
    for (const revision of ['main', 'v1.0', '0123456', 'refs/pr/1']) assert.ok(!isCommit(revision), revision);
  });
});
