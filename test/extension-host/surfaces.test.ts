import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Prediction } from '../../src/core/prediction.ts';
import { decode, simplify } from '../../src/core/scheme.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import type { ModelSource } from '../../src/core/span.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { closeAll, goldOf, open, until } from './support.ts';

interface Contributions {
  readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
  readonly keybindings: readonly {
    readonly command: string;
    readonly key: string;
    readonly mac?: string;
    readonly when: string;
  }[];
  readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>>;
  readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[];
}

function contributions(): Contributions {
  const manifest = vscode.extensions.getExtension('entity-lens.entity-lens')?.packageJSON as {
    contributes: Contributions;
  };
  return manifest.contributes;
}

/** Stores what a model would say of a sentence. */
function predict(session: Session, source: ModelSource, index: number, tags: string, scheme: Scheme = 'full'): void {
  const raw = tags.split(' ');
  const { layer } = scheme === 'full' ? decode(raw, 'repair') : simplify(raw, 'repair');
  const prediction: Prediction = { layer, tags: raw, probabilities: raw.map(() => 0.9), failures: [] };
  session.setPredictions(source, new Map([[index, prediction]]));
}

function select(line: number, from: number, to: number, lastLine = line): void {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  editor.selection = new vscode.Selection(line, from, lastLine, to);
}

async function hoverAt(session: Session, line: number, character: number): Promise<readonly vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    session.document.uri,
    new vscode.Position(line, character),
  );
  return hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
}

describe('what the extension contributes', () => {
  it('has a handler for every command and a contribution for every handler', async () => {
    await open('contributed.txt', 'Ada slept.');
    const registered = (await vscode.commands.getCommands(true)).filter((name) => name.startsWith('entityLens.'));
    const contributed = contributions().commands.map(({ command }) => command);
    assert.deepEqual([...contributed].sort(), registered.sort());
    assert.ok(contributions().commands.every(({ category }) => category === 'Entity Lens'));
    const inMenus = Object.values(contributions().menus)
      .flat()
      .flatMap(({ command }) => command ?? []);
    assert.deepEqual(
      inMenus.filter((name) => !contributed.includes(name)),
      [],
    );
  });

  it('binds keys only under context keys of its own', () => {
    for (const { command, key, mac, when } of contributions().keybindings) {
      for (const part of when.split(' || '))
        assert.match(
          part,
          /^(?:editorTextFocus && )?entityLens\.\w+(?: && !?[\w.]+)*$|^activeWebviewPanelId == 'entityLens\.panel'(?: && !\w+)+$/,
          command,
        );
      assert.equal(mac ?? key, key.replace('ctrl', 'cmd'));
    }
    const keys = contributions().keybindings.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });

  it('gives every colour a value for all four kinds of theme', () => {
    const { colors } = contributions();
    for (const { id, defaults } of colors) {
      assert.deepEqual(Object.keys(defaults), ['dark', 'light', 'highContrast', 'highContrastLight'], id);
    }
    const ids = colors.map(({ id }) => id);
    for (let slot = 1; slot <= 9; slot++) assert.ok(ids.includes(`entityLens.label${String(slot)}`));
  });
});

describe('commands', () => {
  afterEach(closeAll);

  it('label the selected words, snapped to whole tokens', async () => {
    const session = await open('snap.txt', 'Ada Lovelace met Babbage.\n');
    select(0, 1, 7);
    await vscode.commands.executeCommand('entityLens.labelSelection', { label: 'PER' });
    assert.deepEqual(goldOf(session, 0), ['PER:Ada Lovelace']);
  });

  it('label the whole span that a model saw under the cursor', async () => {
    const session = await open('under.txt', 'Ada Lovelace met Babbage.\n');
    predict(session, 't5', 0, 'B-LOC I-LOC O O O');
    select(0, 6, 6);
    await vscode.commands.executeCommand('entityLens.labelSelection', { label: 'PER' });
    assert.deepEqual(goldOf(session, 0), ['PER:Ada Lovelace']);
  });

  it('label lines of columns, whichever cells are selected', async () => {
    const lines = ['Ada', 'Lovelace', 'slept'].map((form, index) => `${String(index + 1)}\t${form}\tO\t-\t-\n`);
    const session = await open('lines.iob2', `# text = Ada Lovelace slept\n${lines.join('')}\n`);
    select(1, 6, 4, 2);
    await vscode.commands.executeCommand('entityLens.labelSelection', { label: 'PER' });
    assert.deepEqual(goldOf(session, 0), ['PER:Ada Lovelace']);
  });

  it('label nothing where the selection reaches over two sentences', async () => {
    const session = await open('two.txt', 'Ada slept. Grace read.\n');
    select(0, 4, 14);
    await vscode.commands.executeCommand('entityLens.labelSelection', { label: 'PER' });
    assert.deepEqual([goldOf(session, 0), goldOf(session, 1)], [null, null]);
  });

  it('remove the span under the cursor and leave the others', async () => {
    const session = await open('remove.txt', 'Ada Lovelace met Babbage.\n');
    for (const [from, to] of [
      [0, 12],
      [17, 24],
    ] as const) {
      select(0, from, to);
      await vscode.commands.executeCommand('entityLens.labelSelection', { label: 'PER' });
    }
    select(0, 6, 6);
    await vscode.commands.executeCommand('entityLens.removeLabel');
    assert.deepEqual(goldOf(session, 0), ['PER:Babbage']);
    await vscode.commands.executeCommand('entityLens.undoCorrection');
    assert.deepEqual(goldOf(session, 0), ['PER:Ada Lovelace', 'PER:Babbage']);
    await vscode.commands.executeCommand('entityLens.redoCorrection');
    assert.deepEqual(goldOf(session, 0), ['PER:Babbage']);
  });

  it('accept a model for the sentence at the cursor', async () => {
    const session = await open('accept.txt', 'Ada slept. Grace read.\n');
    predict(session, 'bert', 1, 'B-PER O O');
    predict(session, 't5', 1, 'O O O');
    select(0, 13, 13);
    await vscode.commands.executeCommand('entityLens.acceptBert');
    assert.deepEqual([goldOf(session, 0), goldOf(session, 1)], [null, ['PER:Grace']]);
    await vscode.commands.executeCommand('entityLens.acceptT5');
    assert.deepEqual(goldOf(session, 1), []);
  });

  it('go from disagreement to disagreement and stop at the last', async () => {
    const session = await open('walk.txt', 'Ada slept. Grace read. Alan ran. Mary sang.\n');
    for (const index of [0, 1, 2, 3]) predict(session, 'bert', index, 'B-PER O O');
    for (const [index, tags] of ['B-PER O O', 'O O O', 'B-PER O O', 'B-ORG O O'].entries())
      predict(session, 't5', index, tags);
    const at = (): number | undefined =>
      session.at(vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0))?.sentence;
    select(0, 0, 0);
    const visited: (number | undefined)[] = [];
    for (const command of ['next', 'next', 'next', 'previous', 'previous'] as const) {
      await vscode.commands.executeCommand(`entityLens.${command}Disagreement`);
      visited.push(at());
    }
    assert.deepEqual(visited, [1, 3, 3, 1, 1]);
  });

  it('turn a source’s decorations off and on again', async () => {
    await open('toggle.txt', 'Ada slept.\n');
    const shown = (): unknown => vscode.workspace.getConfiguration('entityLens.decorations').get('bert');
    await vscode.commands.executeCommand('entityLens.toggleSource', { source: 'bert' });
    assert.equal(shown(), false);
    await vscode.commands.executeCommand('entityLens.toggleSource', { source: 'bert' });
    assert.equal(shown(), true);
  });
});

