import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Disk } from './disk.ts';
import { closeAll, goldOf, inWorkspace, open, setSpan, show, until, write } from './support.ts';

const TEXT = 'Angela Merkel visited Paris.\n';
const FILE = '# text = Paris waits.\n1\tParis\tB-LOC\t-\ta\n2\twaits\tO\t-\t-\n3\t.\tO\t-\t-\n\n';

describe('what cannot be read or written', () => {
  const disk = new Disk();
  const fixed = new Disk();
  let registrations: vscode.Disposable[] = [];
  before(() => {
    const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
    for (const name of ['/full.txt', '/save.txt']) disk.files.set(name, encode(TEXT));
    disk.files.set('/own.iob2', encode(FILE));
    fixed.files.set('/fixed.txt', encode(TEXT));
    fixed.files.set('/fixed.iob2', encode(FILE));
    registrations = [
      vscode.workspace.registerFileSystemProvider('eldisk', disk, { isCaseSensitive: true }),
      vscode.workspace.registerFileSystemProvider('elfixed', fixed, { isCaseSensitive: true, isReadonly: true }),
    ];
  });
  after(() => {
    for (const registration of registrations) registration.dispose();
  });
  afterEach(async () => {
    disk.full = false;
    await closeAll();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('a text in a read-only place refuses corrections with a remedy', async () => {
    const session = await show(vscode.Uri.parse('elfixed:/fixed.txt'));
    assert.equal(session.sentences.length, 1);
    const outcome = await session.correct(0, { kind: 'setSpan', first: 0, end: 2, label: 'PER' }, session.revision);
    assert.ok(!outcome.ok);
    assert.equal(outcome.reason, 'readOnly');
    assert.match(outcome.message, /save a copy/);
    assert.equal(goldOf(session, 0), null);
  });

  it('a column file in a read-only place is shown and refuses corrections', async () => {
    const session = await show(vscode.Uri.parse('elfixed:/fixed.iob2'));
    assert.deepEqual(goldOf(session, 0), ['LOC:Paris']);
    const outcome = await session.correct(0, { kind: 'clear', first: 0, end: 1 }, session.revision);
    assert.equal(!outcome.ok && outcome.reason, 'readOnly');
    assert.equal(session.document.isDirty, false);
  });

  it('a gold file that cannot be made is told, and the correction works once there is space', async () => {
    const session = await show(vscode.Uri.parse('eldisk:/full.txt'));
    disk.full = true;
    const correction = { kind: 'setSpan', first: 0, end: 2, label: 'PER' } as const;
    const outcome = await session.correct(0, correction, session.revision);
    assert.ok(!outcome.ok);
    assert.match(outcome.message, /full\.txt\.iob2 cannot be made/);
    disk.full = false;
    await setSpan(session, 0, 0, 2, 'PER');
    assert.deepEqual(goldOf(session, 0), ['PER:Angela Merkel']);
  });

  it('a save that fails leaves the gold file unsaved, with every correction in it, and says so', async () => {
    const session = await show(vscode.Uri.parse('eldisk:/save.txt'));
    await setSpan(session, 0, 0, 2, 'PER');
    const saved = (): string => new TextDecoder().decode(disk.files.get('/save.txt.iob2'));
    await until('it is saved', () => saved().includes('B-PER'));
    disk.full = true;
    await setSpan(session, 0, 3, 4, 'LOC');
    await until('the failure is told', () => session.notices.some(({ severity }) => severity === 'error'));
    assert.match(session.notices[0]?.message ?? '', /save\.txt\.iob2 could not be saved/);
    assert.deepEqual(goldOf(session, 0), ['PER:Angela Merkel', 'LOC:Paris']);
    const gold = vscode.workspace.textDocuments.find(({ uri }) => uri.path === '/save.txt.iob2');
    assert.ok(gold?.isDirty);
    disk.full = false;
    await gold.save();
    assert.ok(saved().includes('B-LOC'));
    await until('the notice is gone', () => session.notices.length === 0);
  });

  it('a column file that cannot be saved stays unsaved with its corrections, until there is space', async () => {
    const session = await show(vscode.Uri.parse('eldisk:/own.iob2'));
    await setSpan(session, 0, 0, 1, 'ORG');
    disk.full = true;
    assert.equal(await session.document.save(), false);
    assert.ok(session.document.isDirty);
    await setSpan(session, 0, 1, 2, 'PER');
    assert.deepEqual(goldOf(session, 0), ['ORG:Paris', 'PER:waits']);
    disk.full = false;
    assert.ok(await session.document.save());
    const saved = new TextDecoder().decode(disk.files.get('/own.iob2'));
    assert.match(saved, /Paris\tB-ORG.*\n2\twaits\tB-PER/);
  });

  it('a gold file that is no text is left alone, and the message names it', async () => {
    const uri = inWorkspace('binary.txt.iob2');
    const bytes = new Uint8Array([0, 1, 2, 0, 255, 0, 3]);
    await vscode.workspace.fs.writeFile(uri, bytes);
    const session = await open('binary.txt', TEXT);
    assert.equal(session.notices[0]?.severity, 'error');
    assert.match(session.notices[0].message, /binary\.txt\.iob2 cannot be read/);
    const outcome = await session.correct(0, { kind: 'setSpan', first: 0, end: 2, label: 'PER' }, session.revision);
    assert.equal(!outcome.ok && outcome.reason, 'unreadableGold');
    assert.deepEqual([...(await vscode.workspace.fs.readFile(uri))], [...bytes]);
  });

  it('a treebank without entities takes them in its last column', async () => {
    const rows = '1\tParis\tParis\tPROPN\tNNP\t_\t0\troot\t_\t_\n2\twaits\twait\tVERB\tVBZ\t_\t1\tx\t_\t_\n\n';
    const session = await open('treebank.conllu', rows);
    assert.deepEqual(session.issues, []);
    assert.equal(session.sentences[0]?.gold, null);
    const outcome = await session.correct(0, { kind: 'setSpan', first: 0, end: 1, label: 'LOC' }, session.revision);
    assert.ok(outcome.ok);
    const expected = rows.replace('root\t_\t_', 'root\t_\tNER=B-LOC').replace('x\t_\t_', 'x\t_\tNER=O');
    assert.equal(session.document.getText(), expected);
  });

  it('an empty file becomes a session without sentences that takes text', async () => {
    const empty = await open('empty.iob2', '');
    assert.equal(empty.sentences.length, 0);
    assert.equal(empty.at(new vscode.Position(0, 0)), undefined);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(empty.document.uri, new vscode.Position(0, 0), FILE);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(goldOf(empty, 0), ['LOC:Paris']);
    const blank = await open('empty.txt', '');
    assert.deepEqual(blank.sentences, []);
    await write(inWorkspace('empty.txt'), TEXT);
    await until('the text is read', () => blank.sentences.length === 1);
  });
});
