import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Session } from '../../src/extension/document/session.ts';
import { closeAll, goldOf, inWorkspace, open, read, retype, running, setSpan, show, until, write } from './support.ts';

const TEXT = 'Angela Merkel visited Paris.\n\nShe met Anne Hidalgo there. They talked about Volkswagen.\n';

function goldUri(session: Session): vscode.Uri {
  assert.equal(session.goldUri.path, `${session.document.uri.path}.iob2`);
  return session.goldUri;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function texts(session: Session): readonly string[] {
  return session.sentences.map(({ text }) => text);
}

describe('a text', () => {
  afterEach(closeAll);

  it('is split into sentences without a gold file being made', async () => {
    const session = await open('sentences.txt', TEXT);
    assert.equal(session.kind, 'prose');
    assert.deepEqual(texts(session), [
      'Angela Merkel visited Paris.',
      'She met Anne Hidalgo there.',
      'They talked about Volkswagen.',
    ]);
    assert.deepEqual(goldOf(session, 0), null);
    assert.equal(await exists(goldUri(session)), false);
    assert.equal(session.document.getText(session.rangeOf(1, 2, 4)), 'Anne Hidalgo');
    assert.deepEqual(session.at(session.document.positionAt(TEXT.indexOf('Hidalgo') + 2)), { sentence: 1, token: 3 });
    assert.deepEqual(session.sentencesIn(new vscode.Range(2, 0, 2, 3)), [1, 2]);
    assert.deepEqual(session.sentencesIn(new vscode.Range(0, 0, 9, 0)), [0, 3]);
  });

  it('gets its gold file beside it with the first correction, in the order of the text, and saved', async () => {
    const session = await open('first.txt', TEXT);
    await setSpan(session, 2, 3, 4, 'ORG');
    await setSpan(session, 0, 0, 2, 'PER');
    await setSpan(session, 0, 3, 4, 'LOC');
    assert.deepEqual(
      session.sentences.map((_, index) => goldOf(session, index)),
      [['PER:Angela Merkel', 'LOC:Paris'], null, ['ORG:Volkswagen']],
    );
    const uri = goldUri(session);
    await until('the file is saved', async () => (await read(uri)).includes('\tB-LOC\t'));
    const lines = (await read(uri)).split('\n');
    assert.ok(lines[0]?.startsWith('# Gold named entities of first.txt'));
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(start));
    assert.ok(at('# text = Angela Merkel visited Paris.') > 0);
    assert.ok(at('# text = Angela') < at('# text = They talked'));
    assert.ok(lines.includes('2\tMerkel\tI-PER\t-\t' + (lines[at('2\tMerkel')]?.split('\t')[4] ?? '')));
    assert.equal(session.document.getText(), TEXT);
    assert.equal(session.document.isDirty, false);
    assert.deepEqual(session.notices, []);
  });

  it('undoes and redoes its corrections although the gold file has no editor', async () => {
    const session = await open('undo.txt', TEXT);
    await setSpan(session, 0, 3, 4, 'LOC');
    await setSpan(session, 0, 3, 4, 'ORG');
    assert.equal(await session.undo(), true);
    assert.deepEqual(goldOf(session, 0), ['LOC:Paris']);
    assert.equal(await session.undo(), true);
    assert.equal(goldOf(session, 0), null);
    assert.equal(session.canUndo, false);
    assert.equal(await session.redo(), true);
    assert.equal(await session.redo(), true);
    assert.deepEqual(goldOf(session, 0), ['ORG:Paris']);
    await until('the file is saved', async () => (await read(goldUri(session))).includes('Paris\tB-ORG'));
  });

  it('follows what other hands do to the gold file while it is open in an editor', async () => {
    const session = await open('shown.txt', TEXT);
    await setSpan(session, 0, 3, 4, 'LOC');
    const gold = await show(goldUri(session), vscode.ViewColumn.Two);
    assert.equal(gold.kind, 'columns');
    assert.equal((await running()).sessions.ofGold(goldUri(session)).length, 2);
    await retype(gold.document, 'Paris\tB-LOC', 'Paris\tB-ORG');
    assert.deepEqual(goldOf(session, 0), ['ORG:Paris']);
    await setSpan(gold, 0, 0, 2, 'PER');
    assert.deepEqual(goldOf(session, 0), ['PER:Angela Merkel', 'ORG:Paris']);
    // It is in an editor now, so that saving is the user's own affair.
    assert.ok(gold.document.isDirty);
    await vscode.window.showTextDocument(gold.document);
    await vscode.commands.executeCommand('undo');
    await until('undone in the editor', () => goldOf(session, 0)?.length === 1);
    assert.equal(await session.redo(), true);
    assert.deepEqual(goldOf(gold, 0), ['PER:Angela Merkel', 'ORG:Paris']);
    await gold.document.save();
  });

  it('follows a gold file that is written, replaced and deleted outside', async () => {
    const session = await open('outside.txt', TEXT);
    const uri = inWorkspace('outside.txt.iob2');
    const block = '# text = They talked about Volkswagen.\n1\tThey\tO\t-\t-\n2\ttalked\tO\t-\t-\n3\tabout\tO\t-\t-\n';
    await write(uri, `${block}4\tVolkswagen\tB-ORG\t-\ta\n5\t.\tO\t-\t-\n\n`);
    await until('it is read', () => goldOf(session, 2)?.[0] === 'ORG:Volkswagen');
    await write(uri, `${block}4\tVolkswagen\tB-LOC\t-\ta\n5\t.\tO\t-\t-\n\n`);
    await until('it is read again', () => goldOf(session, 2)?.[0] === 'LOC:Volkswagen');
    await vscode.workspace.fs.delete(uri);
    await until('it is gone', () => goldOf(session, 2) === null);
    await setSpan(session, 2, 3, 4, 'ORG');
    await until('it is made again', async () => (await exists(uri)) && (await read(uri)).includes('B-ORG'));
  });

  it('keeps gold where a typo is corrected: the changed word is undecided, and all comes back with the old text', async () => {
    const session = await open('typo.txt', TEXT);
    const uri = inWorkspace('typo.txt.iob2');
    const rows = (word: string): string =>
      ['She O', `${word} O`, 'Anne B-PER', 'Hidalgo I-PER', 'there O', '. O']
        .map((row, index) => `${String(index + 1)}\t${row.replace(' ', '\t')}\t-\tada\n`)
        .join('');
    const before = `# reviewed = ada 2026-01-01\n# text = She met Anne Hidalgo there.\n${rows('met')}\n`;
    await write(uri, before);
    await until('it is read', () => goldOf(session, 1)?.[0] === 'PER:Anne Hidalgo');
    await retype(session.document, 'met', 'saw');
    assert.equal(texts(session)[1], 'She saw Anne Hidalgo there.');
    await until('the gold goes along', async () => (await read(uri)).includes('# text = She saw Anne'));
    assert.equal(
      await read(uri),
      `# text = She saw Anne Hidalgo there.\n${rows('saw').replace('saw\tO\t-\tada', 'saw\t_\t-\t-')}\n`,
    );
    assert.deepEqual(session.sentences[1]?.partial, {
      layer: [{ first: 2, end: 4, label: 'PER' }],
      undecided: [1],
    });
    assert.deepEqual([session.unmatched, session.notices], [[], []]);
    await retype(session.document, 'saw', 'met');
    await until('all of it is back', async () => (await read(uri)) === before);
    assert.deepEqual(goldOf(session, 1), ['PER:Anne Hidalgo']);
  });

  it('keeps the gold of sentences that are no longer in the text in the file, says so, and finds it again', async () => {
    const session = await open('changed.txt', TEXT);
    const uri = inWorkspace('changed.txt.iob2');
    await write(
      uri,
      '# text = She met Anne Hidalgo there.\n1\tShe\tO\t-\ta\n2\tmet\tO\t-\ta\n3\tAnne\tB-PER\t-\ta\n4\tHidalgo\tI-PER\t-\ta\n5\tthere\tO\t-\ta\n6\t.\tO\t-\ta\n\n',
    );
    await until('it is read', () => goldOf(session, 1)?.[0] === 'PER:Anne Hidalgo');
    await retype(session.document, 'She met Anne Hidalgo there.', 'It rained all day long.');
    await until('the loss is told', () => session.notices.length > 0);
    assert.match(session.notices.map(({ message }) => message).join(), /^1 annotated sentence of changed.txt.iob2/);
    assert.equal(goldOf(session, 1), null);
    assert.deepEqual(
      session.unmatched.map(({ text, line }) => [text, line]),
      [['She met Anne Hidalgo there.', 1]],
    );
    assert.ok((await read(uri)).includes('Hidalgo\tI-PER'));
    await retype(session.document, 'It rained all day long.', 'She met Anne Hidalgo there.');
    await until('it is found again', () => goldOf(session, 1)?.[0] === 'PER:Anne Hidalgo');
    assert.deepEqual([session.unmatched, session.notices], [[], []]);
  });

  it('reads only the paragraph again that is typed in', async () => {
    const session = await open(
      'typed.txt',
      Array.from({ length: 40 }, (_, i) => `Ada met Bob ${String(i)} times.`).join('\n\n'),
    );
    const before = session.sentences;
    await retype(session.document, 'Bob 20 times.', 'Bob 20 times. Twice, even');
    assert.equal(session.sentences.length, 41);
    assert.equal(session.sentences[19], before[19]);
    assert.equal(session.sentences[21]?.text, 'Twice, even');
    assert.equal(session.sentences[22], before[21]);
    assert.equal(session.document.getText(session.rangeOf(40, 0, 3)), 'Ada met Bob');
  });

  it('is right with CRLF, emoji, combining marks and a sentence over two lines', async () => {
    const line = 'The long report of that day was written by Zoe\u0308 \u{1F469}\u200D\u{1F680} and read';
    const session = await open('marks.txt', `${line}\r\nin Xi’an by all. \u{1F680}\u{1F680} Bob waits.\r\n`);
    const index = session.sentences.findIndex(({ text }) => text.includes('Xi’an'));
    const tokens = session.sentences[index]?.tokens ?? [];
    const xian = tokens.findIndex(({ form }) => form === 'Xi’an');
    const zoe = tokens.findIndex(({ form }) => form === 'Zoe\u0308');
    assert.ok(xian > 0);
    await setSpan(session, index, xian, xian + 1, 'LOC');
    if (zoe >= 0) await setSpan(session, index, zoe, zoe + 1, 'PER');
    assert.equal(session.document.getText(session.rangeOf(index, xian, xian + 1)), 'Xi’an');
    const bob = session.sentences.findIndex(({ text }) => text.includes('Bob'));
    const place = session.sentences[bob]?.tokens.findIndex(({ form }) => form === 'Bob') ?? -1;
    await setSpan(session, bob, place, place + 1, 'PER');
    assert.equal(session.document.getText(session.rangeOf(bob, place, place + 1)), 'Bob');
    assert.deepEqual(session.unmatched, []);
    const gold = async (): Promise<string> => read(goldUri(session));
    await until('it is saved', async () => (await gold()).includes('Bob\tB-PER'));
    assert.ok(!/[^\r]\n/.test(await gold()), 'the gold file has the line ends of the text');
  });

  it('takes its gold file along when it is renamed', async () => {
    const session = await open('old-name.txt', TEXT);
    await setSpan(session, 0, 3, 4, 'LOC');
    await until('the file is saved', async () => (await read(goldUri(session))).includes('B-LOC'));
    const edit = new vscode.WorkspaceEdit();
    const to = inWorkspace('new-name.txt');
    edit.renameFile(session.document.uri, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('both were renamed', async () => (await exists(to)) && exists(inWorkspace('new-name.txt.iob2')));
    assert.equal(await exists(inWorkspace('old-name.txt.iob2')), false);
    const again = await show(to);
    await until('gold is there', () => goldOf(again, 0)?.[0] === 'LOC:Paris');
  });

  it('has no place for gold before it has a file, says so, and loses nothing', async () => {
    const document = await vscode.workspace.openTextDocument({ content: TEXT, language: 'plaintext' });
    await vscode.window.showTextDocument(document);
    const session = await (await running()).sessions.ensure(document);
    const outcome = await session.correct(0, { kind: 'setSpan', first: 0, end: 2, label: 'PER' }, session.revision);
    assert.equal(!outcome.ok && outcome.reason, 'unsaved');
    assert.equal(document.getText(), TEXT);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is refused with a reason where the language is another one', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '{}', language: 'json' });
    const { sessions } = await running();
    await assert.rejects(sessions.ensure(document), /language "json"/);
  });
});