describe('a hover over a span', () => {
  afterEach(closeAll);

  it('has links that accept and remove, and no other commands', async () => {
    const session = await open('hover.txt', 'Ada slept.\n');
    predict(session, 'bert', 0, 'B-PER O O');
    const [before] = await hoverAt(session, 0, 1);
    assert.ok(before);
    assert.doesNotMatch(before.value, /Remove/);
    assert.deepEqual((before.isTrusted as { enabledCommands: string[] }).enabledCommands, [
      'entityLens.acceptBert',
      'entityLens.acceptT5',
      'entityLens.removeLabel',
      'entityLens.openPanel',
    ]);
    const [, encoded] = /command:entityLens\.acceptBert\?([^ ]+) /.exec(before.value) ?? [];
    const [place] = JSON.parse(decodeURIComponent(encoded ?? '')) as [unknown];
    await vscode.commands.executeCommand('entityLens.acceptBert', place);
    assert.deepEqual(goldOf(session, 0), ['PER:Ada']);
    const [after] = await hoverAt(session, 0, 1);
    assert.match(after?.value ?? '', /Remove/);
    await vscode.commands.executeCommand('entityLens.removeLabel', place);
    assert.deepEqual(goldOf(session, 0), []);
  });

  it('is not there over words that no source marks', async () => {
    const session = await open('nohover.txt', 'Ada slept.\n');
    predict(session, 'bert', 0, 'B-PER O O');
    assert.deepEqual(await hoverAt(session, 0, 6), []);
  });
});

describe('labels beside the text', () => {
  afterEach(closeAll);

  async function hints(session: Session): Promise<readonly string[]> {
    const { document } = session;
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      whole,
    );
    return found.map(
      ({ position: { line, character }, label }) =>
        `${String(line)}:${String(character)} ${typeof label === 'string' ? label : ''}`,
    );
  }

  it('stand behind spans, with a sign where the models disagree', async () => {
    const session = await open('hints.txt', 'Ada Lovelace slept. Paris waited.\n');
    predict(session, 'bert', 0, 'B-PER I-PER O O');
    predict(session, 't5', 0, 'B-PER I-PER O O');
    predict(session, 'bert', 1, 'B-LOC O O');
    predict(session, 't5', 1, 'B-PER O O');
    assert.deepEqual(await hints(session), ['0:12 PER', '0:25 ≠ BERT LOC · T5 PER']);
    const section = vscode.workspace.getConfiguration('entityLens.decorations', session.document.uri);
    await section.update('labelText', false, true);
    assert.deepEqual(await hints(session), []);
    await section.update('labelText', undefined, true);
  });

  it('stand behind the line in columns', async () => {
    const session = await open('hints.iob2', '# text = Ada slept\n1\tAda\tB-PER\t-\tzoe\n2\tslept\tO\t-\t-\n\n');
    predict(session, 'bert', 0, 'B-ORG O');
    assert.deepEqual(await hints(session), ['1:17 ≠ BERT ORG']);
  });
});

describe('decorations', () => {
  afterEach(closeAll);

  it('survive many labels and an editor that is closed while it is drawn', async () => {
    const words = Array.from({ length: 300 }, (_, index) => `w${String(index)}`);
    const lines = words.map((word, index) => `${String(index + 1)}\t${word}\tB-L${String(index)}\t-\t-\n`);
    const session = await open('labels.iob2', `# text = ${words.join(' ')}\n${lines.join('')}\n`);
    predict(session, 'bert', 0, words.map(() => 'O').join(' '));
    await until('the labels', () => session.labels.length === 303);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
});
