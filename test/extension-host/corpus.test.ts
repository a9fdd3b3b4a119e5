import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { decode } from '../../src/core/scheme.ts';
import type { ModelSource } from '../../src/core/span.ts';
import { Corpus } from '../../src/extension/corpus/corpus.ts';
import type { CorpusEntry } from '../../src/extension/corpus/corpusEntry.ts';
import { CorpusTree } from '../../src/extension/corpus/corpusTree.ts';
import type { CorpusNode } from '../../src/extension/corpus/corpusTree.ts';
import type { Session } from '../../src/extension/document/session.ts';
import { MemoryFiles, columns, memory } from './corpusSupport.ts';
import { closeAll, inWorkspace, read, retype, running, setSpan, show, until, write } from './support.ts';

const train = ['Ada B-PER', 'ran O', '', 'Rome B-LOC', 'fell O', ''];
const test = ['Rome B-ORG', 'won O', '', 'Grace _', 'read _', ''];

function predict(session: Session, source: ModelSource, lines: readonly string[]): void {
  const predictions = lines.map((line) => {
    const tags = line.split(' ');
    return { layer: decode(tags, 'repair').layer, tags, probabilities: tags.map(() => 0.9), failures: [] };
  });
  session.setPredictions(source, new Map(predictions.entries()));
}

