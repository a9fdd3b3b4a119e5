import * as vscode from 'vscode';
import type { CorpusSearch, PlacedHit, SearchGroup } from './corpusSearch.ts';
import { groupText, labelsText } from './searchText.ts';

interface GroupNode {
  readonly kind: 'group';
  readonly group: SearchGroup;
}

/** A place in the results. */
export interface HitNode {
  readonly kind: 'hit';
  readonly group: SearchGroup;
  readonly hit: PlacedHit;
}

/** Stands for the places of a group that are only counted. */
interface RestNode {
  readonly kind: 'rest';
  readonly group: SearchGroup;
}

/** A line of the results. */
export type SearchNode = GroupNode | HitNode | RestNode;

/** Groups that are open from the start; a long list is easier to read closed. */
const OPEN_GROUPS = 50;

/** The results of the search as a tree: documents, or strings with several labels, and in them their places. */
export class SearchTree implements vscode.TreeDataProvider<SearchNode>, vscode.Disposable {
  readonly #search: CorpusSearch;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** The same place is the same node, so that the tree can be told to show it. */
  readonly #nodes = new WeakMap<PlacedHit, HitNode>();
  #few = true;

  constructor(search: CorpusSearch) {
    this.#search = search;
  }

  getChildren(node?: SearchNode): SearchNode[] {
    if (node === undefined) {
      const groups = this.#search.groups.filter(({ found }) => found > 0);
      this.#few = groups.length <= OPEN_GROUPS;
      return groups.map((group) => ({ kind: 'group', group }));
    }
    if (node.kind !== 'group') return [];
    const { group } = node;
    const hits: SearchNode[] = group.hits.map((hit) => this.nodeOf(group, hit));
    return group.hits.length < group.found ? [...hits, { kind: 'rest', group }] : hits;
  }

  getParent(node: SearchNode): SearchNode | undefined {
    return node.kind === 'group' ? undefined : { kind: 'group', group: node.group };
  }

  getTreeItem(node: SearchNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node.group, this.#few);
      case 'hit':
        return hitItem(node);
      case 'rest': {
        const rest = node.group.found - node.group.hits.length;
        const item = new vscode.TreeItem(`${String(rest)} more; narrow the search to see them`);
        item.id = `${node.group.title} rest`;
        return item;
      }
    }
  }

  /** The line of a place. */
  nodeOf(group: SearchGroup, hit: PlacedHit): HitNode {
    let node = this.#nodes.get(hit);
    if (node?.group !== group) this.#nodes.set(hit, (node = { kind: 'hit', group, hit }));
    return node;
  }

  /** Has the tree drawn anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function groupItem(group: SearchGroup, open: boolean): vscode.TreeItem {
  const { title, uri } = group;
  const state = vscode.TreeItemCollapsibleState[open ? 'Expanded' : 'Collapsed'];
  const slash = uri === undefined ? -1 : title.lastIndexOf('/');
  const item = new vscode.TreeItem(title.slice(slash + 1), state);
  const folder = slash < 0 ? '' : `${title.slice(0, slash)} · `;
  item.id = title;
  item.description = folder + groupText(group);
  item.tooltip = title;
  item.accessibilityInformation = { label: `${title}: ${groupText(group)}` };
  if (uri === undefined) item.iconPath = new vscode.ThemeIcon('references');
  else {
    item.resourceUri = uri;
    item.iconPath = vscode.ThemeIcon.File;
  }
  return item;
}

function hitItem(node: HitNode): vscode.TreeItem {
  const { hit, group } = node;
  // Under a string with several labels, its label here is what a narrow view has to show.
  const label = group.labels === undefined ? '' : `${hit.labels.gold?.join(' ') ?? ''}: `;
  const [start, end] = hit.highlight;
  const highlights: [number, number][] = [[start + label.length, end + label.length]];
  const item = new vscode.TreeItem({ label: label + hit.text, highlights });
  const said = labelsText(hit);
  const where = group.uri === undefined ? ` · ${hit.path}` : '';
  item.id = `${group.title} ${hit.path} ${String(hit.sentence)} ${String(hit.first)} ${String(hit.end)}`;
  item.description = group.labels === undefined ? said : hit.path;
  item.tooltip = `${hit.text}\n${said}\n${hit.path}, sentence ${String(hit.sentence + 1)}`;
  item.accessibilityInformation = {
    label: `${hit.text.slice(...hit.highlight)}: ${said}${where}, sentence ${String(hit.sentence + 1)}: ${hit.text}`,
  };
  item.contextValue = 'searchHit';
  item.command = { command: 'entityLens.openSearchResult', title: 'Go to Place', arguments: [node] };
  return item;
}
