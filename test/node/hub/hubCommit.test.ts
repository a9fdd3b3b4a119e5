import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { download, planDownload } from '../../../src/node/hub/hubDownload.ts';
import type { HubModel } from '../../../src/node/hub/hubModel.ts';
import { downloadedFolder } from '../../../src/node/hub/hubStorage.ts';
import { labelledWords, writeTinyClassifier } from '../../support/tinyClassifier.ts';
import { temporaryFolder } from '../../inference/support/folders.ts';
import { startHub } from '../../inference/support/hub.ts';
import type { Hub } from '../../inference/support/hub.ts';

const ID = 'someone/moving-ner';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe('a branch of a model on a hub', function () {
  this.timeout(60_000);
  const never = new AbortController().signal;
  let hub: Hub;
  let folder = '';
  let remove: () => Promise<void> = () => Promise.resolve();
  const before = (): string => path.join(folder, 'before');
  const model = (): HubModel => ({
    ...{ host: hub.host, id: ID, revision: 'main', family: 'bert', dtype: 'q8' },
    storage: path.join(folder, 'storage'),
  });

  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    await writeTinyClassifier(before(), labelledWords(['PER', 'LOC'], { Ada: 'B-PER' }));
    await writeTinyClassifier(path.join(folder, 'after'), labelledWords(['PER', 'LOC'], { Ada: 'B-LOC', Bo: 'O' }));
    hub = await startHub({ [ID]: before() });
  });
  afterEach(async () => {
    await hub.close();
    await remove();
  });

  it('is taken as the commit that it stood for at first, though it moves on in between', async () => {
    hub.commits.set(ID, COMMIT);
    hub.models.set(`${ID}@${COMMIT}`, before());
    const plan = await planDownload(model(), { signal: never });
    assert.ok(plan.ok, plan.ok ? '' : plan.message);
    hub.commits.set(ID, 'f'.repeat(40));
    hub.models.set(ID, path.join(folder, 'after'));
    const done = await download(plan.value, { signal: never });
    assert.ok(done.ok, done.ok ? '' : done.message);
    assert.equal(done.value.revision, 'main');
    for (const { path: file } of done.value.files) {
      const come = await readFile(path.join(downloadedFolder(model().storage, ID, 'main'), file));
      assert.ok(come.equals(await readFile(path.join(before(), file))), file);
    }
    const [first, ...others] = hub.requests.map((request) => request.path);
    assert.match(first ?? '', /\/resolve\/main\//u);
    assert.ok(others.length > 0 && others.every((address) => address.includes(COMMIT)), others.join('\n'));
  });

  it('is taken as it is where the hub does not tell its commit', async () => {
    const plan = await planDownload(model(), { signal: never });
    assert.ok(plan.ok, plan.ok ? '' : plan.message);
    assert.ok((await download(plan.value, { signal: never })).ok);
    assert.ok(hub.requests.every((request) => request.path.includes('/main/')));
  });
});
