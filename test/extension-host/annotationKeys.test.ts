import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { decode } from '../../src/core/scheme.ts';
import type { ModelSource } from '../../src/core/span.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { snapText } from '../../src/extension/decisions/snapText.ts';
import { selectedTokens } from '../../src/extension/decisions/targets.ts';
import { closeAll, goldOf, open, setSpan, until } from './support.ts';

async function run(name: string, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(`entityLens.${name}`, argument);
}

/** Selects a text's first appearance in the editor, and gives the selection. */
function select(session: Session, text: string): vscode.Selection {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const at = session.document.getText().indexOf(text);
  assert.ok(at >= 0, text);
  const start = session.document.positionAt(at);
  editor.selection = new vscode.Selection(start, session.document.positionAt(at + text.length));
  return editor.selection;
}

function cursor(session: Session, before: string): void {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const { start } = select(session, before);
  editor.selection = new vscode.Selection(start, start);
}

function selected(): string {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.getText(editor.selection) ?? '';
}

function predict(session: Session, source: ModelSource, lines: readonly string[]): void {
  const predictions = lines.map((line) => {
    const tags = line.split(' ');
    return { layer: decode(tags, 'repair').layer, tags, probabilities: tags.map(() => 0.9), failures: [] };
  });
  session.setPredictions(source, new Map(predictions.entries()));
}

describe('changing spans by key in the editor', () => {
  afterEach(closeAll);

  it('moves borders, splits and merges, each undone as one', async () => {
    const session = await open('spans.txt', 'Then Ada King Lovelace met Byron.\n');
    await setSpan(session, 0, 2, 3, 'PER');
    cursor(session, 'King');
    await run('extendSpanEnd');
    assert.deepEqual(goldOf(session, 0), ['PER:King Lovelace']);
    await run('extendSpanStart');
    assert.deepEqual(goldOf(session, 0), ['PER:Ada King Lovelace']);
    await run('shrinkSpanEnd');
    assert.deepEqual(goldOf(session, 0), ['PER:Ada King']);
    await run('splitSpan');
    assert.deepEqual(goldOf(session, 0), ['PER:Ada', 'PER:King']);
    await run('undoCorrection');
    assert.deepEqual(goldOf(session, 0), ['PER:Ada King']);
    await run('redoCorrection');
    await run('mergeSpan');
    await run('shrinkSpanStart');
    assert.deepEqual(goldOf(session, 0), ['PER:King']);
    await run('setEmpty');
    assert.deepEqual(goldOf(session, 0), []);
  });

  it('walks from span to span of any source, over sentences', async () => {
    const session = await open('walk.txt', 'Ada King slept. It rained. Then Rome won.\n');
    predict(session, 'bert', ['B-PER I-PER O O', 'O O O', 'O O O O']);
    predict(session, 't5', ['O O O O', 'O O O', 'O B-LOC O O']);
    cursor(session, 'Ada');
    await run('nextSpan');
    assert.equal(selected(), 'Rome');
    await run('previousSpan');
    assert.equal(selected(), 'Ada King');
    await run('previousSpan');
    assert.equal(selected(), 'Ada King');
  });
});

describe('a selection in the editor', () => {
  afterEach(closeAll);

  it('is snapped to tokens without blanks at its edges, and the cut words are told', async () => {
    const session = await open('snap.txt', 'We saw Berlin Walls there.\n');
    const shown = (text: string): string | undefined => {
      const selection = select(session, text);
      const target = selectedTokens(session, selection);
      return typeof target === 'string' ? target : snapText(session, target, selection);
    };
    assert.equal(shown('lin'), 'Ber|lin → Berlin');
    assert.equal(shown('lin Wall'), 'Ber|lin Wall|s → Berlin Walls');
    assert.equal(shown(' Berlin '), undefined);
    select(session, 'lin Wall');
    await run('labelSelection', { label: 'LOC' });
    select(session, ' there');
    await run('labelSelection', { label: 'ORG' });
    assert.deepEqual(goldOf(session, 0), ['LOC:Berlin Walls', 'ORG:there']);
  });
});

