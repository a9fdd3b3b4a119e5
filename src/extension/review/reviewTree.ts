import * as vscode from 'vscode';
import { excerpt } from '../../core/excerpt.ts';
import { REVIEW_GROUPS } from '../../core/reviewEntries.ts';
import type { ReviewGroup } from '../../core/reviewEntries.ts';
import { groupNames, whyReview } from '../../core/reviewWords.ts';
import { workState, workStateNames } from '../../core/workState.ts';
import type { WorkState } from '../../core/workState.ts';
import { sentenceState } from '../../core/sentenceState.ts';
import type { Session, SessionSentence } from '../document/session.ts';
import type { CommandPlace } from '../decisions/targets.ts';
import type { QueuedSentence, ReviewQueue } from './reviewQueue.ts';
import { reasonText } from './reviewText.ts';

/** A sentence in the tree; it is also the place that commands of its menu are for. */
export interface SentenceNode extends CommandPlace {
  readonly kind: 'sentence';
  readonly entry: QueuedSentence;
}

/** One object a group as long as the tree lives, so that VS Code can be told which of them changed. */
interface GroupNode {
  readonly kind: 'group';
  readonly group: ReviewGroup;
  entries: readonly QueuedSentence[];
}

/** Stands for the sentences of a group from a place on, which are listed when it is opened. */
interface RestNode {
  readonly kind: 'rest';
  readonly group: ReviewGroup;
  readonly entries: readonly QueuedSentence[];
  readonly from: number;
}

/** A line of the tree. */
export type ReviewNode = GroupNode | SentenceNode | RestNode;

/** Sentences listed at once: whoever draws a longer list anew at each change keeps everybody else waiting. */
const MOST_LISTED = 100;

const icons: Readonly<Record<ReviewGroup, string>> = {
  modelsAgainstGold: 'warning',
  otherLabel: 'symbol-enum',
  otherBorders: 'symbol-ruler',
  oneSided: 'question',
  unsure: 'pulse',
  inconsistent: 'references',
  inProgress: 'edit',
  illegal: 'error',
};

/** The queue of the active document as a tree: groups, and in them sentences with why they are there. */
export class ReviewTree implements vscode.TreeDataProvider<ReviewNode>, vscode.Disposable {
  readonly #queue: ReviewQueue;
  readonly #changed = new vscode.EventEmitter<ReviewNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #groups: readonly GroupNode[] = REVIEW_GROUPS.map((group) => ({ kind: 'group', group, entries: [] }));
  /** What was drawn last: of which session, and the sentences of each group with their objects. */
  #drawn: { readonly session: Session; readonly groups: ReadonlyMap<ReviewGroup, readonly Drawn[]> } | undefined;

  constructor(queue: ReviewQueue) {
    this.#queue = queue;
  }

  getChildren(node?: ReviewNode): ReviewNode[] {
    const { session } = this.#queue;
    if (session === undefined) return [];
    if (node === undefined) return this.#update(session);
    if (node.kind === 'sentence') return [];
    const from = node.kind === 'rest' ? node.from : 0;
    const end = from + MOST_LISTED;
    const shown: ReviewNode[] = node.entries.slice(from, end).map((entry) => sentenceNode(this.#queue, entry));
    return end >= node.entries.length ? shown : [...shown, restNode(node, end)];
  }

  getParent(node: ReviewNode): ReviewNode | undefined {
    const { session } = this.#queue;
    if (node.kind === 'group' || session === undefined) return undefined;
    const { group: name, key } = node.kind === 'rest' ? { ...node, key: undefined } : node.entry;
    const group = this.#update(session).find((one) => one.group === name);
    if (group === undefined) return undefined;
    const place = node.kind === 'rest' ? node.from - 1 : group.entries.findIndex((entry) => entry.key === key);
    const from = place - (place % MOST_LISTED);
    return from <= 0 ? group : restNode(group, from);
  }

  getTreeItem(node: ReviewNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node);
      case 'rest':
        return restItem(node);
      case 'sentence':
        return sentenceItem(node);
    }
  }

