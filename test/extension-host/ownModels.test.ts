import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { fetchPlan } from '../../src/extension/models/download.ts';
import { hubAddress, nameModel } from '../../src/extension/prediction/modelSettings.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { planDownload } from '../../src/node/hub/hubDownload.ts';
import type { DownloadPlan } from '../../src/node/hub/hubDownload.ts';
import { downloadsIn } from '../../src/node/hub/hubStorage.ts';
import { readChoice } from '../../src/node/models/modelChoice.ts';
import { startHub } from '../inference/support/hub.ts';
import type { Hub } from '../inference/support/hub.ts';
import { labelledWords, ontoNotes, writeTinyClassifier } from '../support/tinyClassifier.ts';
import { closeAll, open, running, until } from './support.ts';

const TEXT = 'Ada wrote Rigoletto in London on Monday.';
const KNOWN = { Ada: 'B-PERSON', Rigoletto: 'B-WORK_OF_ART', London: 'B-GPE', Monday: 'B-DATE' };
const ID = 'someone/tiny-ontonotes';

function setting(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('entityLens');
}

async function name(models: Readonly<Record<string, unknown>> | undefined): Promise<void> {
  await setting().update('models', models, vscode.ConfigurationTarget.Global);
}

function tagsOf(session: Session, source: 'bert' | 't5' = 'bert'): readonly string[] | undefined {
  return session.sentences[0]?.predictions[source]?.tags;
}

