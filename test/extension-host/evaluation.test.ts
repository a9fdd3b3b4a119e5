import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Report } from '../../src/core/report/report.ts';
import { closeAll, inWorkspace, open, read, until, write } from './support.ts';

const evaluate = (argument: unknown): Thenable<number | undefined> =>
  vscode.commands.executeCommand('entityLens.evaluateCorpus', argument);
const exportReport = (argument: unknown): Thenable<string | undefined> =>
  vscode.commands.executeCommand('entityLens.exportReport', argument);

const bert = { models: ['bert'], schemes: ['full', 'simplified'] };

async function exported(id: number | undefined, name: string): Promise<Report> {
  assert.ok(id !== undefined, 'nothing was evaluated');
  const target = inWorkspace(name);
  await vscode.workspace.fs.delete(target).then(undefined, () => undefined);
  assert.match((await exportReport({ evaluation: id, target })) ?? '', /^Wrote the report on /);
  return JSON.parse(await read(target)) as Report;
}

/** What a command gives that waits for the user, who answers with another one as often as it takes. */
async function settled<T>(running: Thenable<T>, answer: string): Promise<T> {
  let done = false;
  const result = Promise.resolve(running).finally(() => {
    done = true;
  });
  await until(
    answer,
    async () => {
      if (!done) await vscode.commands.executeCommand(answer);
      return done;
    },
    50,
  );
  return result;
}

/** Lines of a column file whose second sentence is not annotated. */
const small = [
  '# newdoc id = one',
  '# sent_id = a',
  '1\tAngela\tB-PER\t-\tme',
  '2\tMerkel\tI-PER\t-\tme',
  '3\tvisited\tO\t-\tme',
  '4\tParis\tB-ORG\t-\tme',
  '5\t.\tO\t-\tme',
  '',
  '1\tIt\t_\t-\t-',
  '2\trained\t_\t-\t-',
  '',
].join('\n');

describe('evaluation of corpora that are not open', () => {
  afterEach(closeAll);

  it('compares two files, whole and simplified, and reports what is in them', async () => {
    const files = [inWorkspace('ewt-sample.iob2'), inWorkspace('pud-sample.iob2')];
    const id = await evaluate({ corpora: files, ...bert });
    const report = await exported(id, 'two.json');
    assert.deepEqual(
      report.views.map(({ scheme, corpora }) => [
        scheme,
        corpora.map(({ name, systems }) => [name, systems.map((system) => system.name)]),
      ]),
      [
        [
          'full',
          [
            ['ewt-sample', ['BERT']],
            ['pud-sample', ['BERT']],
          ],
        ],
        [
          'simplified',
          [
            ['ewt-sample', ['BERT', 'BERT, full model simplified']],
            ['pud-sample', ['BERT', 'BERT, full model simplified']],
          ],
        ],
      ],
    );
    const [full] = report.views;
    const [ewt] = full!.corpora;
    assert.ok(ewt!.systems[0]!.figures.labelledSpan.f1! > 0.5);
    assert.ok(ewt!.systems[0]!.intervals.labelled!.low < ewt!.systems[0]!.figures.labelledSpan.f1!);
    assert.match(ewt!.files[0]!.sha256, /^[0-9a-f]{64}$/);
    assert.ok(report.models.every(({ files: all }) => all.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))));
    assert.equal(full!.shifts[0]?.from, 'ewt-sample');
    assert.ok(ewt!.systems[0]!.cost!.sentences > 0);
    await until(
      'the page with its results',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Evaluation: ewt-sample, pud-sample',
    );
  });

  it('takes a folder as one corpus, with the lines of its files', async () => {
    await write(inWorkspace('folder/a.iob2'), small);
    await write(inWorkspace('folder/deep/b.conll'), 'London\tB-LOC\nslept\tO\n');
    await write(inWorkspace('folder/notes.txt'), 'Nothing to read.');
    const report = await exported(await evaluate({ corpora: [inWorkspace('folder')], ...bert }), 'folder.json');
    assert.equal(report.views.length, 2);
    const [corpus] = report.views[0]!.corpora;
    assert.deepEqual([corpus?.name, corpus?.sentences, corpus?.annotated], ['folder', 3, 2]);
    assert.deepEqual(
      corpus?.files.map(({ name }) => name),
      ['a.iob2', 'deep/b.conll'],
    );
    const places = Object.values(corpus.systems[0]!.examples).flat();
    const wrong = places.find(({ text }) => text === 'Paris');
    assert.deepEqual([wrong?.file, wrong?.line, wrong?.expected], ['a.iob2', 6, 'ORG: Paris']);
  });

  it('says what cannot be evaluated, and goes on with the rest', async () => {
    await write(inWorkspace('bare.iob2'), '1\tIt\t_\t-\t-\n2\trained\t_\t-\t-\n');
    await write(inWorkspace('gold.iob2'), small);
    const report = await exported(
      await evaluate({ corpora: [inWorkspace('bare.iob2'), inWorkspace('gold.iob2')], ...bert }),
      'rest.json',
    );
    assert.deepEqual(
      report.views[0]!.corpora.map(({ name }) => name),
      ['gold'],
    );
  });

  it('never replaces a file that nobody was asked about, and knows three kinds of reports', async () => {
    await write(inWorkspace('gold.iob2'), small);
    const id = await evaluate({ corpora: [inWorkspace('gold.iob2')], ...bert });
    const target = inWorkspace('kept.html');
    await write(target, 'mine');
    const refused = exportReport({ evaluation: id, target });
    await settled(refused, 'notifications.clearAll');
    assert.equal(await read(target), 'mine');
    for (const [name, start] of [
      ['page.html', '<!doctype html>'],
      ['text.md', '# Evaluation of named entity recognition'],
    ] as const) {
      await vscode.workspace.fs.delete(inWorkspace(name)).then(undefined, () => undefined);
      await exportReport({ evaluation: id, target: inWorkspace(name) });
      assert.ok((await read(inWorkspace(name))).startsWith(start));
    }
  });

  it('reports on the open document with what its editor holds, saved or not', async () => {
    const session = await open('shown.iob2', small);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(session.document.uri, new vscode.Range(5, 8, 5, 13), 'B-LOC');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('the edit to be read', () => session.sentences[0]?.gold?.[1]?.label === 'LOC');
    const target = inWorkspace('shown.json');
    await vscode.workspace.fs.delete(target).then(undefined, () => undefined);
    await exportReport({ models: ['bert'], schemes: ['full'], target });
    const report = JSON.parse(await read(target)) as Report;
    const [corpus] = report.views[0]!.corpora;
    assert.equal(corpus?.files[0]?.name, 'shown.iob2 (with unsaved changes)');
    assert.deepEqual(corpus.systems[0]?.figures.labels['LOC']?.gold, 1);
  });
});
