import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, goldOf, inWorkspace, open, read, retype, running, setSpan, show, until, write } from './support.ts';

const HEAD = '# newdoc id = d1\n# sent_id = s1\n# text = Ada Lovelace met Babbage.\n';
const FIRST =
  '1\tAda\tB-PER\t-\tzoe\n2\tLovelace\tI-PER\t-\tzoe\n3\tmet\tO\t-\t-\n4\tBabbage\tO\t-\t-\n5\t.\tO\t-\t-\n';
const SECOND = '# sent_id = s2\n# text = Paris waits.\n1\tParis\t_\t-\t-\n2\twaits\t_\t-\t-\n3\t.\t_\t-\t-\n';
const FILE = `${HEAD}${FIRST}\n${SECOND}\n`;

describe('a column file', () => {
  afterEach(closeAll);

  it('is its own gold, with sentences nobody annotated kept apart', async () => {
    const session = await open('own.iob2', FILE);
    assert.equal(session.kind, 'columns');
    assert.equal(session.document.languageId, 'iob2');
    assert.deepEqual(goldOf(session, 0), ['PER:Ada Lovelace']);
    assert.equal(goldOf(session, 1), null);
    assert.equal(session.sentences[0]?.documentId, 'd1');
    assert.deepEqual(session.labels, ['PER', 'LOC', 'ORG']);
  });

  it('takes a correction that changes only the cells concerned, with the name of who made it', async () => {
    const session = await open('cells.iob2', FILE);
    await vscode.workspace.getConfiguration('entityLens').update('annotatorName', 'Test Name', true);
    await setSpan(session, 0, 3, 4, 'PER');
    await vscode.workspace.getConfiguration('entityLens').update('annotatorName', undefined, true);
    assert.equal(session.document.getText(), FILE.replace('Babbage\tO\t-\t-', 'Babbage\tB-PER\t-\tTest Name'));
    assert.ok(session.document.isDirty);
    assert.deepEqual(goldOf(session, 0), ['PER:Ada Lovelace', 'PER:Babbage']);
  });

  it('keeps CRLF and a missing last line end', async () => {
    const text = FILE.trimEnd().replaceAll('\n', '\r\n');
    const session = await open('crlf.iob2', text);
    await setSpan(session, 1, 0, 1, 'LOC');
    await session.document.save();
    const after = await read(session.document.uri);
    const name = session.document.lineAt(11).text.split('\t')[4] ?? '';
    const expected = text
      .replace('Paris\t_\t-\t-', `Paris\tB-LOC\t-\t${name}`)
      .replace('waits\t_\t-\t-', `waits\tO\t-\t${name}`)
      .replace('.\t_\t-\t-', `.\tO\t-\t${name}`);
    assert.equal(after, expected);
  });

  it('undoes and redoes corrections from its own list, cell by cell as they were', async () => {
    const session = await open('undo.iob2', FILE);
    assert.equal(session.canUndo, false);
    await setSpan(session, 0, 0, 1, 'ORG');
    await setSpan(session, 1, 0, 1, 'LOC');
    assert.deepEqual(goldOf(session, 0), ['ORG:Ada']);
    const both = session.document.getText();
    assert.equal(await session.undo(), true);
    assert.equal(goldOf(session, 1), null);
    assert.equal(await session.undo(), true);
    assert.equal(session.document.getText(), FILE);
    assert.equal(session.canUndo, false);
    assert.equal(await session.undo(), false);
    assert.equal(await session.redo(), true);
    assert.equal(await session.redo(), true);
    assert.equal(session.document.getText(), both);
    assert.equal(session.canRedo, false);
  });

  it('shares the list with the editor: its own undo is undone no second time', async () => {
    const session = await open('native.iob2', FILE);
    await setSpan(session, 0, 3, 4, 'PER');
    await setSpan(session, 1, 0, 1, 'LOC');
    await vscode.window.showTextDocument(session.document);
    await vscode.commands.executeCommand('undo');
    await until('the editor undid the second correction', () => goldOf(session, 1) === null);
    assert.equal(session.canRedo, true);
    assert.equal(await session.undo(), true);
    assert.equal(session.document.getText(), FILE);
    assert.equal(await session.redo(), true);
    assert.equal(await session.redo(), true);
    assert.deepEqual(goldOf(session, 1), ['LOC:Paris']);
  });

  it('forgets a correction whose sentence other hands changed since, and undoes the one before', async () => {
    const session = await open('forget.iob2', FILE);
    await setSpan(session, 1, 0, 1, 'LOC');
    await setSpan(session, 0, 3, 4, 'PER');
    await retype(session.document, 'Babbage\tB-PER', 'Babbage\tB-ORG');
    assert.equal(await session.undo(), true);
    assert.equal(goldOf(session, 1), null);
    assert.deepEqual(goldOf(session, 0), ['PER:Ada Lovelace', 'ORG:Babbage']);
  });

  it('makes several corrections one step', async () => {
    const session = await open('bulk.iob2', FILE);
    const outcome = await session.correctAll(
      [
        { sentence: 1, correction: { kind: 'setSpan', first: 0, end: 1, label: 'LOC' } },
        { sentence: 0, correction: { kind: 'clear', first: 0, end: 2 } },
      ],
      session.revision,
    );
    assert.ok(outcome.ok);
    assert.deepEqual([goldOf(session, 0), goldOf(session, 1)], [[], ['LOC:Paris']]);
    assert.equal(await session.undo(), true);
    assert.equal(session.document.getText(), FILE);
  });

  it('refuses what is stale, out of range or illegal, and changes nothing', async () => {
    const session = await open('refused.iob2', FILE);
    const { revision } = session;
    await setSpan(session, 0, 3, 4, 'PER');
    const text = session.document.getText();
    const reasons = await Promise.all([
      session.correct(0, { kind: 'clear', first: 0, end: 1 }, revision),
      session.correct(7, { kind: 'clear', first: 0, end: 1 }, session.revision),
      session.correct(1, { kind: 'setSpan', first: 2, end: 9, label: 'PER' }, session.revision),
      session.correct(1, { kind: 'setSpan', first: 0, end: 1, label: 'A B' }, session.revision),
      session.correct(1, { kind: 'setSpan', first: 0, end: 1, label: '_' }, session.revision),
    ]);
    const expected = ['staleRevision', 'noSuchSentence', 'illegalCorrection', 'illegalCorrection', 'illegalCorrection'];
    assert.deepEqual(
      reasons.map((outcome) => !outcome.ok && outcome.reason),
      expected,
    );
    assert.equal(session.document.getText(), text);
    // The other sentence is as it was at that revision, whatever happened around it.
    const outcome = await session.correct(1, { kind: 'setSpan', first: 0, end: 1, label: 'LOC' }, revision);
    assert.ok(outcome.ok);
  });

  it('makes only the sentence that is typed in another object', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `1\tAda${String(index)}\tB-PER\t-\tz\n\n`).join('');
    const session = await open('typed.iob2', many);
    const before = session.sentences;
    const changes: unknown[] = [];
    const subscription = session.onDidChange((change) => changes.push(change));
    await retype(session.document, 'Ada20\tB-PER', 'Ada20\tB-LOC');
    subscription.dispose();
    assert.deepEqual(changes[0], { kind: 'sentences', indices: [20] });
    session.sentences.forEach((sentence, index) =>
      assert.equal(sentence === before[index], index !== 20, String(index)),
    );
    assert.deepEqual(goldOf(session, 20), ['LOC:Ada20']);
  });

  it('knows places both ways', async () => {
    const session = await open('places.iob2', FILE);
    const range = session.rangeOf(0, 0, 2);
    assert.equal(session.document.getText(range), 'Ada\tB-PER\t-\tzoe\n2\tLovelace');
    assert.deepEqual(session.at(new vscode.Position(4, 3)), { sentence: 0, token: 1 });
    assert.deepEqual(session.at(new vscode.Position(9, 0)), { sentence: 1, token: undefined });
    assert.deepEqual(session.sentencesIn(new vscode.Range(0, 0, 3, 0)), [0, 1]);
    assert.deepEqual(session.sentencesIn(new vscode.Range(5, 0, 30, 0)), [0, 2]);
    assert.deepEqual(session.sentencesIn(new vscode.Range(9, 0, 9, 0)), [1, 2]);
  });

  it('lists what it cannot read as problems and works on with the rest', async () => {
    const session = await open('bad.iob2', `${HEAD}${FIRST}6\tbroken line\n\n${SECOND}`);
    assert.equal(session.sentences.length, 2);
    assert.ok(session.issues.length > 0);
    const problems = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(session.document.uri);
    await until('a problem is shown', () => problems().length > 0);
    const [problem] = problems();
    assert.equal(problem?.source, 'Entity Lens');
    assert.equal(problem.range.start.line, 8);
    assert.equal(typeof problem.code, 'string');
    await setSpan(session, 1, 0, 1, 'LOC');
    assert.ok(session.document.getText().includes('6\tbroken line\n'));
    await retype(session.document, '6\tbroken line\n', '');
    await until('the problem is gone', () => problems().length === 0);
  });

  it('is one session in two editors', async () => {
    const session = await open('twice.iob2', FILE);
    const again = await show(session.document.uri, vscode.ViewColumn.Two);
    assert.equal(again, session);
    await setSpan(again, 1, 0, 1, 'LOC');
    assert.deepEqual(goldOf(session, 1), ['LOC:Paris']);
  });

  it('is put away when its editor is closed, and is read anew when it is opened again', async () => {
    const { sessions } = await running();
    const uri = inWorkspace('reopened.iob2');
    await write(uri, FILE);
    // Unlike the API's own way of opening, this keeps no reference that would hold the document for minutes.
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('the session is open', () => sessions.get(uri) !== undefined);
    const session = sessions.get(uri);
    assert.ok(session);
    assert.equal(sessions.active, session);
    await setSpan(session, 1, 0, 1, 'LOC');
    await session.document.save();
    await closeAll();
    await until('the session is closed', () => sessions.get(uri) === undefined, 30);
    const again = await show(uri);
    assert.notEqual(again, session);
    assert.deepEqual(goldOf(again, 1), ['LOC:Paris']);
    assert.equal(again.canUndo, false);
  });

  it('becomes prose when the language of its document is changed, and columns again', async () => {
    const session = await open('language.iob2', FILE);
    const { sessions } = await running();
    const { document } = session;
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await until('it is prose', () => sessions.get(document.uri)?.kind === 'prose');
    await vscode.languages.setTextDocumentLanguage(document, 'iob2');
    await until('it is columns', () => sessions.get(document.uri)?.kind === 'columns');
    const again = sessions.get(document.uri);
    assert.ok(again);
    await setSpan(again, 1, 0, 1, 'LOC');
    assert.deepEqual(goldOf(again, 1), ['LOC:Paris']);
  });
});
