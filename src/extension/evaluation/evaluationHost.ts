import * as vscode from 'vscode';
import { noteOf } from '../../core/examples.ts';
import type { Report } from '../../core/report/report.ts';
import { Channel } from '../../protocol/channel.ts';
import { evaluationHostContract, evaluationPageContract } from '../../protocol/evaluation.ts';
import type { PlacesOf } from '../../protocol/evaluation.ts';
import { pageOptions, showPage, webviewPort } from '../base/webviewPage.ts';
import { trainingPath } from '../figures/trainingCorpus.ts';
import { cancellable } from '../base/progress.ts';
import type { Step } from '../base/progress.ts';
import type { Services } from '../prediction/services.ts';
import { corporaOf } from './corpora.ts';
import { Evaluations } from './evaluations.ts';
import type { Evaluated, NumberedEvaluation } from './evaluated.ts';
import { runEvaluation } from './run.ts';
import type { EvaluationChoices, OpenableCorpus } from './run.ts';
import { evaluationState, placesFor } from './viewModel.ts';
import { messageOf } from '../../core/errorMessage.ts';

const viewType = 'entityLens.evaluation';

interface Page {
  readonly panel: vscode.WebviewPanel;
  readonly channel: Channel<typeof evaluationHostContract, typeof evaluationPageContract>;
  ready: boolean;
}

/** Evaluates corpora, keeps the results for the session, and shows them in a page of their own. */
export class EvaluationHost implements vscode.Disposable {
  readonly evaluations = new Evaluations();
  readonly #context: Pick<vscode.ExtensionContext, 'extensionUri' | 'extension'>;
  readonly #services: Services;
  #page: Page | undefined;
  #running: AbortController | undefined;
  #revision = 0;

  constructor(context: Pick<vscode.ExtensionContext, 'extensionUri' | 'extension'>, services: Services) {
    this.#context = context;
    this.#services = services;
    this.evaluations.onDidChange(() => {
      this.#draw();
    });
  }

  /** Evaluates files and folders and shows what came out; undefined where the user stopped it. Rejects with a message for people. */
  async evaluate(targets: readonly vscode.Uri[], choices: EvaluationChoices): Promise<NumberedEvaluation | undefined> {
    const evaluated = await this.#run((signal) => corporaOf(targets, signal), choices, targets[0]);
    if (evaluated === undefined) return undefined;
    const numbered = this.evaluations.add(evaluated);
    this.show();
    return numbered;
  }

  /** Evaluates a corpus that is at hand, without keeping the result; undefined where the user stopped it. */
  async report(corpus: OpenableCorpus, choices: EvaluationChoices): Promise<Report | undefined> {
    return (await this.#run(() => Promise.resolve([corpus]), choices, [...corpus.files.values()][0]))?.report;
  }

  /** Shows the page of results, and gives it the keyboard. */
  show(): void {
    if (this.#page !== undefined) {
      this.#page.panel.reveal(undefined, false);
      return;
    }
    const { extensionUri } = this.#context;
    const place = vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(
      viewType,
      'Entity Lens: Evaluation',
      place,
      pageOptions(extensionUri),
    );
    const channel = new Channel(
      webviewPort(panel.webview),
      evaluationHostContract,
      evaluationPageContract,
      {
        requests: {
          places: (wanted) => Promise.resolve(this.#places(wanted)),
        },
        notifications: {
          ready: () => {
            page.ready = true;
            this.#draw();
          },
          openPlace: ({ index, ...wanted }) => {
            this.#open(wanted, index);
          },
          copy: ({ text, what }) => {
            void vscode.env.clipboard.writeText(text).then(() => {
              vscode.window.setStatusBarMessage(`Copied: ${what}`, 4000);
            });
          },
          show: ({ id }) => {
            this.evaluations.show(id);
          },
          evaluate: () => {
            void vscode.commands.executeCommand('entityLens.evaluateCorpus');
          },
          exportReport: ({ id }) => {
            void vscode.commands.executeCommand('entityLens.exportReport', { evaluation: id });
          },
        },
      },
      (problem) => {
        this.#services.log.warn(`Evaluation: ${problem}`);
      },
    );
    const page: Page = { panel, channel, ready: false };
    this.#page = page;
    panel.onDidDispose(() => {
      channel.dispose();
      if (this.#page === page) this.#page = undefined;
    });
    panel.onDidChangeViewState(() => {
      page.ready &&= panel.visible;
    });
    showPage(panel, extensionUri, 'evaluation');
  }

  dispose(): void {
    this.#running?.abort();
    this.#page?.channel.dispose();
    this.evaluations.dispose();
  }

  async #run(
    open: (signal: AbortSignal) => Promise<readonly OpenableCorpus[]>,
    choices: EvaluationChoices,
    resource: vscode.Uri | undefined,
  ): Promise<Evaluated | undefined> {
    if (this.#running !== undefined) throw new Error('An evaluation is under way: wait for it, or stop it first.');
    const controller = new AbortController();
    this.#running = controller;
    const work = async (signal: AbortSignal, report: (step: Step) => void): Promise<Evaluated> => {
      report({ message: 'reading' });
      let shown = 0;
      return runEvaluation(await open(signal), choices, {
        models: this.#services.models,
        version: versionOf(this.#context.extension.packageJSON),
        training: resource === undefined ? undefined : trainingPath(resource),
        signal,
        progress: (what, share) => {
          const percent = Math.floor(100 * share);
          report({ message: `${what}: ${String(percent)} %`, increment: Math.max(0, percent - shown) });
          shown = Math.max(shown, percent);
        },
      });
    };
    try {
      return await cancellable('Evaluating', work, controller);
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      this.#running = undefined;
    }
  }

  #draw(): void {
    const page = this.#page;
    if (page?.ready !== true) return;
    const { all, shown } = this.evaluations;
    page.panel.title = shown === undefined ? 'Entity Lens: Evaluation' : `Evaluation: ${shown.title}`;
    page.channel.notify('state', evaluationState(all, shown, ++this.#revision));
  }

  #places(wanted: PlacesOf): {
    total: number;
    places: { where: string; before: string; text: string; after: string; note: string }[];
  } {
    const evaluation = this.evaluations.get(wanted.evaluation);
    if (evaluation === undefined) return { total: 0, places: [] };
    const { total, places } = placesFor(evaluation, wanted);
    return {
      total,
      places: places.map((place) => ({
        where: place.file === undefined ? place.sentence : `${place.file}:${String(place.line ?? 1)}`,
        before: place.before,
        text: place.text,
        after: place.after,
        note: noteOf(place),
      })),
    };
  }

  /** Shows a place in its file. The keyboard goes there too, since that is where it is mended. */
  #open(wanted: PlacesOf, index: number): void {
    const evaluation = this.evaluations.get(wanted.evaluation);
    const place = evaluation === undefined ? undefined : placesFor(evaluation, wanted).places[index];
    const uri = place && evaluation?.files.get(wanted.corpus)?.get(place.file ?? '');
    if (place === undefined || uri === undefined) return;
    const [first, last] = [(place.line ?? 1) - 1, (place.lastLine ?? place.line ?? 1) - 1];
    const selection = new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER);
    const viewColumn =
      this.#page?.panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
    vscode.window.showTextDocument(uri, { selection, viewColumn }).then(undefined, (error: unknown) => {
      const why = messageOf(error);
      void vscode.window.showErrorMessage(`${uri.fsPath} cannot be shown: ${why}`);
    });
  }
}

function versionOf(manifest: unknown): string {
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
