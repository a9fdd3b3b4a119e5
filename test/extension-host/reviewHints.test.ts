import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { decode } from '../../src/core/scheme.ts';
import type { ModelSource } from '../../src/core/span.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { closeAll, goldOf, open, until } from './support.ts';

function predict(session: Session, source: ModelSource, lines: readonly string[]): void {
  const predictions = lines.map((line) => {
    const tags = line.split(' ');
    return { layer: decode(tags, 'repair').layer, tags, probabilities: tags.map(() => 0.9), failures: [] };
  });
  session.setPredictions(source, new Map(predictions.entries()));
}

async function wanted(value: 'off' | 'disagreements' | 'all'): Promise<void> {
  const section = vscode.workspace.getConfiguration('entityLens');
  await section.update('diagnostics', value === 'off' ? undefined : value, vscode.ConfigurationTarget.Global);
}

function hints(session: Session): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(session.document.uri).filter(({ source }) => source === 'Entity Lens');
}

/** Runs the quick fix with this title at a hint. */
async function fix(session: Session, hint: vscode.Diagnostic | undefined, title: string): Promise<void> {
  assert.ok(hint);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    session.document.uri,
    hint.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const command = actions.find((action) => action.title === title)?.command;
  assert.ok(command, `no “${title}” among ${actions.map((action) => action.title).join(', ')}`);
  await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as readonly unknown[]));
}

describe('hints in the Problems view', () => {
  afterEach(async () => {
    await wanted('off');
    await closeAll();
  });

  it('are off until they are asked for, and say what the queue says', async () => {
    const session = await open('problems.txt', 'Ada Lovelace slept.\n');
    predict(session, 'bert', ['B-PER I-PER O O']);
    predict(session, 't5', ['B-ORG I-ORG O O']);
    assert.deepEqual(hints(session), []);
    await wanted('disagreements');
    await until('the hint', () => hints(session).length === 1);
    const [hint] = hints(session);
    assert.equal(hint?.message, '“Ada Lovelace”: BERT PER, T5 ORG, at least 90 % sure');
    assert.equal(session.document.getText(hint.range), 'Ada Lovelace');
    await wanted('off');
    await until('no hint', () => hints(session).length === 0);
  });

  it('are mended by accepting a model or labelling the place', async () => {
    const session = await open('problems-fixed.txt', 'Ada Lovelace slept. Rome won.\n');
    predict(session, 'bert', ['B-PER I-PER O O', 'B-LOC O O']);
    predict(session, 't5', ['B-ORG I-ORG O O', 'B-PER O O']);
    await wanted('disagreements');
    await until('two hints', () => hints(session).length === 2);
    await fix(session, hints(session)[0], 'Accept T5 for the sentence');
    assert.deepEqual(goldOf(session, 0), ['ORG:Ada Lovelace']);
    await until('one hint', () => hints(session).length === 1);
    await fix(session, hints(session)[0], 'Label “Rome” as ORG');
    assert.deepEqual(goldOf(session, 1), ['ORG:Rome']);
  });

  it('are ignored in the file itself', async () => {
    const lines = ['Ada', 'met', 'Rome'].map((form, index) => `${String(index + 1)}\t${form}\t_\t-\t-\n`).join('');
    const session = await open('problems-ignored.iob2', lines);
    predict(session, 'bert', ['B-PER O B-LOC']);
    predict(session, 't5', ['B-LOC O B-PER']);
    await wanted('all');
    await until('two hints', () => hints(session).length === 2);
    await fix(session, hints(session)[1], 'Ignore here (kept in the gold file)');
    assert.equal(session.document.getText(), `# ignored = modelsDisagree 3\n${lines}`);
    await until('one hint', () => hints(session).length === 1);
    await fix(session, hints(session)[0], 'Ignore here (kept in the gold file)');
    assert.equal(session.document.getText(), `# ignored = modelsDisagree 3, modelsDisagree 1\n${lines}`);
    await until('no hint', () => hints(session).length === 0);
  });
});

describe('outline and folding of columns', () => {
  afterEach(closeAll);

  it('follow documents and sentences', async () => {
    const block = '# text = Ada slept\n1\tAda\tB-PER\t-\t-\n2\tslept\tO\t-\t-\n\n';
    const session = await open('outline.iob2', `# newdoc id = news\n\n${block}${block}`);
    const { uri } = session.document;
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const shown = symbols.map(({ name, range, children }) => [
      name,
      range.start.line,
      children.map((child) => `${child.name} ${child.detail}`),
    ]);
    assert.deepEqual(shown, [['news', 0, ['Ada slept 1 PER', 'Ada slept 1 PER']]]);
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    assert.deepEqual(
      ranges.map(({ start, end }) => [start, end]),
      [
        [0, 8],
        [2, 4],
        [6, 8],
      ],
    );
  });
});
