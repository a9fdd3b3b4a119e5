import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { dropToImport } from '../../src/extension/base/dropToImport.ts';
import { closeAll, goldOf, inWorkspace, open, read, running, setSpan, until, write } from './support.ts';

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

describe('an import by command', () => {
  afterEach(closeAll);
  const run = (argument: unknown): Thenable<unknown> =>
    vscode.commands.executeCommand('entityLens.importCorpus', argument);
  const problems = (uri: vscode.Uri): readonly string[] =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'Entity Lens import')
      .map(({ range, code }) => `${String(range.start.line + 1)} ${typeof code === 'string' ? code : ''}`);

  it('writes a copy beside the original, which stays as it is, shows it, and lists problems by line', async () => {
    const uri = inWorkspace('import/chat.jsonl');
    const text = [
      JSON.stringify({
        text: '🎉🎉 Ada met Bob 👩‍👩‍👧 in São Paulo',
        label: [
          [3, 6, 'PER'],
          [11, 14, 'PER'],
          [24, 33, 'LOC'],
        ],
      }),
      '{"text": "broken',
      JSON.stringify({ text: 'Nobody here', label: [[0, 99, 'PER']] }),
    ].join('\n');
    await write(uri, text);
    await run({ files: [uri.toString()], to: 'beside' });
    assert.equal(await read(uri), text);
    const copy = inWorkspace('import/chat.iob2');
    assert.match(await read(copy), /\n3\tAda\tB-PER\t-\t-\n4\tmet\tO\t-\t-\n5\tBob\tB-PER\t-\t-\n/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), copy.toString());
    const session = await (await running()).sessions.ensure(vscode.window.activeTextEditor.document);
    assert.deepEqual(goldOf(session, 0), ['PER:Ada', 'PER:Bob', 'LOC:São Paulo']);
    assert.deepEqual(problems(uri), ['2 json', '3 outOfText']);
    await run({ files: [uri.toString()], to: 'beside' });
    assert.equal(await read(inWorkspace('import/chat-2.iob2')), await read(copy));
  });

  it('takes columns in any order, predictions as they are wanted, and a folder of brat', async () => {
    const odd = inWorkspace('import/odd.tsv');
    await write(odd, 'B-NP\tB-PER\tAda\nB-VP\tO\tleft\n\n');
    await run({ files: [odd], to: 'beside', columns: 'form=3,tag=2' });
    assert.match(await read(inWorkspace('import/odd.iob2')), /^# text = Ada left\n1\tAda\tB-PER\t-\t/m);
    const tasks = inWorkspace('import/tasks.json');
    const value = { start: 0, end: 3, labels: ['PER'] };
    const predictions = [{ model_version: 'm1', result: [{ type: 'labels', from_name: 'l', to_name: 't', value }] }];
    await write(tasks, JSON.stringify([{ id: 1, data: { text: 'Ada left' }, annotations: [], predictions }]));
    const target = inWorkspace('import/copies');
    await vscode.workspace.fs.createDirectory(target);
    await run({ files: [tasks], to: target });
    assert.match(await read(vscode.Uri.joinPath(target, 'tasks.iob2')), /# predicted = m1: PER 1\n[^]*\tAda\t_\t/);
    await run({ files: [tasks], to: target, predictions: 'gold', replace: true });
    assert.match(await read(vscode.Uri.joinPath(target, 'tasks.iob2')), /\tAda\tB-PER\t-\tm1\n/);
    await write(inWorkspace('import/brat/day.txt'), 'Ada left 🎉 Turin.');
    await write(
      inWorkspace('import/brat/day.ann'),
      'T1\tPER 0 3\tAda\nT2\tLOC 11 16\tTurin\nT3\tLOC 0 3;4 8\tAda left\n',
    );
    await run({ files: [inWorkspace('import/brat')], to: target });
    assert.match(await read(vscode.Uri.joinPath(target, 'day.iob2')), /\tTurin\tB-LOC\t/);
    // White space alone between two fragments makes no gap: it is one span, which lies over the first.
    assert.deepEqual(problems(inWorkspace('import/brat/day.ann')), ['1 overlap']);
  });

  it('sums up more than a thousand problems', async () => {
    const uri = inWorkspace('import/many.bio');
    await write(uri, '1\tx\tI-PER\t-\t-\n\n'.repeat(1500));
    await run({ files: [uri], to: 'beside', format: 'iob2' });
    const found = problems(uri);
    assert.equal(found.length, 1001);
    assert.ok(found.includes('1 orphanTag'));
    assert.ok(vscode.languages.getDiagnostics(uri).some(({ message }) => message.startsWith('500 more problems')));
  });

  it('begins with files that are dropped on a view', async () => {
    const uri = inWorkspace('import/dropped.jsonl');
    await write(uri, JSON.stringify({ text: 'Ada left', label: [[0, 3, 'PER']] }));
    const data = new vscode.DataTransfer();
    data.set('text/uri-list', new vscode.DataTransferItem(uri.toString()));
    const dropped = dropToImport().handleDrop?.(undefined, data, new vscode.CancellationTokenSource().token);
    // The first line of the only question is “Beside the Original”.
    await until('the copy', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return read(inWorkspace('import/dropped.iob2')).then(
        (text) => text.includes('\tAda\tB-PER\t'),
        () => false,
      );
    });
    await dropped;
  });
});