describe('models of the user’s own', function () {
  this.timeout(120_000);
  const never = new AbortController().signal;
  let folder = '';
  let hub: Hub;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-'));
    await writeTinyClassifier(path.join(folder, 'tiny'), labelledWords(ontoNotes, KNOWN));
    await writeTinyClassifier(path.join(folder, 'plain'), { tags: ['O', 'B', 'I'], words: { Ada: 'B' } });
    const { extensionUri } = vscode.extensions.getExtension('entity-lens.entity-lens')!;
    const bundled = vscode.Uri.joinPath(extensionUri, 'models', 'bert-full').fsPath;
    hub = await startHub({ [ID]: path.join(folder, 'tiny'), 'someone/bigger': bundled });
  });
  after(async () => {
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    const { annotator, sessions, models } = await running();
    for (const session of sessions.all) annotator.cancel(session);
    await name(undefined);
    await setting().update('models', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
    await rm(models.storage, { recursive: true, force: true });
    hub.troubles.clear();
  });

  const plan = async (id = ID): Promise<DownloadPlan> => {
    const { models } = await running();
    const place = { host: hub.host, id, revision: 'main', family: 'bert', dtype: 'q8' } as const;
    const planned = await planDownload({ ...place, storage: models.storage }, { signal: never });
    assert.ok(planned.ok, planned.ok ? '' : planned.message);
    return planned.value;
  };

  it('take over at once from a folder with any number of labels, and give way again', async () => {
    const { annotator, models } = await running();
    const session = await open('own-folder.txt', TEXT);
    await annotator.annotate(session);
    const bundled = tagsOf(session);
    const t5 = session.sentences[0]?.predictions.t5;
    assert.ok(bundled !== undefined && t5 !== undefined);
    assert.deepEqual([...session.labels], ['PER', 'LOC', 'ORG']);
    await name({ bert: { model: path.join(folder, 'tiny') } });
    assert.equal(tagsOf(session), undefined, 'what the old model said is still there');
    assert.deepEqual(new Set(session.labels), new Set(['PER', ...ontoNotes]));
    const expected = ['B-PERSON', 'O', 'B-WORK_OF_ART', 'O', 'B-GPE', 'O', 'B-DATE', 'O'];
    await until('the other model annotated it', () => tagsOf(session)?.join() === expected.join(), 60);
    assert.deepEqual(
      models.states.map((state) => [state.name, state.own]),
      [
        ['tiny', true],
        ['Entity Lens T5', false],
      ],
    );
    await until('T5 as it was', () => tagsOf(session, 't5') !== undefined, 60);
    assert.equal(session.sentences[0]?.predictions.t5, t5, 'T5 was asked again though it stayed');
    await name(undefined);
    await until('the bundled model annotated it', () => tagsOf(session)?.join() === bundled.join(), 60);
    assert.deepEqual([...session.labels], ['PER', 'LOC', 'ORG']);
  });

  it('have their labels translated or left out', async () => {
    const { annotator } = await running();
    const session = await open('own-mapped.txt', TEXT);
    const labelMap = { PERSON: 'PER', GPE: 'LOC', DATE: 'O' };
    await name({ bert: { model: path.join(folder, 'tiny'), labelMap } });
    await annotator.annotate(session);
    assert.deepEqual(tagsOf(session), ['B-PER', 'O', 'B-WORK_OF_ART', 'O', 'B-LOC', 'O', 'O', 'O']);
    assert.ok(!session.labels.includes('GPE') && session.labels.includes('WORK_OF_ART'));
  });

  it('may know no labels, and then serve the simplified scheme', async () => {
    const { annotator } = await running();
    const session = await open('own-plain.txt', TEXT);
    await name({ bert: { model: path.join(folder, 'plain') } });
    await annotator.annotate(session);
    assert.match(session.notices.map(({ message }) => message).join(), /plain knows only B, I and O/);
    session.setScheme('simplified');
    await until('the simplified tags', () => tagsOf(session)?.join() === 'B,O,O,O,O,O,O,O', 60);
    assert.deepEqual(session.notices, []);
  });

  it('are refused with the setting, file or label that is wrong, and the bundled model does not stand in', async () => {
    const { annotator, models } = await running();
    const session = await open('own-wrong.txt', TEXT);
    for (const [bert, message] of [
      [{ dtype: 'q8' }, /entityLens\.models\.bert: .*model/],
      [{ model: path.join(folder, 'nowhere') }, /nowhere does not exist/],
      [{ model: path.join(folder, 'tiny'), labelMap: { MISC: 'O' } }, /“MISC”.*PERSON/],
      [{ model: path.join(folder, 'tiny'), dtype: 'fp16' }, /onnx.model_fp16\.onnx/],
      [{ model: 'someone/elsewhere' }, /someone\/elsewhere is not downloaded\. Run “Entity Lens: Select Model…”/],
    ] as const) {
      await name({ bert });
      await annotator.annotate(session);
      assert.match(models.states[0]?.message ?? '', message);
      assert.match(session.notices.map((notice) => notice.message).join(), message);
      assert.equal(tagsOf(session), undefined);
    }
  });

  it('come from a hub with their progress, are kept, and work without it', async () => {
    const { annotator, models } = await running();
    const session = await open('own-hub.txt', TEXT);
    await name({ bert: { model: ID } });
    await annotator.annotate(session);
    assert.equal(models.states[0]?.reason, 'modelNotDownloaded');
    const record = await fetchPlan(await plan());
    assert.ok(record.ok);
    assert.deepEqual(downloadsIn(models.storage, 'bert'), [record.value]);
    assert.ok(models.storage.includes('entity-lens.entity-lens'), models.storage);
    const gets = hub.gets.length;
    models.reload();
    await until('the downloaded model annotated it', () => tagsOf(session)?.[0] === 'B-PERSON', 60);
    assert.equal(models.states[0].name, ID);
    assert.equal(hub.gets.length, gets, 'the hub was asked for a model that is here');
  });

  it('are fetched on from where the line broke, and anew where what came is wrong', async () => {
    const graph = 'onnx/model_quantized.onnx';
    const before = hub.gets.length;
    hub.troubles.set(graph, { kind: 'cutOffOnce', after: 2_000_000 });
    const broken = await fetchPlan(await plan('someone/bigger'));
    assert.equal(broken.ok ? 'ok' : broken.reason, 'cutOff');
    hub.troubles.set(graph, { kind: 'damaged' });
    const damaged = await fetchPlan(await plan('someone/bigger'));
    assert.equal(damaged.ok ? 'ok' : damaged.reason, 'downloadCorrupt');
    hub.troubles.clear();
    const whole = await fetchPlan(await plan('someone/bigger'));
    assert.ok(whole.ok);
    const asked = hub.gets
      .slice(before)
      .filter(({ file }) => file === graph)
      .map(({ from }) => from);
    assert.ok(asked[1]! > 0 && asked[2] === 0, asked.join());
  });

  it('are tried out before they take over', async () => {
    const { models } = await running();
    const choice = (value: unknown): Parameters<typeof models.tryOut>[1] => {
      const read = readChoice(value);
      assert.ok(read.ok);
      return read.value;
    };
    assert.deepEqual(await models.tryOut('bert', choice({ model: path.join(folder, 'tiny') }), never), ontoNotes);
    assert.deepEqual(await models.tryOut('bert', choice({ model: path.join(folder, 'plain') }), never), []);
    await assert.rejects(models.tryOut('t5', choice({ model: path.join(folder, 'tiny') }), never), /encoder_model/);
    await writeTinyClassifier(path.join(folder, 'masked'), {
      ...labelledWords(['GENE'], {}),
      config: { architectures: ['BertForMaskedLM'] },
    });
    const masked = models.tryOut('bert', choice({ model: path.join(folder, 'masked') }), never);
    await assert.rejects(masked, /masked is BertForMaskedLM, not a token classifier/);
    assert.equal(models.states[0]?.own, false);
  });

  it('are named whole by the narrowest scope, which can name the bundled one', async () => {
    const { models } = await running();
    await name({ bert: { model: path.join(folder, 'tiny'), labelMap: { GPE: 'LOC' } } });
    const here = { bert: { model: path.join(folder, 'plain') } };
    await setting().update('models', here, vscode.ConfigurationTarget.Workspace);
    // With the user's label map, which plain does not have, it would fail.
    assert.deepEqual([models.states[0]?.name, models.states[0]?.message], ['plain', undefined]);
    await nameModel('bert', undefined);
    assert.deepEqual(setting().inspect('models')?.workspaceValue, { bert: null });
    assert.equal(models.states[0]?.own, false);
    await setting().update('models', undefined, vscode.ConfigurationTarget.Workspace);
    assert.equal(models.states[0].name, 'tiny');
    await nameModel('bert', undefined);
    assert.equal(setting().inspect('models')?.globalValue, undefined);
  });

  it('cannot be named by an untrusted workspace, nor can their hub by any', async () => {
    const manifest = vscode.extensions.getExtension('entity-lens.entity-lens')?.packageJSON as {
      capabilities: { untrustedWorkspaces: { restrictedConfigurations: readonly string[] } };
      contributes: { configuration: readonly { properties: Record<string, { scope: string }> }[] };
    };
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const properties = Object.assign(
      {},
      ...manifest.contributes.configuration.map((part) => part.properties),
    ) as Record<string, { scope: string }>;
    for (const key of ['entityLens.models', 'entityLens.inference.modelsFolder']) {
      assert.ok(restricted.includes(key), key);
      assert.equal(properties[key]?.scope, 'machine-overridable');
    }
    assert.equal(properties['entityLens.inference.hub']?.scope, 'machine');
    await setting().update('inference.hub', `${hub.host}/`, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(hubAddress(), hub.host);
      await assert.rejects(async () =>
        setting().update('inference.hub', 'https://example.org', vscode.ConfigurationTarget.Workspace),
      );
    } finally {
      await setting().update('inference.hub', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
