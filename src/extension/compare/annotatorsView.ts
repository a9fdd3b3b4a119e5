import * as vscode from 'vscode';
import type { Comparison, Conflict } from './comparison.ts';

interface ConflictNode {
  readonly kind: 'conflict';
  readonly conflict: Conflict;
}

type Node =
  | { readonly kind: 'group'; readonly name: string; readonly open: boolean; readonly children: readonly Node[] }
  | { readonly kind: 'line'; readonly label: string; readonly description: string }
  | ConflictNode;

const REFRESH_MS = 150;

/** The tree view *Annotators*: how far two annotators agree, and what they differ in. */
export class AnnotatorsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Node>;
  #comparison: Comparison | undefined;
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#view = vscode.window.createTreeView<Node>('entityLensAnnotators', { treeDataProvider: this });
  }

  get comparison(): Comparison | undefined {
    return this.#comparison;
  }

  /** Shows another comparison, or none. */
  show(comparison: Comparison | undefined): void {
    this.#comparison = comparison;
    this.#watching?.dispose();
    this.#watching = comparison?.session.onDidChange(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#draw();
      }, REFRESH_MS);
    });
    void vscode.commands.executeCommand('setContext', 'entityLens.comparing', comparison !== undefined);
    this.#draw();
  }

  getChildren(node?: Node): Node[] {
    if (node !== undefined) return node.kind === 'group' ? [...node.children] : [];
    const comparison = this.#comparison;
    if (comparison === undefined) return [];
    const conflicts = comparison.conflicts().map((conflict): ConflictNode => ({ kind: 'conflict', conflict }));
    const group = (name: string, open: boolean, children: readonly Node[]): Node[] =>
      children.length === 0 ? [] : [{ kind: 'group', name, open, children }];
    return [
      ...group('Agreement', true, agreementLines(comparison)),
      ...group(
        'To decide',
        true,
        conflicts.filter(({ conflict }) => !conflict.decided),
      ),
      ...group(
        'Decided',
        false,
        conflicts.filter(({ conflict }) => conflict.decided),
      ),
      ...group('Not comparable', false, mismatchLines(comparison)),
    ];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'conflict') return this.#conflictItem(node);
    if (node.kind === 'line') {
      const item = new vscode.TreeItem(node.label);
      item.description = node.description;
      return item;
    }
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(node.name, node.open ? Expanded : Collapsed);
    item.id = node.name;
    if (node.name !== 'Agreement') item.description = String(node.children.length);
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #draw(): void {
    const comparison = this.#comparison;
    const left = comparison?.conflicts().filter(({ decided }) => !decided).length ?? 0;
    this.#view.description = comparison === undefined ? '' : `${comparison.names.a} and ${comparison.names.b}`;
    this.#view.badge = left === 0 ? undefined : { value: left, tooltip: `${String(left)} conflicts to decide` };
    this.#changed.fire(undefined);
  }

  #conflictItem(node: ConflictNode): vscode.TreeItem {
    const { conflict } = node;
    const { text } = conflict.pair.sentence;
    const said = this.#comparison?.said(conflict) ?? '';
    const item = new vscode.TreeItem(text);
    item.description = said;
    item.tooltip = `${text}\n${said}`;
    item.accessibilityInformation = { label: `${conflict.decided ? 'decided, ' : ''}${said}: ${text}` };
    item.iconPath = new vscode.ThemeIcon(conflict.decided ? 'check' : 'git-compare');
    item.contextValue = 'conflict';
    item.command = { command: 'entityLens.goToConflict', title: 'Go to Sentence', arguments: [node] };
    return item;
  }
}

/** The conflict that a command of the tree is for. */
export function conflictOf(argument: unknown): Conflict | undefined {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return undefined;
  return argument.kind === 'conflict' ? (argument as ConflictNode).conflict : undefined;
}

function figure(value: number | null): string {
  return value === null ? 'undefined (0/0)' : value.toFixed(3);
}

function agreementLines({ agreement, names }: Comparison): readonly Node[] {
  const line = (label: string, description: string): Node => ({ kind: 'line', label, description });
  return [
    line('Sentences', `${String(agreement.sentences)} that both annotated, ${String(agreement.tokens)} tokens`),
    line('Kappa, all tokens', `${figure(agreement.kappa)}; Cohen's, inflated by O`),
    line('Kappa, entity tokens', `${figure(agreement.kappaInside)}; Cohen's, tokens that either tags other than O`),
    line('Span F1', figure(agreement.spanF1)),
    ...agreement.labels.map(({ label, f1, a, b }) =>
      line(label, `span F1 ${figure(f1)}; ${names.a} ${String(a)}, ${names.b} ${String(b)}`),
    ),
  ];
}

function mismatchLines({ mismatches, names }: Comparison): readonly Node[] {
  return mismatches.map(({ file, line, reason, text }) => ({
    kind: 'line',
    label: text,
    description: `${names[file]}, line ${String(line)}: ${reason === 'missing' ? 'only there' : 'other words'}`,
  }));
}
