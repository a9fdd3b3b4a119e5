import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { decode } from '../../src/core/scheme.ts';
import type { ModelSource } from '../../src/core/span.ts';
import { CurrentSentence } from '../../src/extension/document/currentSentence.ts';
import { ReviewQueue } from '../../src/extension/review/reviewQueue.ts';
import { ReviewTree } from '../../src/extension/review/reviewTree.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { closeAll, goldOf, inWorkspace, open, read, retype, running, setSpan, until } from './support.ts';

/** Stores what a model would say of each sentence, one line of tags a sentence. */
function predict(session: Session, source: ModelSource, lines: readonly string[], probability = 0.9): void {
  const predictions = lines.map((line) => {
    const tags = line.split(' ');
    return { layer: decode(tags, 'repair').layer, tags, probabilities: tags.map(() => probability), failures: [] };
  });
  session.setPredictions(source, new Map(predictions.entries()));
}

const text = 'Ada slept. Rome won. Grace read. Alan ran.\n';
const bert = ['O O O', 'B-LOC O O', 'B-PER O O', 'B-PER O O'];
const t5 = ['B-PER O O', 'B-ORG O O', 'B-PER O O', 'O O O'];

async function opened(name: string): Promise<Session> {
  const session = await open(name, text);
  predict(session, 'bert', bert, 0.95);
  predict(session, 't5', t5, 0.8);
  select(2, session);
  return session;
}

/** Puts the cursor into a sentence. */
function select(sentence: number, session: Session): void {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const { start } = session.rangeOf(sentence, 0, 1);
  editor.selection = new vscode.Selection(start, start);
}

function at(session: Session): number | undefined {
  return session.at(vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0))?.sentence;
}

async function run(name: string, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(`entityLens.${name}`, argument);
}

describe('review queue in the editor', () => {
  afterEach(async () => {
    await run('clearQueueFilter');
    await closeAll();
  });

  it('is gone through in its order, without accepting, repeating or leaving the document', async () => {
    const session = await opened('queue.txt');
    const visited: (number | undefined)[] = [];
    for (let step = 0; step < 5; step++) {
      await run('nextInQueue');
      visited.push(at(session));
    }
    // After the queue comes what nobody annotated.
    assert.deepEqual(visited, [1, 0, 3, 2, 2]);
    assert.ok(session.sentences.every(({ gold }) => gold === null));
    assert.equal(vscode.window.activeTextEditor?.document, session.document);
  });

  it('goes on after a model was accepted with one key', async () => {
    const session = await opened('queue-accept.txt');
    await run('nextInQueue');
    await run('acceptBertAndNext');
    assert.deepEqual([goldOf(session, 1), at(session)], [['LOC:Rome'], 0]);
    await run('acceptT5AndNext');
    assert.deepEqual([goldOf(session, 0), at(session)], [['PER:Ada'], 3]);
    await run('undoCorrection');
    assert.equal(session.sentences[0]?.gold, null);
  });

  it('can be narrowed by label, kind and text', async () => {
    const session = await opened('queue-filter.txt');
    await run('filterQueue', { label: 'ORG' });
    await run('nextInQueue');
    assert.equal(at(session), 1);
    await run('filterQueue', { group: 'oneSided', text: '/^Al/' });
    await run('nextInQueue');
    assert.equal(at(session), 3);
  });

  it('is a tree that says why each sentence is there', async () => {
    const session = await opened('queue-tree.txt');
    const services = await running();
    const current = new CurrentSentence(services);
    const queue = new ReviewQueue(services, current);
    const tree = new ReviewTree(queue);
    const groups = tree.getChildren();
    const lines = groups.map((group) => {
      const { label, description } = tree.getTreeItem(group);
      const children = tree.getChildren(group).map((child) => {
        const item = tree.getTreeItem(child);
        return [(item.label as vscode.TreeItemLabel).label, item.description];
      });
      return [label, description, children];
    });
    assert.deepEqual(lines, [
      ['Models disagree: label', '1', [['Rome won.', 'BERT LOC, T5 ORG, at least 80 % sure']]],
      [
        'Models disagree: only one sees it',
        '2',
        [
          ['Ada slept.', 'BERT no entity, T5 PER, at least 80 % sure'],
          ['Alan ran.', 'BERT PER, T5 no entity, at least 80 % sure'],
        ],
      ],
    ]);
    const node = tree.getChildren(groups[1]).at(-1);
    assert.ok(node);
    assert.equal(tree.getTreeItem(tree.getParent(node) ?? node).label, 'Models disagree: only one sees it');
    await run('goToQueued', node);
    assert.equal(at(session), 3);
    await run('acceptBert', tree.getChildren(groups[0])[0]);
    assert.deepEqual(goldOf(session, 1), ['LOC:Rome']);
    assert.equal(tree.getChildren().length, 1);
    for (const disposable of [tree, queue, current]) disposable.dispose();
  });
});

