import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { statusText } from '../../src/extension/editor/statusText.ts';
import { FaultServer } from '../support/faultServer.ts';
import { labelledWords, writeTinyClassifier } from '../support/tinyClassifier.ts';
import { closeAll, open, running } from './support.ts';

const TEXT = 'Ada left Oslo.';
const tiny = labelledWords(['PER', 'LOC'], { Ada: 'B-PER', left: 'O', Oslo: 'B-LOC' });

describe('models on a server', function () {
  this.timeout(120_000);
  let folder = '';
  const server = new FaultServer({ next: () => undefined, labels: tiny.tags.length, binary: true });
  const real = vscode.window.showWarningMessage;
  const questions: string[] = [];

  /** Answers the question whether sentences may be sent. */
  function answer(choice: string | undefined): void {
    Object.assign(vscode.window, {
      showWarningMessage: (message: string) => {
        questions.push(message);
        return Promise.resolve(choice);
      },
    });
  }

  const setting = vscode.workspace.getConfiguration('entityLens');
  const name = async (models: object | undefined): Promise<void> => {
    await setting.update('models', models, vscode.ConfigurationTarget.Global);
  };
  const served = (): object => ({
    bert: { model: 'm', server: server.address, protocol: 'oip', tokenizer: folder, timeout: 5, budget: 5 },
  });

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-servers-'));
    await writeTinyClassifier(folder, tiny);
    await server.start();
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showWarningMessage: real });
    questions.length = 0;
    const { hubTokens } = await running();
    for (const origin of await hubTokens.origins()) await hubTokens.forget(origin);
    await name(undefined);
    await closeAll();
  });

  it('get no sentence before the person agrees, are asked once for each, with the token of that server, and are shown', async () => {
    const { annotator, models, hubTokens } = await running();
    await hubTokens.keep({ origin: server.address, value: 'of-this-server' });
    await hubTokens.keep({ origin: 'https://elsewhere.example.org', value: 'of-another' });
    answer(undefined);
    await name(served());
    const session = await open('served.txt', TEXT);
    await annotator.annotate(session);
    assert.deepEqual(questions, [`Send sentences to ${server.address}?`]);
    const before = server.seen.length;
    assert.equal(before, 0);
    const refused = models.states.find(({ source }) => source === 'bert');
    assert.equal(refused?.reason, 'notAgreed');
    answer('Send');
    models.reload();
    await annotator.annotate(session);
    assert.equal(questions.length, 2);
    // The server's logits are told by the ids of the words: their places in the vocabulary behind four markers.
    const tags = session.sentences[0]?.predictions.bert?.tags;
    assert.ok(tags !== undefined && tags.length === 4);
    assert.ok(server.seen.some(({ path: asked }) => asked.endsWith('/infer')));
    for (const { token } of server.seen) assert.equal(token, 'Bearer of-this-server');
    const host = new URL(server.address).host;
    assert.equal(models.states.find(({ source }) => source === 'bert')?.host, host);
    assert.match(statusText(session, models.states).text, new RegExp(`\\$\\(server\\) ${host}`, 'u'));
    const asked = server.seen.length;
    models.reload();
    await annotator.annotate(session);
    assert.equal(server.seen.length, asked, 'what was answered is asked again');
    const other = await open('served-too.txt', 'Oslo left Ada.');
    await annotator.annotate(other);
    assert.ok(server.seen.length > asked);
    assert.equal(questions.length, 2, 'it is asked again for the same server');
    assert.ok(!JSON.stringify(setting.inspect('models')).includes('of-this-server'));
  });

  it('that are named wrongly say what to change, and the bundled model does not stand in unseen', async () => {
    const { models } = await running();
    for (const [wrong, message] of [
      [{ model: 'm', server: 'http://gpu.example.org:8000' }, /is not https/u],
      [{ model: 'm', server: 'https://a:b@gpu.example.org' }, /must not hold a name or a password/u],
      [{ model: 'm', server: 'gpu' }, /no address of a server/u],
      [{ model: 'm', server: 'https://gpu.example.org', protocol: 'openai' }, /speaks “oip”/u],
    ] as const) {
      await name({ bert: wrong });
      const state = models.states.find(({ source }) => source === 'bert');
      assert.equal(state?.state, 'failed');
      assert.match(state.message ?? '', message);
    }
  });
});
