import * as vscode from 'vscode';
import { dropToImport } from '../base/dropToImport.ts';
import { settle } from '../base/log.ts';
import type { Corpus } from './corpus.ts';
import { viewText } from './corpusText.ts';
import { CorpusTree } from './corpusTree.ts';
import type { CorpusNode } from './corpusTree.ts';
import { ViewProgress } from '../base/viewProgress.ts';

/** The tree view *Corpus*: counted when it is first seen, followed from then on. */
export class CorpusView implements vscode.Disposable {
  readonly #corpus: Corpus;
  readonly #tree: CorpusTree;
  readonly #view: vscode.TreeView<CorpusNode>;
  readonly #progress = new ViewProgress('entityLensCorpus');
  readonly #subscriptions: readonly { dispose(): unknown }[];

  constructor(corpus: Corpus, log: vscode.LogOutputChannel) {
    this.#corpus = corpus;
    this.#tree = new CorpusTree(corpus);
    this.#view = vscode.window.createTreeView<CorpusNode>('entityLensCorpus', {
      treeDataProvider: this.#tree,
      showCollapseAll: true,
      dragAndDropController: dropToImport(),
    });
    const look = (): void => {
      if (!this.#view.visible) return;
      settle(log, 'Counting the corpus', corpus.ensure());
      this.#show();
    };
    this.#subscriptions = [
      this.#tree,
      this.#view,
      this.#progress,
      this.#view.onDidChangeVisibility(look),
      corpus.onDidChange(() => {
        this.#show();
      }),
    ];
    look();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(): void {
    const { progress, stopped, entries, chosen } = this.#corpus;
    const counting = progress !== undefined;
    void vscode.commands.executeCommand('setContext', 'entityLens.corpusCounting', counting);
    void vscode.commands.executeCommand('setContext', 'entityLens.corpusChosen', chosen !== undefined);
    if (!this.#view.visible) return;
    this.#progress.show(counting);
    this.#view.description = chosen === undefined ? '' : chosen.path.slice(chosen.path.lastIndexOf('/') + 1);
    this.#view.message = viewText(progress, stopped, entries) ?? '';
    this.#tree.refresh();
  }
}
