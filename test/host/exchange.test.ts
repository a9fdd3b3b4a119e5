import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, goldOf, inWorkspace, open, read, setSpan, write } from './support.ts';

describe('an export by command', () => {
  afterEach(closeAll);

  it('replaces the target in one step and leaves nothing else behind', async () => {
    const session = await open('export.txt', 'Ada 🙂 slept. Grace read.\n');
    await setSpan(session, 0, 0, 1, 'PER');
    assert.deepEqual(goldOf(session, 0), ['PER:Ada']);
    const target = inWorkspace('exported/export.jsonl');
    await vscode.workspace.fs.createDirectory(inWorkspace('exported'));
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode('old'));
    const wish = { target: target.toString(), format: 'jsonl', fill: 'gold' };
    await vscode.commands.executeCommand('entityLens.exportCorpus', { ...wish, replace: true });
    const row = JSON.parse(await read(target)) as Record<string, unknown>;
    assert.deepEqual(row['ner_tags'], ['B-PER', 'O', 'O', 'O']);
    assert.deepEqual(row['spans'], [{ start: 0, end: 3, label: 'PER' }]);
    const files = await vscode.workspace.fs.readDirectory(inWorkspace('exported'));
    assert.deepEqual(files.map(([name]) => name).sort(), ['export.jsonl', 'export.jsonl.manifest.json']);
  });

  it('takes files that nobody opened, splits them by document and maps their labels', async () => {
    const text = (label: string): string => `# text = Ada slept\n1\tAda\tB-${label}\t-\tzoe\n2\tslept\tO\t-\t-\n\n`;
    const documents = ['PER', 'PERSON', 'PER'].map((label, index) => ({
      uri: inWorkspace(`parts/${String(index)}.iob2`),
      text: text(label),
    }));
    for (const document of documents) await write(document.uri, document.text);
    await open('parts/open.iob2', '# newdoc id = o\n' + text('PER'));
    const target = inWorkspace('parts/split');
    await vscode.commands.executeCommand('entityLens.exportCorpus', {
      documents: documents.map(({ uri }) => uri.toString()),
      target,
      format: 'iob2',
      labelMap: { PERSON: 'PER' },
      split: { shares: [2, 1, 0], seed: 1 },
    });
    const names = (await vscode.workspace.fs.readDirectory(target)).map(([name]) => name).sort();
    assert.deepEqual(names, ['dev.iob2', 'manifest.json', 'train.iob2']);
    const parts = await Promise.all(['train', 'dev'].map((name) => read(vscode.Uri.joinPath(target, `${name}.iob2`))));
    assert.deepEqual(
      parts.map((part) => part.split('\tB-PER\t').length - 1),
      [2, 1],
    );
    const manifest = JSON.parse(await read(vscode.Uri.joinPath(target, 'manifest.json'))) as {
      inputs: { path: string; sha256: string }[];
      outputs: { path: string }[];
    };
    assert.deepEqual(
      manifest.inputs.map(({ path }) => path),
      ['parts/0.iob2', 'parts/1.iob2', 'parts/2.iob2'],
    );
    assert.deepEqual(
      manifest.outputs.map(({ path }) => path),
      ['dev.iob2', 'train.iob2'],
    );
  });

  it('writes nothing where there is no gold', async () => {
    await open('nogold.txt', 'Ada slept.\n');
    const target = inWorkspace('nogold-export.iob2');
    await vscode.commands.executeCommand('entityLens.exportCorpus', { target, format: 'iob2', fill: 'gold' });
    await assert.rejects(read(target));
  });
});