describe('the corpus view', () => {
  const folder = inWorkspace('corpusView');
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(folder, path);
  let corpus: Corpus;
  let tree: CorpusTree;
  const entry = (path: string): CorpusEntry | undefined => corpus.entries.find((one) => one.path === path);
  const lines = (nodes: readonly CorpusNode[]): readonly string[] =>
    nodes.map((node) => {
      const { label, description } = tree.getTreeItem(node);
      return `${typeof label === 'string' ? label : ''}: ${String(description)}`;
    });
  const child = (nodes: readonly CorpusNode[], name: string): CorpusNode => {
    const found = nodes.find((node) => tree.getTreeItem(node).label === name);
    assert.ok(found, name);
    return found;
  };

  before(async () => {
    await write(at('a.train.iob2'), columns(train, '# reviewed = Grace 2026-11-20\n'));
    await write(at('a.test.iob2'), columns(test));
    await write(at('prose/news.txt'), 'Ada ran. Rome fell.\n');
    await write(at('prose/news.txt.iob2'), columns(['Rome B-LOC', 'fell O', '. O', ''], '# text = Rome fell.\n'));
    await write(at('prose/other.txt'), 'No gold beside it.\n');
    await write(at('node_modules/x.iob2'), columns(train));
    await write(at('deep/skipped/x.conll'), columns(train));
    await write(at('deep/kept/x.conll'), columns(train));
    // What exports and Compare Annotators wrote is no document besides its source.
    await write(at('a.export.iob2'), columns(train));
    await write(at('a.export.iob2.manifest.json'), '{\n  "kind": "entity-lens-export"\n}\n');
    await write(at('split/train.iob2'), columns(train));
    await write(at('split/manifest.json'), '{\n  "kind": "entity-lens-export"\n}\n');
    await write(at('a.train.curated.iob2'), columns(train));
    await vscode.workspace.fs.writeFile(at('broken.bio'), Uint8Array.of(0x41, 0xff, 0xfe));
    const files = vscode.workspace.getConfiguration('files');
    const excluded = { ...files.get<object>('exclude'), '**/skipped': true };
    await files.update('exclude', excluded, vscode.ConfigurationTarget.Workspace);
    corpus = new Corpus(await running(), memory());
    tree = new CorpusTree(corpus);
    await corpus.choose(folder);
    await corpus.refresh();
  });
  after(async () => {
    tree.dispose();
    corpus.dispose();
    await vscode.workspace.getConfiguration('files').update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });
  afterEach(closeAll);

  it('lists column files and texts with gold, folders first, without what is excluded or of other tools', () => {
    assert.deepEqual(
      corpus.entries.map(({ path }) => path),
      ['deep/kept/x.conll', 'prose/news.txt', 'a.test.iob2', 'a.train.iob2', 'broken.bio'],
    );
  });

  it('counts sentences, gold, reviews and labels, and says what it cannot read', () => {
    const counts = entry('a.train.iob2')?.counts;
    assert.deepEqual([counts?.sentences, counts?.tokens, counts?.gold, counts?.reviewed], [2, 4, 2, 1]);
    assert.deepEqual(Object.fromEntries(counts?.labels ?? []), { PER: 1, LOC: 1 });
    const prose = entry('prose/news.txt')?.counts;
    assert.deepEqual([prose?.sentences, prose?.gold, prose?.labels.get('LOC')], [2, 1, 1]);
    assert.match(entry('broken.bio')?.problem ?? '', /is no UTF-8 text.*convert it to UTF-8 first/);
  });

  it('is a tree with its sum, the drift of labels, folders and documents', () => {
    const roots = tree.getChildren();
    assert.deepEqual(lines(roots), [
      'Whole corpus: LOC 3 · PER 2 · ORG 1',
      'Label drift: no label drifts',
      'deep: 1 document · 2 sentences · 2 complete',
      'prose: 1 document · 2 sentences · 1 untouched, 1 complete',
      'a.test.iob2: 2 sentences · 1 untouched, 1 complete',
      'a.train.iob2: 2 sentences · 1 complete, 1 reviewed',
      lines(roots).at(-1) ?? '',
    ]);
    assert.match(lines(roots).at(-1) ?? '', /^broken\.bio: cannot be read: /);
    assert.deepEqual(lines(tree.getChildren(child(roots, 'a.train.iob2'))), [
      'Sentences: 2',
      'Tokens: 4',
      'Untouched: 0 (0.0 %)',
      'In progress: 0 (0.0 %)',
      'Complete: 1 (50.0 %)',
      'Reviewed: 1 (50.0 %)',
      'Disagreements: unknown',
      'Spans: 2',
      'LOC: 1 (50.0 %)',
      'PER: 1 (50.0 %)',
    ]);
    const pairs = tree.getChildren(child(roots, 'Label drift'));
    assert.deepEqual(lines(pairs), ['train → test: divergence 1.000 · no label drifts']);
    assert.deepEqual(lines(tree.getChildren(pairs[0])), [
      'ORG: 0.0 % → 100.0 % (+100.0 points, may be chance)',
      'LOC: 50.0 % → 0.0 % (−50.0 points, may be chance)',
      'PER: 50.0 % → 0.0 % (−50.0 points, may be chance)',
    ]);
    const kept = tree.getChildren(child(roots, 'deep'));
    assert.deepEqual(lines(kept), ['kept: 1 document · 2 sentences · 2 complete']);
    const [document] = tree.getChildren(kept[0]);
    assert.ok(document);
    assert.deepEqual(tree.getTreeItem(document).command?.arguments?.map(String), [at('deep/kept/x.conll').toString()]);
  });

  it('follows what is corrected and predicted in an open document, saved or not', async () => {
    const session = await show(at('a.test.iob2'));
    await setSpan(session, 1, 0, 1, 'PER');
    await until('the correction', () => entry('a.test.iob2')?.counts?.gold === 2);
    assert.equal(entry('a.test.iob2')?.counts?.labels.get('PER'), 1);
    assert.equal(await read(at('a.test.iob2')), columns(test));
    predict(session, 'bert', ['B-LOC O', 'B-PER O']);
    await until('the answers of BERT', () => entry('a.test.iob2')?.models?.disagreements === 1);
    assert.deepEqual(entry('a.test.iob2')?.models, { bert: 2, t5: 0, disagreements: 1 });
    tree.refresh();
    const roots = tree.getChildren();
    assert.ok(lines(roots).includes('a.test.iob2: 2 sentences · 2 complete · 1 disagree'));
    assert.ok(lines(tree.getChildren(roots[0])).includes('Disagreements: 1 in 1 document of 5'));
    await closeAll();
    await until('the file as it is on disk', () => entry('a.test.iob2')?.counts?.gold === 1);
  });

  it('takes in an open text as soon as something is known of it', async () => {
    const session = await show(at('prose/other.txt'));
    assert.equal(entry('prose/other.txt'), undefined);
    predict(session, 't5', ['O O O O O']);
    await until('the text', () => entry('prose/other.txt')?.models?.t5 === 1);
  });

  it('follows files that change, come and go', async () => {
    await write(at('a.train.iob2'), columns([...train, ...train]));
    await until('the changed file', () => entry('a.train.iob2')?.counts?.sentences === 4);
    await write(at('new/b.iob'), columns(train));
    await until('the new file', () => entry('new/b.iob')?.counts?.sentences === 2);
    await vscode.workspace.fs.delete(at('new'), { recursive: true });
    await until('that it went', () => entry('new/b.iob') === undefined);
    const { document } = await show(at('a.train.iob2'));
    await retype(document, '1\tAda\tB-PER\t-\t-\n2\tran\tO\t-\t-\n\n1\tRome\tB-LOC\t-\t-\n2\tfell\tO\t-\t-\n\n1', '1');
    await document.save();
    await until('the saved file', () => entry('a.train.iob2')?.counts?.sentences === 2);
  });

  it('can be stopped and gone on with', async () => {
    for (let index = 0; index < 30; index++) await write(at(`many/${String(index)}.iob2`), columns(train).repeat(2000));
    const counting = corpus.refresh();
    await until('some documents', () => (corpus.progress?.done ?? 0) > 3);
    corpus.stop();
    await counting;
    const open = (): number => corpus.entries.filter(({ counts, problem }) => (counts ?? problem) === undefined).length;
    assert.ok(corpus.stopped && open() > 0, String(open()));
    await corpus.refresh();
    assert.equal(open(), 0);
    assert.equal(corpus.stopped, false);
    await vscode.workspace.fs.delete(at('many'), { recursive: true });
    await until('that they went', () => entry('many/7.iob2') === undefined);
  });

  it('is read from a virtual workspace, where files do not lie on disk', async () => {
    const provider = vscode.workspace.registerFileSystemProvider(
      'entity-lens-memory',
      new MemoryFiles({
        '/corpus/a.iob2': columns(train).repeat(3000),
        '/corpus/deep/news.txt': 'Ada ran. Rome fell.\n',
        '/corpus/deep/news.txt.iob2': columns(['Rome B-LOC', 'fell O', '. O', ''], '# text = Rome fell.\n'),
      }),
      { isReadonly: true },
    );
    const virtual = new Corpus(await running(), memory());
    await virtual.choose(vscode.Uri.from({ scheme: 'entity-lens-memory', path: '/corpus' }));
    await virtual.refresh();
    assert.deepEqual(
      virtual.entries.map(({ path, counts, problem }) => [path, counts?.sentences, counts?.gold, problem]),
      [
        ['deep/news.txt', 2, 1, undefined],
        ['a.iob2', 6000, 6000, undefined],
      ],
    );
    virtual.dispose();
    provider.dispose();
  });
});
