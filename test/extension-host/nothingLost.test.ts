import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { seededRandom } from '../../src/core/random.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { closeAll, goldOf, inWorkspace, open, read, retype, running, setSpan, show, until } from './support.ts';

const FILE = [
  '# sent_id = one\n1\tAda\tB-PER\t-\tzoe\n2\tslept\tO\t-\t-\n',
  '# sent_id = two\n1\tRome\t_\t-\t-\n2\twon\t_\t-\t-\n',
  '',
].join('\n');

/** Writes as another program does, past VS Code. */
async function writeOutside(uri: vscode.Uri, text: string): Promise<void> {
  await writeFile(uri.fsPath, text);
}

/** All gold of a session as one value. */
function allGold(session: Session): unknown {
  return session.sentences.map((_, index) => goldOf(session, index));
}

/** What a session tells its user. */
function told(session: Session): string {
  return session.notices.map(({ message }) => message).join('\n');
}

describe('a file that changes outside', () => {
  const files = vscode.workspace.getConfiguration('files');
  // In a browser VS Code saves by itself after a second.
  before(() => files.update('autoSave', 'off', true));
  after(() => files.update('autoSave', undefined, true));
  afterEach(async () => {
    await closeAll();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is followed while it is open, and goes on taking corrections', async () => {
    const session = await open('checkout.iob2', FILE);
    await setSpan(session, 1, 0, 1, 'LOC');
    await session.document.save();
    // What `git checkout` of another branch does.
    await writeOutside(session.document.uri, `# newdoc id = other\n${FILE.replace('Ada\tB-PER', 'Ada\tB-ORG')}`);
    await until('the other version is shown', () => goldOf(session, 0)?.[0] === 'ORG:Ada', 30);
    assert.equal(goldOf(session, 1), null);
    assert.equal(session.document.isDirty, false);
    await setSpan(session, 1, 0, 1, 'ORG');
    await session.document.save();
    const saved = await read(session.document.uri);
    assert.match(saved, /^# newdoc id = other\n/);
    assert.match(saved, /Ada\tB-ORG\t-\tzoe\n[^]*Rome\tB-ORG/);
  });

  it('is not overwritten, nor overwrites, while there are unsaved corrections', async () => {
    const session = await open('checkout-dirty.iob2', FILE);
    await setSpan(session, 1, 0, 1, 'LOC');
    const other = FILE.replace('Ada\tB-PER', 'Ada\tB-ORG');
    await writeOutside(session.document.uri, other);
    // VS Code itself would save over a version of the same length without a word.
    await until('the other version is told', () => told(session).includes('changed on disk'), 30);
    assert.ok(session.document.isDirty);
    assert.deepEqual(allGold(session), [['PER:Ada'], ['LOC:Rome']]);
    assert.equal(await read(session.document.uri), other);
    await setSpan(session, 0, 0, 1, 'LOC');
    assert.deepEqual(allGold(session), [['LOC:Ada'], ['LOC:Rome']]);
    assert.equal(await session.undo(), true);
    assert.deepEqual(allGold(session), [['PER:Ada'], ['LOC:Rome']]);
    // Whoever chooses the file's version gets it whole.
    await vscode.window.showTextDocument(session.document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the version on disk', () => goldOf(session, 0)?.[0] === 'ORG:Ada');
    assert.equal(goldOf(session, 1), null);
    await until('nothing is to be told any more', () => told(session) === '');
  });

  it('is kept where a save went over it before anybody could be told', async () => {
    const session = await open('checkout-saved.iob2', FILE);
    await setSpan(session, 1, 0, 1, 'LOC');
    await writeOutside(session.document.uri, FILE.replace('Ada\tB-PER', 'Ada\tB-ORG'));
    await session.document.save();
    // The message is VS Code's own; what it offers is opened by pressing its button.
    await vscode.commands.executeCommand('notifications.focusToasts');
    await until('their version is open', async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return vscode.window.activeTextEditor?.document.getText().includes('Ada\tB-ORG') === true;
    });
    assert.match(await read(session.document.uri), /Ada\tB-PER[^]*Rome\tB-LOC/);
  });

  it('beside prose keeps unsaved corrections, and says that it could not be saved', async () => {
    const session = await open('beside.txt', 'Ada slept. Rome won.\n');
    await setSpan(session, 0, 0, 1, 'PER');
    const gold = inWorkspace('beside.txt.iob2');
    await until('the gold file is saved', async () => (await read(gold)).includes('B-PER'));
    const settings = vscode.workspace.getConfiguration('entityLens');
    await settings.update('gold.autoSave', false, true);
    try {
      await setSpan(session, 1, 0, 1, 'LOC');
      const other = (await read(gold)).replace('B-PER', 'B-ORG');
      await writeOutside(gold, other);
      await until('the other version is told', () => told(session).includes('changed on disk'), 30);
      await settings.update('gold.autoSave', undefined, true);
      // This would be saved at once.
      await setSpan(session, 0, 0, 1, 'LOC');
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === gold.toString());
      assert.ok(document?.isDirty);
      assert.deepEqual(allGold(session), [['LOC:Ada'], ['LOC:Rome']]);
      await until('it is not saved, and said so', () => /beside\.txt\.iob2 was changed on disk/.test(told(session)));
      assert.equal(await read(gold), other);
      // A person who looked at both saves theirs.
      assert.ok(await document.save());
      await until('nothing is to be told any more', () => !told(session).includes('changed on disk'));
      assert.match(await read(gold), /Ada\tB-LOC[^]*Rome\tB-LOC/);
    } finally {
      await settings.update('gold.autoSave', undefined, true);
    }
  });
});

