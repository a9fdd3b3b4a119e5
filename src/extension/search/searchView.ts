import * as vscode from 'vscode';
import { ViewProgress } from '../base/viewProgress.ts';
import type { CorpusSearch, PlacedHit, SearchGroup } from './corpusSearch.ts';
import { goToHit } from './goToHit.ts';
import { requestText, stateText } from './searchText.ts';
import { SearchTree } from './searchTree.ts';
import type { HitNode, SearchNode } from './searchTree.ts';
import type { Services } from '../prediction/services.ts';

/** The tree view *Corpus Search*, there as long as there are results to show. */
export class SearchView implements vscode.Disposable {
  readonly #services: Pick<Services, 'sessions'>;
  readonly #search: CorpusSearch;
  readonly #tree: SearchTree;
  readonly #view: vscode.TreeView<SearchNode>;
  readonly #progress = new ViewProgress('entityLensSearch');
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #last: PlacedHit | undefined;

  constructor(services: Pick<Services, 'sessions'>, search: CorpusSearch) {
    this.#services = services;
    this.#search = search;
    this.#tree = new SearchTree(search);
    this.#view = vscode.window.createTreeView<SearchNode>('entityLensSearch', {
      treeDataProvider: this.#tree,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      this.#tree,
      this.#view,
      this.#progress,
      search.onDidChange(() => {
        this.#show();
      }),
      this.#view.onDidChangeVisibility(() => {
        this.#show();
      }),
    ];
    this.#show();
  }

  /** Goes to a place that was found. */
  async open({ hit }: Pick<HitNode, 'hit'>): Promise<void> {
    this.#last = hit;
    await goToHit(this.#services, hit);
  }

  /** Goes to the place after (1) or before (-1) the last one, over the borders of documents and from the end to the start. */
  async step(by: 1 | -1): Promise<void> {
    const all = this.#search.groups.flatMap((group) => group.hits.map((hit) => ({ group, hit })));
    if (all.length === 0) {
      vscode.window.setStatusBarMessage('There are no search results to go to.', 4000);
      return;
    }
    const at = all.findIndex(({ hit }) => hit === this.#last);
    const next = all[at < 0 ? (by === 1 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
    if (next === undefined) return;
    await this.open(next);
    await this.#reveal(next.group, next.hit);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #reveal(group: SearchGroup, hit: PlacedHit): Promise<void> {
    if (!this.#view.visible) return;
    try {
      await this.#view.reveal(this.#tree.nodeOf(group, hit), { select: true, focus: false });
    } catch {
      // The tree was drawn anew meanwhile, without this place.
    }
  }

  #show(): void {
    const { state, groups } = this.#search;
    void vscode.commands.executeCommand('setContext', 'entityLens.searchShown', state !== undefined);
    void vscode.commands.executeCommand('setContext', 'entityLens.searching', state?.running === true);
    if (!this.#view.visible) return;
    this.#progress.show(state?.running === true);
    this.#view.description = state === undefined ? '' : requestText(state.request, state.scope);
    this.#view.message = state === undefined ? '' : stateText(state, groups);
    this.#tree.refresh();
  }
}
