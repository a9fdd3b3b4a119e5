import * as vscode from 'vscode';
import { REVIEW_GROUPS } from '../../core/reviewEntries.ts';
import type { ReviewGroup } from '../../core/reviewEntries.ts';
import { groupNames, whyReview } from '../../core/reviewWords.ts';
import { sentenceState } from '../../core/sentenceState.ts';
import type { CommandPlace } from '../targets.ts';
import type { QueuedSentence, ReviewQueue } from './reviewQueue.ts';
import { excerpt, reasonText } from './reviewText.ts';

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

/** Stands for the sentences of a group that are not listed. */
interface RestNode {
  readonly kind: 'rest';
  readonly group: ReviewGroup;
  readonly count: number;
}

/** A line of the tree. */
export type ReviewNode = GroupNode | SentenceNode | RestNode;

/** Sentences listed in one group; a longer list is narrowed by the filter. */
const MOST_LISTED = 1000;

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
    if (node.kind !== 'group') return [];
    const shown: ReviewNode[] = node.entries.slice(0, MOST_LISTED).map(sentenceNode);
    const count = node.entries.length - shown.length;
    return count === 0 ? shown : [...shown, { kind: 'rest', group: node.group, count }];
  }

  getParent(node: ReviewNode): ReviewNode | undefined {
    const { session } = this.#queue;
    if (node.kind !== 'sentence' || session === undefined) return undefined;
    return groupsOf(this.#queue.entries(session)).find(({ group }) => group === node.entry.group);
  }

  getTreeItem(node: ReviewNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node);
      case 'rest': {
        const item = new vscode.TreeItem(`${String(node.count)} more; filter the queue to see them`);
        item.id = `${node.group} rest`;
        return item;
      }
      case 'sentence':
        return sentenceItem(node);
    }
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
  const { note, reviewed } = sentenceState(sentence?.comments ?? []);
  const item = new vscode.TreeItem({ label: text, highlights: [[...highlight]] });
  const hasGold = sentence !== undefined && sentence.gold !== null;
  const reason = reasonText(node.entry);
  item.id = `${node.uri}#${key}`;
  item.description = note === undefined ? reason : `${reason} · note: ${note}`;
  item.accessibilityInformation = { label: `${item.description}: ${text}` };
  const state = reviewed === undefined ? (hasGold ? 'has gold' : 'untouched') : `reviewed: ${reviewed}`;
  const lines = [
    sentence?.text ?? '',
    ...items.map(whyReview),
    state,
    ...(note === undefined ? [] : [`Note: ${note}`]),
  ];
  item.tooltip = lines.join('\n');
  item.iconPath = new vscode.ThemeIcon(note !== undefined ? 'note' : hasGold ? 'circle-filled' : 'circle-outline');
  item.contextValue = 'sentence';
  item.command = { command: 'entityLens.goToQueued', title: 'Go to Sentence', arguments: [node] };
  return item;
}
