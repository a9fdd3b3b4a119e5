import * as vscode from 'vscode';
import { excerpt } from '../../core/excerpt.ts';
import { REVIEW_GROUPS } from '../../core/reviewEntries.ts';
import type { ReviewGroup } from '../../core/reviewEntries.ts';
import { groupNames, whyReview } from '../../core/reviewWords.ts';
import { sentenceState } from '../../core/sentenceState.ts';
import type { CommandPlace } from '../targets.ts';
import type { QueuedSentence, ReviewQueue } from './reviewQueue.ts';
import { reasonText } from './reviewText.ts';

/** A sentence in the tree; it is also the place that commands of its menu are for. */
export interface SentenceNode extends CommandPlace {
  readonly kind: 'sentence';
  readonly entry: QueuedSentence;
}

interface GroupNode {
  readonly kind: 'group';
  readonly group: ReviewGroup;
  readonly entries: readonly QueuedSentence[];
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
const MOST_LISTED = 200;

const icons: Readonly<Record<ReviewGroup, string>> = {
  modelsAgainstGold: 'warning',
  otherLabel: 'symbol-enum',
  otherBorders: 'symbol-ruler',
  oneSided: 'question',
  unsure: 'pulse',
  inconsistent: 'references',
  illegal: 'error',
};

/** The queue of the active document as a tree: groups, and in them sentences with why they are there. */
export class ReviewTree implements vscode.TreeDataProvider<ReviewNode>, vscode.Disposable {
  readonly #queue: ReviewQueue;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(queue: ReviewQueue) {
    this.#queue = queue;
  }

  getChildren(node?: ReviewNode): ReviewNode[] {
    const { session } = this.#queue;
    if (session === undefined) return [];
    if (node === undefined) return groupsOf(this.#queue.entries(session));
    if (node.kind === 'sentence') return [];
    const from = node.kind === 'rest' ? node.from : 0;
    const end = from + MOST_LISTED;
    const shown: ReviewNode[] = node.entries.slice(from, end).map(sentenceNode);
    return end >= node.entries.length ? shown : [...shown, restNode(node, end)];
  }

  getParent(node: ReviewNode): ReviewNode | undefined {
    const { session } = this.#queue;
    if (node.kind === 'group' || session === undefined) return undefined;
    const { group: name, key } = node.kind === 'rest' ? { ...node, key: undefined } : node.entry;
    const group = groupsOf(this.#queue.entries(session)).find((one) => one.group === name);
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
    if (node.kind === 'sentence') item.tooltip = tooltipOf(node);
    return item;
  }

  /** Has the tree drawn anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function groupsOf(entries: readonly QueuedSentence[]): GroupNode[] {
  return REVIEW_GROUPS.map((group): GroupNode => {
    return { kind: 'group', group, entries: entries.filter((entry) => entry.group === group) };
  }).filter(({ entries: own }) => own.length > 0);
}

/** The line of a sentence. */
export function sentenceNode(entry: QueuedSentence): SentenceNode {
  const { session, sentence, items } = entry;
  const { line, character } = session.rangeOf(sentence, items[0].first, items[0].end).start;
  return { kind: 'sentence', entry, uri: session.document.uri.toString(), line, character };
}

function groupItem({ group, entries }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(groupNames[group], vscode.TreeItemCollapsibleState.Expanded);
  item.id = group;
  item.description = String(entries.length);
  item.iconPath = new vscode.ThemeIcon(icons[group]);
  return item;
}

function sentenceItem(node: SentenceNode): vscode.TreeItem {
  const { session, sentence: index, items, key } = node.entry;
  const sentence = session.sentences[index];
  const { text, highlight } =
    sentence === undefined ? { text: '', highlight: [0, 0] as const } : excerpt(sentence, items[0]);
  const { note } = sentenceState(sentence?.comments ?? []);
  const item = new vscode.TreeItem({ label: text, highlights: [[...highlight]] });
  const hasGold = sentence !== undefined && sentence.gold !== null;
  const reason = reasonText(node.entry);
  item.id = `${node.uri}#${key}`;
  item.description = note === undefined ? reason : `${reason} · note: ${note}`;
  item.accessibilityInformation = { label: `${item.description}: ${text}` };
  item.iconPath = new vscode.ThemeIcon(note !== undefined ? 'note' : hasGold ? 'circle-filled' : 'circle-outline');
  item.contextValue = 'sentence';
  item.command = { command: 'entityLens.goToQueued', title: 'Go to Sentence', arguments: [node] };
  return item;
}

function tooltipOf({ entry: { session, sentence: index, items } }: SentenceNode): string {
  const sentence = session.sentences[index];
  if (sentence === undefined) return '';
  const { note, reviewed } = sentenceState(sentence.comments);
  const state = sentence.gold === null ? 'untouched' : 'has gold';
  return [
    sentence.text,
    ...items.map(whyReview),
    reviewed === undefined ? state : `reviewed: ${reviewed}`,
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
