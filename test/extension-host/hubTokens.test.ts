import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { HubTokens } from '../../src/extension/prediction/hubTokens.ts';
import { hubToken } from '../../src/node/hub/hubRequest.ts';
import { running } from './support.ts';

const HUB = 'https://hub.example.org';

describe('tokens for hubs', () => {
  afterEach(async () => {
    const { hubTokens } = await running();
    for (const origin of await hubTokens.origins()) await hubTokens.forget(origin);
  });

  async function keep(host: string, value: string): Promise<void> {
    const { hubTokens } = await running();
    const token = hubToken(host, value);
    assert.ok(token);
    await hubTokens.keep(token);
  }

  it('are kept in the secret storage by the origin of the hub, replaced, and forgotten one by one', async () => {
    const { hubTokens } = await running();
    assert.deepEqual(await hubTokens.origins(), []);
    assert.equal(await hubTokens.for(HUB), undefined);
    await keep(`${HUB}/a/path`, 'hf_one');
    await keep('http://127.0.0.1:8000', 'hf_two');
    await keep(HUB, 'hf_three');
    assert.deepEqual(await hubTokens.origins(), ['http://127.0.0.1:8000', HUB]);
    assert.deepEqual(await hubTokens.for(`${HUB}/`), { origin: HUB, value: 'hf_three' });
    for (const other of [
      'http://hub.example.org',
      'https://hub.example.org:8443',
      'https://example.org',
      'http://127.0.0.1:8001',
      'nowhere',
    ])
      assert.equal(await hubTokens.for(other), undefined, other);
    await hubTokens.forget(HUB);
    assert.deepEqual(await hubTokens.origins(), ['http://127.0.0.1:8000']);
    assert.equal(await hubTokens.for(HUB), undefined);
  });

  it('stand in no setting, and the command forgets the only one without a question', async () => {
    const { hubTokens } = await running();
    await keep(HUB, 'hf_in-no-setting');
    const settings = JSON.stringify(vscode.workspace.getConfiguration().inspect('entityLens'));
    assert.ok(!settings.includes('hf_in-no-setting'));
    void vscode.commands.executeCommand('entityLens.forgetHubToken');
    const end = Date.now() + 10_000;
    while ((await hubTokens.origins()).length > 0 && Date.now() < end)
      await new Promise((done) => setTimeout(done, 20));
    assert.deepEqual(await hubTokens.origins(), []);
    await vscode.commands.executeCommand('entityLens.forgetHubToken');
  });

  it('that were damaged are none, and do not stop another from being kept', async () => {
    const stored = new Map([['entityLens.hubTokens', '{"https://hub.example.org": 7']]);
    const tokens = new HubTokens({
      get: (key) => Promise.resolve(stored.get(key)),
      store: (key, value) => Promise.resolve(void stored.set(key, value)),
      delete: (key) => Promise.resolve(void stored.delete(key)),
    });
    assert.deepEqual(await tokens.origins(), []);
    stored.set('entityLens.hubTokens', '{"https://hub.example.org": 7}');
    assert.deepEqual(await tokens.origins(), []);
    await tokens.keep({ origin: HUB, value: 'hf_one' });
    assert.equal((await tokens.for(HUB))?.value, 'hf_one');
    await tokens.forget(HUB);
    assert.equal(stored.size, 0);
  });
});
