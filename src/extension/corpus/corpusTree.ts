import * as vscode from 'vscode';
import type { Drift } from '../../core/labelDrift.ts';
import type { Corpus } from './corpus.ts';
import type { CorpusEntry } from './corpusEntry.ts';
import {
  driftExplained,
  driftText,
  driftsOf,
  entryDetails,
  entryText,
  factsOf,
  folderText,
  labelsText,
  shareText,
  things,
} from './corpusText.ts';
import type { CorpusDrift, Fact } from './corpusText.ts';

/** A line of the tree. Documents and folders carry their address, which commands of their menus take. */
export type CorpusNode =
  | { readonly kind: 'summary' }
  | { readonly kind: 'drifts'; readonly drifts: readonly CorpusDrift[] }
  | { readonly kind: 'corpusDrift'; readonly drift: CorpusDrift }
  | { readonly kind: 'drift'; readonly corpus: string; readonly drift: Drift }
  | { readonly kind: 'fact'; readonly of: string; readonly fact: Fact; readonly icon?: string }
  | FolderNode
  | DocumentNode;

/** A folder of the corpus; `path` ends with a slash. */
export interface FolderNode {
  readonly kind: 'folder';
  readonly path: string;
}

/** A document of the corpus. */
export interface DocumentNode {
  readonly kind: 'document';
  readonly entry: CorpusEntry;
  readonly uri: string;
}

interface FolderContent {
  readonly folders: Set<string>;
  readonly own: CorpusEntry[];
  /** All documents in it and below. */
  readonly all: CorpusEntry[];
}

/** The corpus as a tree: its sum, the drift of its labels, then folders and documents. */
export class CorpusTree implements vscode.TreeDataProvider<CorpusNode>, vscode.Disposable {
  readonly #corpus: Corpus;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #folders: ReadonlyMap<string, FolderContent> = new Map();

  constructor(corpus: Corpus) {
    this.#corpus = corpus;
  }

  getChildren(node?: CorpusNode): CorpusNode[] {
    if (node === undefined) return this.#roots();
    switch (node.kind) {
      case 'summary':
        return factsOf(this.#corpus.entries).map((fact) => ({ kind: 'fact', of: 'summary', fact }));
      case 'drifts':
        return node.drifts.length === 1
          ? node.drifts.flatMap(pairNodes)
          : node.drifts.map((drift) => ({ kind: 'corpusDrift', drift }));
      case 'corpusDrift':
        return pairNodes(node.drift);
      case 'drift':
        return node.drift.labels.map((share) => ({
          kind: 'fact',
          of: `${node.corpus} ${node.drift.from} ${node.drift.to}`,
          fact: { label: share.label, value: shareText(share), explained: driftExplained },
          ...(share.drifts ? { icon: 'warning' } : {}),
        }));
      case 'folder':
        return this.#inFolder(node.path);
      case 'document':
        return factsOf([node.entry]).map((fact) => ({ kind: 'fact', of: node.uri, fact }));
      case 'fact':
        return [];
    }
  }

  getTreeItem(node: CorpusNode): vscode.TreeItem {
    switch (node.kind) {
      case 'summary': {
        const text = labelsText(this.#corpus.entries);
        return line('Whole corpus', text, 'summary', 'library', vscode.TreeItemCollapsibleState.Collapsed);
      }
      case 'drifts':
        return driftsItem(node.drifts);
      case 'corpusDrift': {
        const { corpus, drifts } = node.drift;
        const name = corpus === '' ? 'Corpus' : corpus;
        return line(name, driftingText(drifts), `drift ${corpus}`, 'graph', vscode.TreeItemCollapsibleState.Collapsed);
      }
      case 'drift': {
        const { from, to } = node.drift;
        const id = `drift ${node.corpus} ${from} ${to}`;
        const item = line(
          `${from} → ${to}`,
          driftText(node.drift),
          id,
          'arrow-right',
          vscode.TreeItemCollapsibleState.Collapsed,
        );
        item.tooltip = driftExplained;
        return item;
      }
      case 'fact':
        return factItem(node.of, node.fact, node.icon);
      case 'folder':
        return this.#folderItem(node);
      case 'document':
        return documentItem(node);
    }
  }

  /** Has the tree drawn anew. */
  refresh(): void {
    this.#folders = new Map();
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #roots(): CorpusNode[] {
    const { entries } = this.#corpus;
    if (entries.length === 0) return [];
    const drifts = driftsOf(entries);
    this.#folders = contentsOf(entries);
    return [
      { kind: 'summary' },
      ...(drifts.length === 0 ? [] : [{ kind: 'drifts', drifts } as const]),
      ...this.#inFolder(''),
    ];
  }

  #inFolder(path: string): CorpusNode[] {
    if (this.#folders.size === 0) this.#folders = contentsOf(this.#corpus.entries);
    const content = this.#folders.get(path);
    if (content === undefined) return [];
    return [
      ...[...content.folders].map((folder) => ({ kind: 'folder', path: folder }) as const),
      ...content.own.map((entry) => ({ kind: 'document', entry, uri: entry.uri.toString() }) as const),
    ];
  }

  #folderItem({ path }: FolderNode): vscode.TreeItem {
    const name = path.slice(path.lastIndexOf('/', path.length - 2) + 1, -1);
    const text = folderText(this.#folders.get(path)?.all ?? []);
    const item = line(name, text, `folder ${path}`, 'folder', vscode.TreeItemCollapsibleState.Expanded);
    item.contextValue = 'corpusFolder';
    return item;
  }
}

/** What lies in each folder, by its path with a slash at its end; '' is the corpus itself. */
function contentsOf(entries: readonly CorpusEntry[]): ReadonlyMap<string, FolderContent> {
  const contents = new Map<string, FolderContent>();
  const at = (path: string): FolderContent => {
    const known = contents.get(path);
    if (known !== undefined) return known;
    const fresh: FolderContent = { folders: new Set(), own: [], all: [] };
    contents.set(path, fresh);
    return fresh;
  };
  for (const entry of entries) {
    const { path } = entry;
    let parent = at('');
    parent.all.push(entry);
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash + 1);
      parent.folders.add(folder);
      parent = at(folder);
      parent.all.push(entry);
    }
    parent.own.push(entry);
  }
  return contents;
}

