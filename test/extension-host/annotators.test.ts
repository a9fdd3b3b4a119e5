import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Comparison } from '../../src/extension/compare/comparison.ts';
import type { ColumnSession } from '../../src/extension/document/columnSession.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { closeAll, goldOf, inWorkspace, read, running, until, write } from './support.ts';

const ZOE = [
  '# sent_id = one\n# text = Ada slept\n1\tAda\tB-PER\t-\tzoe\n2\tslept\tO\t-\t-\n',
  '# sent_id = two\n# text = Rome won\n1\tRome\tB-LOC\t-\tzoe\n2\twon\tO\t-\t-\n',
  '# sent_id = three\n# text = The Times ran\n1\tThe\tB-ORG\t-\tzoe\n2\tTimes\tI-ORG\t-\tzoe\n3\tran\tO\t-\t-\n',
  '',
].join('\n');
const BEN = ZOE.replaceAll('zoe', 'ben')
  .replace('Rome\tB-LOC', 'Rome\tB-ORG')
  .replace('The\tB-ORG\t-\tben', 'The\tO\t-\t-')
  .replace('Times\tI-ORG', 'Times\tB-ORG');

async function run(name: string, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(`entityLens.${name}`, argument);
}

/** The session of the curated file. */
async function curated(target: vscode.Uri): Promise<Session> {
  const { sessions } = await running();
  await until('the curated file is open', () => sessions.get(target) !== undefined);
  const session = sessions.get(target);
  assert.ok(session);
  return session;
}

function names(session: Session, sentence: number): readonly (string | undefined)[] {
  return session.sentences[sentence]?.annotators ?? [];
}

describe('two annotators', () => {
  afterEach(async () => {
    await vscode.workspace.getConfiguration('entityLens').update('annotatorName', undefined, true);
    await closeAll();
  });

  it('become one file: what both say is copied, the rest is decided one by one, and can be undone', async () => {
    await vscode.workspace.getConfiguration('entityLens').update('annotatorName', 'Grace', true);
    const [a, b, target] = ['zoe.iob2', 'ben.iob2', 'zoe.curated.iob2'].map(inWorkspace);
    assert.ok(a && b && target);
    await write(a, ZOE);
    await write(b, BEN);
    await run('compareAnnotators', { a: a.toString(), b: b.toString(), target: target.toString() });
    const session = await curated(target);
    assert.deepEqual([goldOf(session, 0), goldOf(session, 1), goldOf(session, 2)], [['PER:Ada'], null, null]);
    assert.deepEqual(names(session, 0), ['zoe+ben', 'zoe+ben']);
    const cursor = (): number | undefined =>
      session.at(vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0))?.sentence;
    assert.equal(cursor(), 1);
    await run('decideForSecond');
    assert.deepEqual(goldOf(session, 1), ['ORG:Rome']);
    assert.deepEqual(names(session, 1), ['zoe+ben>Grace', 'zoe+ben>Grace']);
    assert.equal(cursor(), 2);
    await run('decideForFirst');
    assert.deepEqual(goldOf(session, 2), ['ORG:The Times']);
    await run('undoCorrection');
    assert.equal(goldOf(session, 2), null);
    await run('decideOtherwise');
    // What they differ about stays undecided; what they say alike is theirs.
    assert.equal(goldOf(session, 2), null);
    assert.deepEqual(session.sentences[2]?.partial, { layer: [], undecided: [0, 1] });
    assert.deepEqual(names(session, 2), ['-', '-', 'zoe+ben']);
    assert.match(session.document.getText(), /# conflict = zoe: ORG The Times; ben: ORG Times\n# text = The Times ran/);
    await session.document.save();
    assert.deepEqual([await read(a), await read(b)], [ZOE, BEN]);
    // Compared again, the file is gone on with.
    await run('compareAnnotators', { a: a.toString(), b: b.toString(), target: target.toString() });
    assert.deepEqual(goldOf(session, 1), ['ORG:Rome']);
  });

  it('have an agreement, conflicts in words, and a list of what cannot be compared', async () => {
    const target = inWorkspace('tree.curated.iob2');
    const other = BEN.replace(
      '# sent_id = one\n# text = Ada slept\n1\tAda',
      '# sent_id = one\n# text = Eve slept\n1\tEve',
    );
    await write(inWorkspace('tree-a.iob2'), ZOE);
    await write(inWorkspace('tree-b.iob2'), other);
    const wish = { a: inWorkspace('tree-a.iob2').toString(), b: inWorkspace('tree-b.iob2').toString() };
    await run('compareAnnotators', { ...wish, target: target.toString() });
    const session = await curated(target);
    // The extension's own class, which this bundle has once more.
    const columns = session as unknown as ColumnSession;
    const comparison = new Comparison(parseColumns(ZOE), parseColumns(other), { a: 'zoe', b: 'ben' }, columns);
    assert.deepEqual(
      comparison.conflicts().map((conflict) => [comparison.said(conflict), conflict.index, conflict.decided]),
      [
        ['zoe: LOC Rome · ben: ORG Rome', 0, false],
        ['zoe: ORG The Times · ben: ORG Times', 1, false],
      ],
    );
    assert.equal(comparison.agreement.spanF1, 0);
    assert.deepEqual(
      comparison.mismatches.map(({ file, line, reason }) => [file, line, reason]),
      [['a', 1, 'otherWords']],
    );
  });

  it('may be two versions from git', async () => {
    const folder = inWorkspace('curated-repository');
    const file = vscode.Uri.joinPath(folder, 'corpus.iob2');
    await write(file, ZOE);
    const git = (...args: readonly string[]): Promise<unknown> =>
      promisify(execFile)('git', ['-c', 'user.name=Zoe', '-c', 'user.email=zoe@example.org', ...args], {
        cwd: folder.fsPath,
      });
    await git('init', '--quiet');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'First');
    await write(file, BEN);
    const target = vscode.Uri.joinPath(folder, 'corpus.curated.iob2');
    await run('compareAnnotators', { a: file.toString(), revision: 'HEAD', target: target.toString() });
    const session = await curated(target);
    assert.deepEqual([goldOf(session, 0), goldOf(session, 1)], [['PER:Ada'], null]);
    assert.deepEqual(names(session, 0), ['ben+zoe', 'ben+zoe']);
    assert.equal(await read(file), BEN);
  });
});
