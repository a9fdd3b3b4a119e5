import { strict as assert } from 'node:assert';
import process from 'node:process';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Session, SessionSentence } from '../../src/extension/document/session.ts';
import { closeAll, goldOf, open, retype, running, setSpan, until } from './support.ts';

const TEXT = [
  'Angela Merkel met Emmanuel Macron in Berlin.',
  'Volkswagen is a German company.',
  'Nothing happened yesterday.',
].join('\n\n');

function predicted(session: Session, source: 'bert' | 't5'): number {
  return session.sentences.filter(({ predictions }) => predictions[source] !== undefined).length;
}

function sentenceAt(session: Session, index: number): SessionSentence {
  const sentence = session.sentences[index];
  assert.ok(sentence, `there is no sentence ${String(index)}`);
  return sentence;
}

function complete(session: Session): boolean {
  return (['bert', 't5'] as const).every((source) => predicted(session, source) === session.sentences.length);
}

/** A text of so many sentences, no two alike. */
function longText(sentences: number): string {
  return Array.from(
    { length: sentences },
    (_, index) => `Peter Smith flew to Paris with ${String(index)} friends.`,
  ).join('\n\n');
}

describe('annotating', function () {
  this.timeout(180_000);
  afterEach(async () => {
    const { sessions, annotator } = await running();
    for (const session of sessions.all) await annotator.switchOff(session);
    await closeAll();
  });

  it('fills in both models, a tag and a probability a token, and tells how far it is', async () => {
    const { annotator, models } = await running();
    const session = await open('annotate.txt', TEXT);
    const told: number[] = [];
    const subscription = session.onDidChange(() => {
      if (session.busy !== undefined) told.push(session.busy.total);
    });
    await annotator.annotate(session);
    subscription.dispose();
    assert.deepEqual(session.notices, []);
    assert.ok(complete(session));
    for (const { tokens, predictions } of session.sentences)
      for (const source of ['bert', 't5'] as const) {
        assert.equal(predictions[source]?.tags.length, tokens.length);
        assert.ok(predictions[source].probabilities.every((p) => p >= 0 && p <= 1));
      }
    assert.ok(told.includes(6));
    assert.equal(session.busy, undefined);
    assert.deepEqual(
      models.states.map(({ state }) => state),
      ['ready', 'ready'],
    );
  });

  it('annotates only the sentence again that is typed in, when typing rests', async () => {
    const { annotator } = await running();
    const session = await open('typing.txt', TEXT);
    await annotator.annotate(session);
    const before = session.sentences;
    await retype(session.document, 'yesterday', 'yester');
    await retype(session.document, 'yester', 'in London');
    assert.equal(session.sentences[0], before[0]);
    assert.deepEqual(sentenceAt(session, 2).predictions, {});
    await until('the new sentence is annotated', () => complete(session), 60);
    assert.equal(session.sentences[0], before[0]);
    assert.equal(sentenceAt(session, 2).predictions.bert?.tags.length, sentenceAt(session, 2).tokens.length);
  });

  it('keeps predictions through a correction, which is never stale because of them', async () => {
    const { annotator } = await running();
    const session = await open('both.txt', TEXT);
    const { revision } = session;
    await annotator.annotate(session);
    assert.ok(session.revision > revision);
    const { predictions } = sentenceAt(session, 0);
    const outcome = await session.correct(0, { kind: 'setSpan', first: 0, end: 2, label: 'PER' }, revision);
    assert.deepEqual(outcome, { ok: true, value: undefined });
    assert.deepEqual(goldOf(session, 0), ['PER:Angela Merkel']);
    assert.equal(sentenceAt(session, 0).predictions.t5, predictions.t5);
  });

  it('annotates a column file and keeps what it knew of it when the scheme is switched to and fro', async () => {
    const { annotator } = await running();
    const words = ['Angela', 'Merkel', 'visited', 'Paris', '.'];
    const rows = words.map((word, index) => `${String(index + 1)}\t${word}\tO\t-\t-\n`).join('');
    const session = await open('columns-annotated.iob2', `${rows}\n`);
    await annotator.annotate(session);
    const full = sentenceAt(session, 0).predictions;
    session.setScheme('simplified');
    assert.deepEqual(sentenceAt(session, 0).predictions, {});
    await until('the other scheme is there', () => complete(session), 60);
    const tags = new Set(sentenceAt(session, 0).predictions.bert?.tags);
    assert.deepEqual(
      [...tags].filter((tag) => !['O', 'B', 'I'].includes(tag)),
      [],
    );
    session.setScheme('full');
    await until('the first scheme is there again', () => complete(session), 60);
    assert.equal(sentenceAt(session, 0).predictions.bert, full.bert);
    assert.equal(sentenceAt(session, 0).predictions.t5, full.t5);
  });

  it('remembers which documents are switched on', async () => {
    const { annotator, sessions } = await running();
    const session = await open('on.txt', TEXT);
    const { uri } = session.document;
    await annotator.switchOn(session);
    assert.ok(annotator.isOn(session));
    await until('it is annotated', () => complete(session), 60);
    await vscode.languages.setTextDocumentLanguage(session.document, 'markdown');
    await until('another session took over', () => ![undefined, session].includes(sessions.get(uri)));
    const again = sessions.get(uri);
    assert.ok(again);
    assert.ok(annotator.isOn(again));
    await until('it is annotated by itself', () => complete(again), 60);
    await annotator.switchOff(again);
    assert.equal(annotator.isOn(again), false);
  });

  it('stops at once when it is cancelled, and goes on from there', async () => {
    const { annotator } = await running();
    const session = await open('long.txt', longText(300));
    const work = annotator.annotate(session);
    await until('some sentences are annotated', () => predicted(session, 't5') > 0, 60);
    annotator.cancel(session);
    await work;
    assert.equal(session.busy, undefined);
    const count = predicted(session, 't5');
    assert.ok(count < 300, 'it was done before it could be stopped');
    assert.deepEqual(session.notices, []);
    await setSpan(session, 0, 0, 2, 'PER');
    assert.ok(sentenceAt(session, 0).predictions.bert);
  });

  it('annotates what is on the screen first', async () => {
    const { annotator } = await running();
    const session = await open('screen.txt', longText(400).replaceAll('flew', 'went'));
    const [editor] = vscode.window.visibleTextEditors.filter(({ document }) => document === session.document);
    assert.ok(editor);
    const line = 700;
    editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
    await until('it is scrolled', () => (editor.visibleRanges[0]?.start.line ?? 0) > 600);
    const shown = session.at(new vscode.Position(line, 0))?.sentence ?? -1;
    const work = annotator.annotate(session);
    await until(
      'the sentence on the screen is annotated',
      () => sentenceAt(session, shown).predictions.t5 !== undefined,
      60,
    );
    assert.equal(sentenceAt(session, 0).predictions.t5, undefined);
    annotator.cancel(session);
    await work;
  });

  it('goes on after the model process was killed in the middle', async () => {
    const { annotator, models } = await running();
    const session = await open('killed.txt', longText(40).replaceAll('Peter', 'Paul'));
    const work = annotator.annotate(session);
    await until('some sentences are annotated', () => predicted(session, 't5') > 0, 60);
    const { pid } = models;
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGKILL');
    await work;
    assert.ok(complete(session), session.notices.map(({ message }) => message).join());
    assert.notEqual(models.pid, pid);
  });

  it('names a missing model folder and its remedy, and works again once the setting is right', async () => {
    const { annotator } = await running();
    const session = await open('folder.txt', TEXT.replaceAll('.', '!'));
    const settings = vscode.workspace.getConfiguration('entityLens');
    await settings.update('inference.modelsFolder', '/nowhere/models', true);
    await annotator.annotate(session);
    assert.deepEqual(
      session.notices.map(({ severity }) => severity),
      ['error', 'error'],
    );
    assert.match(session.notices[0]?.message ?? '', /\/nowhere\/models/);
    assert.equal(session.busy, undefined);
    await settings.update('inference.modelsFolder', undefined, true);
    await annotator.annotate(session);
    assert.ok(complete(session));
    assert.deepEqual(session.notices, []);
  });
});
