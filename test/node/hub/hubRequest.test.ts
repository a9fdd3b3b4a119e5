import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { download, planDownload } from '../../../src/node/hub/hubDownload.ts';
import type { DownloadPlan, DownloadReason } from '../../../src/node/hub/hubDownload.ts';
import { hubDtypes } from '../../../src/node/hub/hubModel.ts';
import type { HubModel } from '../../../src/node/hub/hubModel.ts';
import { hubToken } from '../../../src/node/hub/hubRequest.ts';
import type { HubToken } from '../../../src/node/hub/hubRequest.ts';
import { labelledWords, writeTinyClassifier } from '../../support/tinyClassifier.ts';
import { temporaryFolder } from '../../inference/support/folders.ts';
import { startHub } from '../../inference/support/hub.ts';
import type { Hub } from '../../inference/support/hub.ts';

const ID = 'someone/private-ner';
const RIGHT = 'hf_right-one';

describe('a private model from a hub', function () {
  this.timeout(60_000);
  const never = new AbortController().signal;
  let hub: Hub;
  let elsewhere: Hub;
  let folder = '';
  let remove: () => Promise<void> = () => Promise.resolve();

  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    const tiny = path.join(folder, 'tiny');
    await writeTinyClassifier(tiny, labelledWords(['GENE'], { p53: 'B-GENE' }));
    hub = await startHub({ [ID]: tiny, 'someone/open-ner': tiny });
    elsewhere = await startHub({ [ID]: tiny });
    hub.tokens.set(ID, RIGHT);
  });
  afterEach(async () => {
    await hub.close();
    await elsewhere.close();
    await remove();
  });

  const modelOf = (changed: Partial<HubModel> = {}): HubModel => ({
    ...{ host: hub.host, id: ID, revision: 'main', family: 'bert', dtype: 'q8', storage: path.join(folder, 'models') },
    ...changed,
  });
  const token = (value: string, host = hub.host): HubToken => {
    const made = hubToken(host, value);
    assert.ok(made);
    return made;
  };
  const planned = async (value: HubToken | undefined): Promise<DownloadPlan> => {
    const plan = await planDownload(modelOf(), { signal: never, token: value });
    assert.ok(plan.ok, plan.ok ? '' : plan.message);
    return plan.value;
  };
  const failed = async (
    value: HubToken | undefined,
    changed: Partial<HubModel> = {},
  ): Promise<readonly [DownloadReason, string]> => {
    const plan = await planDownload(modelOf(changed), { signal: never, token: value });
    assert.ok(!plan.ok);
    return [plan.reason, plan.message];
  };
  const sent = (server: Hub): readonly (string | undefined)[] => [
    ...new Set(server.requests.map(({ authorization }) => authorization)),
  ];

  it('is not open without a token, which is then asked for, and none is sent unasked', async () => {
    const [reason, message] = await failed(undefined);
    assert.equal(reason, 'notOpen');
    assert.match(message, /does not exist or is not open to everybody \(401\).*token/u);
    const dtypes = await hubDtypes(modelOf(), { signal: never });
    assert.equal(dtypes.ok ? 'ok' : dtypes.reason, 'notOpen');
    assert.deepEqual(sent(hub), [undefined]);
  });

  it('tells a token that the hub does not accept from one whose account may not read it, and names neither', async () => {
    const [wrong, wrongText] = await failed(token('hf_wrong-one'));
    assert.equal(wrong, 'tokenRefused');
    assert.match(wrongText, /did not accept your token.*\(401\).*Use another one, or forget it/u);
    hub.troubles.set('config.json', { kind: 'status', status: 403 });
    const [gated, gatedText] = await failed(token(RIGHT));
    assert.equal(gated, 'tokenRefused');
    assert.match(gatedText, /may not read.*\(403\).*Ask for access/u);
    hub.troubles.clear();
    const [hidden, hiddenText] = await failed(token(RIGHT), { id: 'someone/nothing' });
    assert.equal(hidden, 'modelHidden');
    assert.match(hiddenText, /There is no model someone\/nothing.*the account of your token may not see it/u);
    assert.doesNotMatch([wrongText, gatedText, hiddenText].join(), /hf_/u);
  });

  it('comes with the token, which only the hub gets, and which is kept in no file', async () => {
    hub.elsewhere = elsewhere.host;
    const dtypes = await hubDtypes(modelOf(), { signal: never, token: token(RIGHT) });
    assert.ok(dtypes.ok);
    const plan = await planned(token(RIGHT));
    assert.deepEqual(elsewhere.requests, []);
    const result = await download(plan, { signal: never, token: token(RIGHT) });
    assert.ok(result.ok, result.ok ? '' : result.message);
    assert.deepEqual(sent(hub), [`Bearer ${RIGHT}`]);
    assert.deepEqual(
      elsewhere.gets.map(({ file }) => file),
      ['onnx/model_quantized.onnx'],
    );
    assert.deepEqual(sent(elsewhere), [undefined]);
    const files = await readdir(modelOf().storage, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const content = await readFile(path.join(file.parentPath, file.name), 'latin1');
      assert.ok(!content.includes(RIGHT), file.name);
    }
  });

  it('is not asked for in the person’s name where another server leads back to the hub', async () => {
    const back = createServer((_request, response) => {
      response.writeHead(302, { location: `${hub.host}/${ID}/resolve/main/config.json` }).end();
    });
    await new Promise<void>((resolve) => back.listen(0, '127.0.0.1', resolve));
    try {
      hub.elsewhere = `http://127.0.0.1:${(back.address() as AddressInfo).port}`;
      const plan = await planned(token(RIGHT));
      const before = hub.requests.length;
      const result = await download(plan, { signal: never, token: token(RIGHT) });
      assert.equal(result.ok ? 'ok' : result.reason, 'refused');
      assert.equal(hub.requests.at(-1)?.path, `/${ID}/resolve/main/config.json`);
      assert.equal(hub.requests.at(-1)?.authorization, undefined);
      assert.ok(hub.requests.length > before);
    } finally {
      back.close();
      back.closeAllConnections();
    }
  });

  it('is not fetched over a line that others can read, nor round in circles', async () => {
    const plan = await planned(token(RIGHT));
    for (const [away, told] of [
      ['http://example.org', /redirects to http:\/\/example\.org, which is not https/u],
      ['file:///etc', /not https/u],
    ] as const) {
      hub.elsewhere = away;
      const result = await download(plan, { signal: never, token: token(RIGHT) });
      assert.ok(!result.ok && result.reason === 'unreachable');
      assert.match(result.message, told);
    }
    const circle = createServer((_request, response) => {
      response.writeHead(302, { location: '/again' }).end();
    });
    await new Promise<void>((resolve) => circle.listen(0, '127.0.0.1', resolve));
    try {
      const host = `http://127.0.0.1:${(circle.address() as AddressInfo).port}`;
      const [, message] = await failed(undefined, { host });
      assert.match(message, /redirects do not end/u);
    } finally {
      circle.close();
      circle.closeAllConnections();
    }
  });

  it('has a token that is sent to no other hub, nor over an open line, and can be sent at all', async () => {
    const other = token(RIGHT, 'https://huggingface.co/some/path');
    assert.equal(other.origin, 'https://huggingface.co');
    assert.equal((await failed(other))[0], 'notOpen');
    assert.deepEqual(sent(hub), [undefined]);
    assert.deepEqual(hubToken(hub.host, ` ${RIGHT}\n`), { origin: hub.host, value: RIGHT });
    for (const [host, value] of [
      ['http://example.org', RIGHT],
      ['ftp://127.0.0.1', RIGHT],
      ['no address', RIGHT],
      [hub.host, ''],
      [hub.host, 'two words'],
      [hub.host, 'two\r\nlines: x'],
      [hub.host, 'schlüssel'],
    ] as const)
      assert.equal(hubToken(host, value), undefined, `${host} ${value}`);
  });
});
