import * as vscode from 'vscode';
import { countsOf } from '../document/sentenceCounts.ts';
import { dropToImport } from '../base/dropToImport.ts';
import type { Session } from '../document/session.ts';
import type { QueuedSentence, ReviewQueue } from './reviewQueue.ts';
import { filterText, progressText } from './reviewText.ts';
import { ReviewTree, sentenceNode } from './reviewTree.ts';
import type { ReviewNode } from './reviewTree.ts';

/** The tree view *Review*: the queue of the active document by groups, with its progress above. */
export class ReviewView implements vscode.Disposable {
  readonly #queue: ReviewQueue;
  readonly #tree: ReviewTree;
  readonly #view: vscode.TreeView<ReviewNode>;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #drawing = false;
  #again = false;
  #disposed = false;

  constructor(queue: ReviewQueue) {
    this.#queue = queue;
    this.#tree = new ReviewTree(queue);
    this.#view = vscode.window.createTreeView<ReviewNode>('entityLensReview', {
      treeDataProvider: this.#tree,
      dragAndDropController: dropToImport(),
    });
    this.#subscriptions = [
      this.#tree,
      this.#view,
      queue.onDidChange(() => {
        this.#refresh();
      }),
      this.#view.onDidChangeVisibility(() => {
        this.#refresh();
      }),
    ];
    this.#refresh();
  }

  /** Shows which sentence of the queue the user was brought to, where the view can be seen. */
  async show(entry: QueuedSentence): Promise<void> {
    if (!this.#view.visible) return;
    try {
      await this.#view.reveal(sentenceNode(this.#queue, entry), { select: true, focus: false });
    } catch {
      // The tree was drawn anew meanwhile, without this sentence.
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #refresh(): void {
    const narrowed = filterText(this.#queue.filter) !== '';
    void vscode.commands.executeCommand('setContext', 'entityLens.reviewFiltered', narrowed);
    this.#again = true;
    if (!this.#drawing) void this.#drawAll();
  }

  /** Draws until nothing changed meanwhile; the queue of a large document takes more than one turn. */
  async #drawAll(): Promise<void> {
    this.#drawing = true;
    while (this.#again) {
      this.#again = false;
      const { session } = this.#queue;
      // A queue that nobody looks at is not computed.
      if (session !== undefined && this.#view.visible) await this.#queue.prepare(session);
      if (this.#disposed) return;
      if (this.#view.visible && session === this.#queue.session) this.#draw(session);
    }
    this.#drawing = false;
  }

  #draw(session: Session | undefined): void {
    const narrowed = filterText(this.#queue.filter);
    this.#view.description = session === undefined ? '' : [nameOf(session), narrowed].filter(Boolean).join(' · ');
    this.#view.message = session === undefined ? '' : progressText(countsOf(session));
    const count = session === undefined ? 0 : this.#queue.entries(session).length;
    this.#view.badge = count === 0 ? undefined : { value: count, tooltip: `${String(count)} sentences to review` };
    this.#tree.refresh();
  }
}

/** The name of a session's document without its folders. */
export function nameOf({ document }: Session): string {
  return document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
}