describe('annotation mode', () => {
  afterEach(async () => {
    await run('leaveAnnotationMode');
    await closeAll();
  });
  const type = async (text: string): Promise<void> => {
    await vscode.commands.executeCommand('type', { text });
  };

  it('labels with single keys, and types nothing', async () => {
    const session = await open('mode.txt', 'Ada met Rome.\n');
    const before = session.document.getText();
    await run('toggleAnnotationMode');
    select(session, 'da');
    await type('p');
    select(session, 'Rome');
    await type('2');
    for (const text of ['x', 'y', 'é', ' ']) await type(text);
    await vscode.commands.executeCommand('compositionType', { text: '人', replacePrevCharCnt: 0 });
    await vscode.commands.executeCommand('paste', { text: 'pasted' });
    assert.deepEqual(goldOf(session, 0), ['PER:Ada', 'LOC:Rome']);
    assert.equal(session.document.getText(), before);
    await run('leaveAnnotationMode');
    select(session, 'Ada');
    await type('p');
    await until('the typed letter', () => session.document.getText().startsWith('p met'));
  });

  it('leaves other documents alone', async () => {
    await open('mode-other.txt', 'Ada met Rome.\n');
    await run('toggleAnnotationMode');
    const other = await vscode.workspace.openTextDocument({ language: 'json', content: '' });
    await vscode.window.showTextDocument(other);
    await type('p');
    await until('the typed letter', () => other.getText() === 'p');
  });
});

describe('replacing a label', () => {
  afterEach(closeAll);

  it('changes the sentences of the selection only, with one undo', async () => {
    const session = await open('replace.txt', 'Rome won. Bonn lost. Oslo drew.\n');
    for (const index of [0, 1, 2]) await setSpan(session, index, 0, 1, 'LOC');
    const gold = (): unknown => session.sentences.map((_, index) => goldOf(session, index));
    select(session, 'won. Bonn');
    await run('replaceLabel', { scope: 'selection', from: 'LOC', to: 'ORG' });
    assert.deepEqual(gold(), [['ORG:Rome'], ['ORG:Bonn'], ['LOC:Oslo']]);
    await run('undoCorrection');
    assert.deepEqual(gold(), [['LOC:Rome'], ['LOC:Bonn'], ['LOC:Oslo']]);
    await run('replaceLabel', { scope: 'document', from: 'LOC', to: 'ORG' });
    assert.deepEqual(gold(), [['ORG:Rome'], ['ORG:Bonn'], ['ORG:Oslo']]);
    await run('replaceLabel', { scope: 'filtered', from: 'ORG', to: 'LOC' });
    assert.deepEqual(gold(), [['ORG:Rome'], ['ORG:Bonn'], ['ORG:Oslo']]);
  });
});

describe('going on', () => {
  afterEach(async () => {
    await run('clearQueueFilter');
    await closeAll();
  });
  const at = (session: Session): number | undefined =>
    session.at(vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0))?.sentence;
  const opened = async (name: string): Promise<Session> => {
    const session = await open(name, 'Ada slept. Rome won. Grace read. It rained.\n');
    predict(session, 'bert', ['B-PER O O', 'B-LOC O O', 'B-PER O O', 'O O O']);
    predict(session, 't5', ['B-PER O O', 'B-ORG O O', 'O O O', 'O O O']);
    cursor(session, 'Ada');
    return session;
  };

  it('after the queue leads to the sentences that nobody annotated', async () => {
    const session = await opened('goon.txt');
    await run('nextInQueue');
    const visited = [at(session)];
    for (let step = 0; step < 4; step++) {
      await run('acceptBertAndNext');
      visited.push(at(session));
    }
    assert.deepEqual(visited, [1, 2, 3, 0, 0]);
    assert.ok(session.sentences.every(({ gold }) => gold !== null));
  });

  it('says so at the end of the queue, and begins again when asked once more', async () => {
    const session = await opened('again.txt');
    const visited: (number | undefined)[] = [];
    for (let step = 0; step < 6; step++) {
      await run('nextInQueue');
      visited.push(at(session));
    }
    assert.deepEqual(visited, [1, 2, 3, 0, 0, 1]);
  });

  it('can be narrowed to what one source sees', async () => {
    const session = await opened('sources.txt');
    await run('filterQueue', { source: 't5' });
    await run('nextInQueue');
    assert.equal(at(session), 1);
    await run('nextInQueue');
    assert.equal(at(session), 1);
    await run('filterQueue', { source: 'bert', group: 'oneSided' });
    await run('nextInQueue');
    assert.equal(at(session), 2);
  });
});
