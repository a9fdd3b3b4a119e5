import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { parseQuery } from '../../src/core/search/parseQuery.ts';
import { Corpus } from '../../src/extension/corpus/corpus.ts';
import { CorpusSearch } from '../../src/extension/search/corpusSearch.ts';
import type { SearchRequest } from '../../src/extension/search/corpusSearch.ts';
import { stateText } from '../../src/extension/search/searchText.ts';
import { SearchTree } from '../../src/extension/search/searchTree.ts';
import { columns, memory } from './corpusSupport.ts';
import { closeAll, inWorkspace, retype, running, setSpan, show, write } from './support.ts';

function query(typed: string): SearchRequest {
  const parsed = parseQuery(typed);
  assert.ok(parsed.ok, typed);
  return { kind: 'query', typed, matchCase: false, query: parsed.value };
}

async function run(name: string, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(`entityLens.${name}`, argument);
}

function selected(): readonly [file: string | undefined, text: string | undefined] {
  const editor = vscode.window.activeTextEditor;
  return [editor?.document.uri.path.split('/').at(-1), editor?.document.getText(editor.selection)];
}

function selectedLine(): number | undefined {
  return vscode.window.activeTextEditor?.selection.start.line;
}

describe('search over the corpus', () => {
  const folder = inWorkspace('corpusSearch');
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(folder, path);
  let corpus: Corpus;
  let search: CorpusSearch;
  let tree: SearchTree;
  const shown = (): readonly (readonly [string, readonly string[]])[] =>
    tree.getChildren().map((group) => {
      const item = tree.getTreeItem(group);
      const places = tree.getChildren(group).map((node) => {
        const { label, description } = tree.getTreeItem(node);
        if (typeof label !== 'object') return String(label);
        const [from = 0, to = 0] = label.highlights?.[0] ?? [];
        return `${label.label.slice(0, from)}[${label.label.slice(from, to)}]${label.label.slice(to)} · ${String(description)}`;
      });
      return [`${typeof item.label === 'string' ? item.label : ''}: ${String(item.description)}`, places];
    });
  const told = (): string => (search.state === undefined ? '' : stateText(search.state, search.groups));

  before(async () => {
    await write(at('a.iob2'), columns(['New B-LOC', 'York I-LOC', 'fell O', '', 'Rome B-ORG', 'won O', '']));
    await write(
      at('b.iob2'),
      columns(['in O', 'new O', 'york O', '', 'Rome B-LOC', 'fell O', '', 'Ada _', 'ran _', '']),
    );
    await write(at('sub/news.txt'), 'Ada ran. Then Rome fell.\n');
    await write(
      at('sub/news.txt.iob2'),
      columns(['Then O', 'Rome B-LOC', 'fell O', '. O', ''], '# text = Then Rome fell.\n'),
    );
    const services = await running();
    corpus = new Corpus(services, memory());
    await corpus.choose(folder);
    search = new CorpusSearch(services, corpus);
    tree = new SearchTree(search);
  });
  after(async () => {
    for (const disposable of [tree, search, corpus]) disposable.dispose();
    await run('clearSearch');
    await run('useWorkspaceAsCorpus');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });
  afterEach(closeAll);

  it('groups places by document, with what is around them and what gold says', async () => {
    await search.run(query('new york'));
    assert.deepEqual(shown(), [
      ['a.iob2: 1', ['[New York] fell · Gold LOC']],
      ['b.iob2: 1', ['in [new york] · Gold no entity']],
    ]);
    assert.equal(told(), '2 places in 2 documents');
    await search.run(query('/^R/ gold:LOC'));
    assert.deepEqual(shown(), [
      ['news.txt: sub · 1', ['Then [Rome] fell. · Gold LOC']],
      ['b.iob2: 1', ['[Rome] fell · Gold LOC']],
    ]);
  });

  it('searches a part of the corpus', async () => {
    await search.run(query('rome'), 'sub/');
    assert.deepEqual(
      shown().map(([title]) => title),
      ['news.txt: sub · 1'],
    );
  });

  it('says of how many sentences a model was not asked, and knows what it said where it was', async () => {
    await search.run(query('rome bert:ORG'));
    assert.equal(
      told(),
      '0 places in 0 documents · 3 sentences not judged: BERT was not asked about them in this session',
    );
    const session = await show(at('b.iob2'));
    const tags = ['B-ORG', 'O'];
    const { layer } = { layer: [{ first: 0, end: 1, label: 'ORG' }] };
    session.setPredictions('bert', new Map([[1, { layer, tags, probabilities: [0.9, 0.9], failures: [] }]]));
    await search.run(query('rome bert:ORG gold:LOC'));
    assert.deepEqual(shown(), [['b.iob2: 1', ['[Rome] fell · Gold LOC · BERT ORG']]]);
    assert.match(told(), /1 sentence not judged: BERT was not asked/);
  });

  it('finds what is in an editor, saved or not', async () => {
    const session = await show(at('b.iob2'));
    await setSpan(session, 2, 0, 1, 'PER');
    await search.run(query('label:PER'));
    assert.deepEqual(shown(), [['b.iob2: 1', ['[Ada] ran · Gold PER']]]);
  });

  it('lists strings with several labels', async () => {
    await search.run({ kind: 'inconsistent' });
    assert.deepEqual(shown(), [
      [
        'Rome: LOC 2, ORG 1',
        ['LOC: Then [Rome] fell. · sub/news.txt', 'ORG: [Rome] won · a.iob2', 'LOC: [Rome] fell · b.iob2'],
      ],
    ]);
    assert.equal(told(), '1 string with several labels, at 3 places');
  });

  it('lists no more than 10,000 places and counts all; can be ended', async () => {
    await write(at('many.iob2'), columns(['Ada B-PER', 'ran O', '']).repeat(12_000));
    await search.run(query('label:PER'));
    assert.equal(search.state?.found, 12_000);
    assert.match(told(), /^12,000 places in 1 document · 10,000 listed: narrow the search/);
    assert.equal(shown()[0]?.[1].at(-1), '2000 more; narrow the search to see them');
    const running = search.run(query('ada'));
    search.stop();
    await running;
    assert.match(told(), /stopped after/);
    await vscode.workspace.fs.delete(at('many.iob2'));
  });

  it('takes a pattern on which others would never end', async () => {
    await write(at('long.iob2'), columns([`${'a'.repeat(60)}b O`, '']));
    await search.run(query('/^(?:a+)+$/'));
    assert.equal(search.state?.found, 0);
    assert.equal(search.state.running, false);
    await vscode.workspace.fs.delete(at('long.iob2'));
  });

  it('goes from place to place by command, with the words selected, also where the document changed', async () => {
    await run('chooseCorpusFolder', folder);
    await run('searchCorpus', { query: 'rome' });
    await run('nextSearchResult');
    assert.deepEqual(selected(), ['news.txt', 'Rome']);
    await run('nextSearchResult');
    assert.deepEqual(selected(), ['a.iob2', 'Rome']);
    assert.equal(selectedLine(), 4);
    await run('nextSearchResult');
    await run('nextSearchResult');
    assert.deepEqual(selected(), ['news.txt', 'Rome']);
    await run('previousSearchResult');
    assert.deepEqual(selected(), ['b.iob2', 'Rome']);
    const { document } = await show(at('a.iob2'));
    await retype(document, '1\tNew', '1\tIt\tO\t-\t-\n2\trained\tO\t-\t-\n\n1\tNew');
    await run('previousSearchResult');
    assert.deepEqual(selected(), ['a.iob2', 'Rome']);
    assert.equal(selectedLine(), 7);
  });

  it('selects a span over its tokens in columns', async () => {
    await run('searchCorpus', { query: 'new york label:LOC' });
    await run('nextSearchResult');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { start, end } = editor.selection;
    assert.deepEqual([start.line, end.line, end.character], [0, 1, 6]);
  });
});
