import * as vscode from 'vscode';
import { Channel } from '../../protocol/channel.ts';
import { panelHostContract, panelPageContract } from '../../protocol/panel.ts';
import type { PanelCertainty } from '../../protocol/panel.ts';
import { NO_DETAILS } from '../../protocol/panelDetails.ts';
import type { PanelCommand } from '../../protocol/panelCommands.ts';
import { completionsOf } from '../decisions/completion.ts';
import { countsOf } from '../document/sentenceCounts.ts';
import { OwnKeys } from '../settings/ownKeys.ts';
import type { Reviewing } from '../review/reviewSteps.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import { sliceOfTime } from '../base/slices.ts';
import { LiveCertainty } from '../figures/certainty.ts';
import { Details } from '../figures/details.ts';
import type { Shown } from '../figures/details.ts';
import { pageOptions, showPage, webviewPort } from '../base/webviewPage.ts';
import { panelHandlers } from './intents.ts';
import type { Reading } from '../figures/reading.ts';
import { panelQueue } from './queue.ts';
import { Snapshots } from './shownSentences.ts';
import { Totals } from '../figures/totals.ts';
import { panelState } from './viewModel.ts';
import { onSelection, viewOf } from './panelView.ts';
import type { SelectedInEditor } from './panelView.ts';

/** The panel's type, by which VS Code finds us to restore it. */
const viewType = 'entityLens.panel';
const levelKey = 'entityLens.matrixLevel';
const policyKey = 'entityLens.policy';
/** Milliseconds that changes are collected for before the page is drawn again: about one frame. */
const FRAME_MS = 24;

interface Page {
  readonly panel: vscode.WebviewPanel;
  readonly channel: Channel<typeof panelHostContract, typeof panelPageContract>;
  /** Whether it listens: a hidden page is gone, and the next one says when it is there. */
  ready: boolean;
  /** What is open in it. */
  shown: Shown;
  /** Whether it shows the review queue. */
  queue: boolean;
  focused: boolean;
}