function pairNodes({ corpus, drifts }: CorpusDrift): CorpusNode[] {
  return drifts.map((drift) => ({ kind: 'drift', corpus, drift }));
}

function line(
  label: string,
  description: string,
  id: string,
  icon: string | undefined,
  state = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.description = description;
  item.id = id;
  item.accessibilityInformation = { label: `${label}: ${description}` };
  if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function driftingText(drifts: readonly Drift[]): string {
  const labels = new Set(
    drifts.flatMap((drift) => drift.labels.filter(({ drifts: so }) => so).map(({ label }) => label)),
  );
  return labels.size === 0
    ? 'no label drifts'
    : `${[...labels].sort().join(', ')} ${labels.size === 1 ? 'drifts' : 'drift'}`;
}

function driftsItem(drifts: readonly CorpusDrift[]): vscode.TreeItem {
  const [only] = drifts;
  const text =
    drifts.length === 1 && only !== undefined
      ? driftingText(only.drifts)
      : `between the parts of ${things(drifts.length, 'corpus', 'corpora')}`;
  const item = line('Label drift', text, 'drifts', 'graph', vscode.TreeItemCollapsibleState.Collapsed);
  item.tooltip = driftExplained;
  return item;
}

function factItem(of: string, { label, value, explained }: Fact, icon: string | undefined): vscode.TreeItem {
  const item = line(label, value, `${of} # ${label}`, icon);
  item.tooltip = `${label}: ${value}${explained === undefined ? '' : `\n${explained}`}`;
  return item;
}

function documentItem({ entry, uri }: DocumentNode): vscode.TreeItem {
  const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  const state = vscode.TreeItemCollapsibleState[entry.counts === undefined ? 'None' : 'Collapsed'];
  const item = line(name, entryText(entry), uri, entry.problem === undefined ? 'file' : 'warning', state);
  item.tooltip = entryDetails(entry);
  if (entry.problem === undefined) {
    item.resourceUri = entry.uri;
    item.iconPath = vscode.ThemeIcon.File;
  } else item.description = `cannot be read: ${entry.problem}`;
  item.contextValue = 'corpusDocument';
  item.command = { command: 'vscode.open', title: 'Open Document', arguments: [entry.uri] };
  return item;
}