describe('prose that is edited', () => {
  afterEach(closeAll);

  it('never changes its gold file by itself, and has all gold again when the text is what it was', async () => {
    const text = 'Ada met Bob in Rome. Zoe slept.\n\nGrace read the Times. Alan ran home.\n';
    const session = await open('edited-around.txt', text);
    await setSpan(session, 0, 0, 1, 'PER');
    await setSpan(session, 0, 4, 5, 'LOC');
    await setSpan(session, 2, 0, 1, 'PER');
    await setSpan(session, 2, 3, 4, 'ORG');
    const gold = inWorkspace('edited-around.txt.iob2');
    await until('it is saved', async () => (await read(gold)).includes('Times\tB-ORG'));
    const before = allGold(session);
    const saved = await read(gold);
    const random = seededRandom(7);
    const pieces = ['x', ' ', '. ', '\n', '\n\n', 'New words. ', ''];
    for (let turn = 0; turn < 40; turn++) {
      const { document } = session;
      const length = document.getText().length;
      const start = Math.floor(random() * length);
      const end = Math.min(length, start + Math.floor(random() * 6));
      const edit = new vscode.WorkspaceEdit();
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      edit.replace(document.uri, range, pieces[Math.floor(random() * pieces.length)] ?? '');
      assert.ok(await vscode.workspace.applyEdit(edit));
      // Every gold sentence is either shown at its place or told as no longer in the text.
      const shown = session.sentences.filter(({ gold: layer }) => layer !== null).length;
      assert.equal(shown + session.unmatched.length, 2);
    }
    assert.equal(await read(gold), saved);
    const whole = new vscode.Range(0, 0, session.document.lineCount, 0);
    const back = new vscode.WorkspaceEdit();
    back.replace(session.document.uri, whole, text);
    assert.ok(await vscode.workspace.applyEdit(back));
    assert.deepEqual(allGold(session), before);
    assert.deepEqual(session.unmatched, []);
    await until('no notice is left', () => session.notices.length === 0);
  });

  it('takes corrections while it is typed in', async () => {
    const session = await open('typed-in.txt', 'Ada slept. Rome won.\n');
    for (let turn = 0; turn < 5; turn++) {
      const typed = retype(session.document, 'Ada', `Dear Ada`);
      const outcome = session.correct(1, { kind: 'setSpan', first: 0, end: 1, label: 'LOC' }, session.revision);
      await typed;
      assert.ok((await outcome).ok);
      await retype(session.document, 'Dear Ada', 'Ada');
      assert.deepEqual(goldOf(session, 1), ['LOC:Rome']);
      assert.equal(await session.undo(), true);
    }
  });
});

describe('a text in two editors', () => {
  afterEach(closeAll);

  it('is one session whose corrections both show, and which goes on when one is closed', async () => {
    const session = await open('split.txt', 'Ada slept. Rome won.\n');
    assert.equal(await show(session.document.uri, vscode.ViewColumn.Two), session);
    await setSpan(session, 0, 0, 1, 'PER');
    await until('two editors show it', () => {
      const shown = vscode.window.visibleTextEditors.filter(({ document }) => document === session.document);
      return shown.length === 2;
    });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await setSpan(session, 1, 0, 1, 'LOC');
    assert.deepEqual(allGold(session), [['PER:Ada'], ['LOC:Rome']]);
    assert.equal((await running()).sessions.get(session.document.uri), session);
    const file = inWorkspace('split.txt.iob2');
    await until('all is saved', async () => /B-PER[^]*B-LOC/.test(await read(file)));
  });
});