describe('the state of the work', () => {
  afterEach(closeAll);

  it('is kept in a column file as one edit that can be undone', async () => {
    const lines = '# text = Ada slept\n1\tAda\tB-PER\t-\t-\n2\tslept\tO\t-\t-\n\n';
    const session = await open('reviewed.iob2', lines);
    await run('markReviewed');
    const marked = session.document.getText();
    assert.match(marked, /^# text = Ada slept\n# reviewed = .+ \d{4}-\d\d-\d\d\n1\tAda\tB-PER/);
    await run('editNote', { note: 'ask Grace' });
    assert.match(session.document.getText(), /\n# note = ask Grace\n1\tAda/);
    assert.deepEqual(
      session.sentences[0]?.comments.map(({ key }) => key),
      ['text', 'reviewed', 'note'],
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(session.document.getText(), marked);
    await run('markReviewed');
    assert.equal(session.document.getText(), lines);
  });

  it('needs gold for a review, but none for a note beside prose', async () => {
    const session = await open('noted.txt', 'Ada slept. Rome won.\n');
    select(1, session);
    await run('markReviewed');
    assert.deepEqual(session.sentences[1]?.comments, []);
    await run('editNote', { note: 'the city or the club?' });
    assert.equal(session.sentences[1].gold, null);
    await until('the note is saved', async () => (await read(inWorkspace('noted.txt.iob2'))).includes('# note ='));
    const file = await read(inWorkspace('noted.txt.iob2'));
    assert.match(file, /# note = the city or the club\?\n# text = Rome won\.\n1\tRome\t_\t/);
    await setSpan(session, 1, 0, 1, 'ORG');
    await run('markReviewed');
    const comments = session.sentences[1].comments.map(({ key, value }) => [key, value]);
    assert.deepEqual(comments[0], ['note', 'the city or the club?']);
    assert.equal(comments[2]?.[0], 'reviewed');
    assert.deepEqual(goldOf(session, 1), ['ORG:Rome']);
    assert.deepEqual(session.unmatched, []);
  });
});

describe('decisions about many sentences', () => {
  afterEach(async () => {
    await run('clearQueueFilter');
    await closeAll();
  });

  it('accept where both models agree, in what is visible or filtered, with one undo', async () => {
    const session = await open('agreed.txt', 'Ada slept. Rome won. Grace read. It rained.\n');
    predict(session, 'bert', ['B-PER O O', 'B-LOC O O', 'B-PER O O', 'O O O']);
    predict(session, 't5', ['B-PER O O', 'B-ORG O O', 'B-PER O O', 'O O O']);
    await run('filterQueue', { text: 'grace' });
    await run('acceptAgreed', { scope: 'filtered' });
    const gold = (): unknown => session.sentences.map((_, index) => goldOf(session, index));
    assert.deepEqual(gold(), [null, null, ['PER:Grace'], null]);
    await run('acceptAgreed', { scope: 'visible' });
    assert.deepEqual(gold(), [['PER:Ada'], null, ['PER:Grace'], []]);
    await run('undoCorrection');
    assert.deepEqual(gold(), [null, null, ['PER:Grace'], null]);
    await run('clearQueueFilter');
    await run('acceptAgreed', { scope: 'filtered' });
    assert.deepEqual(gold(), [null, null, ['PER:Grace'], null]);
  });

  it('label other places of the same words, but leave other labels alone', async () => {
    const session = await open('others.txt', 'Ada slept. Ada and Ada ran. Ada won. Rome won.\n');
    await setSpan(session, 2, 0, 1, 'ORG');
    await setSpan(session, 0, 0, 1, 'PER');
    select(0, session);
    await run('labelOccurrences', { picked: true });
    const gold = (): unknown => session.sentences.map((_, index) => goldOf(session, index));
    assert.deepEqual(gold(), [['PER:Ada'], ['PER:Ada', 'PER:Ada'], ['ORG:Ada'], null]);
    await run('undoCorrection');
    assert.deepEqual(gold(), [['PER:Ada'], null, ['ORG:Ada'], null]);
  });
});

describe('labels that a file declares', () => {
  afterEach(closeAll);

  it('are offered beside the configured ones and follow the file', async () => {
    const session = await open('declared.iob2', '# labels = PER WORK\n\n1\tFaust\tO\t-\t-\n\n');
    assert.deepEqual(session.labels, ['PER', 'LOC', 'ORG', 'WORK']);
    await retype(session.document, 'WORK', 'BOOK, FILM');
    assert.deepEqual(session.labels, ['PER', 'LOC', 'ORG', 'BOOK', 'FILM']);
  });
});