/** The panel beside the editor: it shows the active session, and turns what the page asks for into corrections. */
export class PanelHost implements vscode.Disposable {
  readonly #subscriptions: { dispose(): unknown }[] = [];
  readonly #totals = new WeakMap<Session, Totals>();
  readonly #snapshots = new Snapshots();
  /** The keys that hold in the panel and in annotation mode. */
  readonly keys: OwnKeys;
  readonly #certainty = new LiveCertainty(() => {
    this.#schedule();
  });
  readonly #details: Details;
  readonly #services: Services;
  #page: Page | undefined;
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #revision = 0;

  readonly #context: Pick<
    vscode.ExtensionContext,
    'extensionUri' | 'workspaceState' | 'extension' | 'globalStorageUri'
  >;
  readonly #reviewing: Reviewing;

  constructor(
    context: Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState' | 'extension' | 'globalStorageUri'>,
    reviewing: Reviewing,
  ) {
    this.#context = context;
    this.#reviewing = reviewing;
    const { services, current, review } = reviewing;
    this.#services = services;
    this.keys = new OwnKeys(context);
    const draw = this.#schedule.bind(this);
    this.#details = new Details(services, draw);
    this.#subscriptions.push(
      services.sessions.onDidChangeActive(() => {
        this.#watch();
      }),
      services.models.onDidChangeState(draw),
      current.onDidChange(draw),
      onSelection(services, (selected) => {
        this.#followSelection(selected);
      }),
      review.onDidChange(() => {
        void this.#drawQueue();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('entityLens')) draw();
      }),
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel) => {
          this.#attach(panel);
          return Promise.resolve();
        },
      }),
    );
    this.#watch();
  }

  /** Shows the panel beside the editor and gives it the keyboard. */
  open(): void {
    if (this.#page !== undefined) {
      this.#page.panel.reveal(undefined, false);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    this.#attach(
      vscode.window.createWebviewPanel(viewType, 'Entity Lens', place, pageOptions(this.#context.extensionUri)),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#certainty.dispose();
    this.#details.dispose();
    this.#watching?.dispose();
    this.#page?.channel.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #attach(panel: vscode.WebviewPanel): void {
    this.#page?.panel.dispose();
    const handlers = panelHandlers({
      ...this.#reviewing,
      snapshots: this.#snapshots,
      totalsOf: (session) => this.#countersOf(session).current,
      setMatrixLevel: (level) => {
        void this.#context.workspaceState.update(levelKey, level);
        this.#schedule();
      },
      setPolicy: (policy) => {
        void this.#context.workspaceState.update(policyKey, policy);
        this.#schedule();
      },
      show: (shown) => {
        page.shown = shown;
        this.#schedule();
      },
      predictOtherScheme: (session, on) => {
        this.#details.predictOtherScheme(session, on);
      },
      ready: () => {
        page.ready = true;
        this.#draw();
        void this.#drawQueue();
        this.#refreshKeys();
      },
      focusChanged: (has) => {
        page.focused = has;
      },
      watchQueue: (shown) => {
        page.queue = shown;
        void this.#drawQueue();
      },
    });
    const channel = new Channel(
      webviewPort(panel.webview),
      panelHostContract,
      panelPageContract,
      handlers,
      (problem) => {
        this.#services.log.warn(`Panel: ${problem}`);
      },
    );
    const page: Page = {
      panel,
      channel,
      ready: false,
      queue: false,
      focused: false,
      shown: { sections: [], dimension: 'label' },
    };
    this.#page = page;
    panel.onDidDispose(() => {
      channel.dispose();
      if (this.#page === page) this.#page = undefined;
    });
    panel.onDidChangeViewState(() => {
      page.ready &&= panel.visible;
      if (panel.active) this.#refreshKeys();
    });
    showPage(panel, this.#context.extensionUri, 'panel');
  }

  /** Has the page do what a key stands for, where the panel is what the user works in; false where it is not. */
  run(command: PanelCommand): boolean {
    const page = this.#page;
    if (page?.ready !== true || !page.panel.active) return false;
    // Its list has a search field of its own; asked for from elsewhere, the filter is chosen where everyone chooses.
    if (command === 'filterQueue' && !page.focused) return false;
    page.channel.notify('run', { command });
    return true;
  }

  #refreshKeys(): void {
    void this.keys.refresh().then((changed) => {
      if (changed) this.#schedule();
    });
  }

  async #drawQueue(): Promise<void> {
    const page = this.#page;
    const { review } = this.#reviewing;
    const seen = (): boolean => page?.ready === true && page.queue && page.panel.visible;
    if (page === undefined || !seen()) return;
    if (review.session !== undefined) await review.prepare(review.session);
    if (!seen()) return;
    const { session } = review;
    const entries = session === undefined ? [] : review.entries(session);
    page.channel.notify('queue', panelQueue(session, entries, review.filter));
  }

  #watch(): void {
    this.#watching?.dispose();
    this.#watching = this.#services.sessions.active?.onDidChange(() => {
      this.#schedule();
    });
    this.#schedule();
  }

  /** What a person selects in the text is selected in the panel: the state with its sentence goes first. */
  #followSelection(selected: SelectedInEditor): void {
    if (this.#page?.ready !== true) return;
    this.#draw();
    this.#page.channel.notify('select', selected);
  }

  #schedule(): void {
    if (this.#page?.ready !== true) return;
    this.#timer ??= setTimeout(() => {
      this.#draw();
    }, FRAME_MS);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const page = this.#page;
    if (page?.ready !== true || !page.panel.visible) return;
    const session = this.#services.sessions.active;
    const index = session === undefined ? undefined : this.#reviewing.current.of(session);
    const sentence = index === undefined ? undefined : session?.sentences[index];
    const revision = ++this.#revision;
    if (session !== undefined && index !== undefined) this.#snapshots.remember(revision, session, index);
    const hasTime = sliceOfTime();
    const reading = this.#readingOf(session);
    const { sum: totals, pending } = this.#countersOf(session).step(session?.sentences ?? [], reading, hasTime);
    const worked =
      session === undefined
        ? { details: NO_DETAILS, pending: 0 }
        : this.#details.of(session, totals, page.shown, hasTime);
    if (pending + worked.pending > 0) this.#schedule();
    const state = panelState(session === undefined ? undefined : viewOf(session, pending), totals, {
      revision,
      current: index,
      matrixLevel: this.#context.workspaceState.get(levelKey) === 'span' ? 'span' : 'token',
      labels: this.#services.settings(session?.document.uri).labels,
      keys: this.keys.keys,
      models: this.#services.models.states,
      certainty: this.#certaintyOf(session, reading),
      details: worked.details,
      work: session === undefined ? undefined : countsOf(session),
      completions: sentence === undefined || session === undefined ? [] : completionsOf(session, sentence),
    });
    page.panel.title = state.document === null ? 'Entity Lens' : `Entity Lens: ${state.document.name}`;
    page.channel.notify('state', state);
  }

  /** Nothing is worked out while the models bring one answer after the other: each would make it void. */
  #certaintyOf(session: Session | undefined, reading: Reading): PanelCertainty {
    if (session === undefined || session.busy !== undefined) return { state: 'pending' };
    return this.#certainty.of(session.sentences, reading);
  }

  #readingOf(session: Session | undefined): Reading {
    const policy = this.#context.workspaceState.get(policyKey) === 'strict' ? 'strict' : 'repair';
    return { scheme: session?.scheme ?? 'full', policy };
  }

  #countersOf(session: Session | undefined): Totals {
    const reading = this.#readingOf(session);
    if (session === undefined) return new Totals(reading);
    let totals = this.#totals.get(session);
    if (totals === undefined) this.#totals.set(session, (totals = new Totals(reading)));
    return totals;
  }
}