  /** Adds what is read only when the mouse rests on a line. */
  resolveTreeItem(item: vscode.TreeItem, node: ReviewNode): vscode.TreeItem {
    if (node.kind === 'sentence') item.tooltip = tooltipOf(node.entry, this.#queue.indexOf(node.entry));
    return item;
  }

  /** Has those parts of the tree drawn anew that changed. */
  refresh(): void {
    const { session } = this.#queue;
    const before = this.#drawn;
    const shown = session === undefined ? [] : this.#update(session);
    const groups = new Map(shown.map(({ group, entries }) => [group, drawnOf(entries)]));
    this.#drawn = session && { session, groups };
    const same = before !== undefined && before.session === session && before.groups.size === groups.size;
    if (!same || shown.some(({ group }) => !before.groups.has(group))) this.#changed.fire(undefined);
    else
      for (const node of shown)
        if (!sameDrawn(before.groups.get(node.group) ?? [], groups.get(node.group) ?? [])) this.#changed.fire(node);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** The groups that have sentences now. */
  #update(session: Session): GroupNode[] {
    const entries = this.#queue.entries(session);
    for (const node of this.#groups) node.entries = entries.filter(({ group }) => group === node.group);
    return this.#groups.filter((node) => node.entries.length > 0);
  }
}

/** A line as it was drawn: the same objects give the same line. */
interface Drawn {
  readonly key: string;
  readonly sentence: SessionSentence | undefined;
  readonly items: QueuedSentence['items'];
}

function drawnOf(entries: readonly QueuedSentence[]): readonly Drawn[] {
  return entries.map(({ key, session, sentence, items }) => ({ key, sentence: session.sentences[sentence], items }));
}

function sameDrawn(a: readonly Drawn[], b: readonly Drawn[]): boolean {
  return (
    a.length === b.length &&
    a.every((line, index) => {
      const other = b[index];
      if (other === undefined || line.key !== other.key || line.sentence !== other.sentence) return false;
      return line.items.length === other.items.length && line.items.every((item, place) => item === other.items[place]);
    })
  );
}

/** The line of a sentence. Its place is looked up when a command wants it, since lines that did not change are not drawn again. */
export function sentenceNode(queue: ReviewQueue, entry: QueuedSentence): SentenceNode {
  const { session, items } = entry;
  const start = (): vscode.Position => session.rangeOf(queue.indexOf(entry), items[0].first, items[0].end).start;
  return {
    kind: 'sentence',
    entry,
    uri: session.document.uri.toString(),
    get line() {
      return start().line;
    },
    get character() {
      return start().character;
    },
  };
}

function groupItem({ group, entries }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(groupNames[group], vscode.TreeItemCollapsibleState.Expanded);
  item.id = group;
  item.description = String(entries.length);
  item.iconPath = new vscode.ThemeIcon(icons[group]);
  return item;
}

const stateIcons: Readonly<Record<WorkState, string>> = {
  untouched: 'circle-outline',
  inProgress: 'circle-large-outline',
  complete: 'circle-filled',
  reviewed: 'pass-filled',
};

function sentenceItem(node: SentenceNode): vscode.TreeItem {
  const { session, sentence: index, items, key } = node.entry;
  const sentence = session.sentences[index];
  const { text, highlight } =
    sentence === undefined ? { text: '', highlight: [0, 0] as const } : excerpt(sentence, items[0]);
  const { note } = sentenceState(sentence?.comments ?? []);
  const item = new vscode.TreeItem({ label: text, highlights: [[...highlight]] });
  const state = sentence === undefined ? 'untouched' : workState(sentence);
  const reason = reasonText(node.entry);
  item.id = `${node.uri}#${key}`;
  item.description = note === undefined ? reason : `${reason} · note: ${note}`;
  item.accessibilityInformation = { label: `${item.description}: ${text}` };
  item.iconPath = new vscode.ThemeIcon(note !== undefined ? 'note' : stateIcons[state]);
  item.contextValue = 'sentence';
  item.command = { command: 'entityLens.goToQueued', title: 'Go to Sentence', arguments: [node] };
  return item;
}

function tooltipOf({ session, items }: QueuedSentence, index: number): string {
  const sentence = session.sentences[index];
  if (sentence === undefined) return '';
  const { note, reviewed } = sentenceState(sentence.comments);
  const state = workState(sentence);
  return [
    sentence.text,
    ...items.map(whyReview),
    state === 'reviewed' ? `reviewed: ${reviewed ?? ''}` : workStateNames[state],
    ...(note === undefined ? [] : [`Note: ${note}`]),
  ].join('\n');
}

function restNode({ group, entries }: Pick<GroupNode, 'group' | 'entries'>, from: number): RestNode {
  return { kind: 'rest', group, entries, from };
}

function restItem({ group, entries, from }: RestNode): vscode.TreeItem {
  const count = String(entries.length - from);
  const item = new vscode.TreeItem(`${count} more`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${group} from ${String(from)}`;
  return item;
}
