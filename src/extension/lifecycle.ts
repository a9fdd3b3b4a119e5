import * as vscode from 'vscode';
import { createLog } from './base/log.ts';
import { registerCommands } from './commands.ts';
import { AnnotatorsView } from './compare/annotatorsView.ts';
import { Corpus } from './corpus/corpus.ts';
import { CorpusView } from './corpus/corpusView.ts';
import { CurrentSentence } from './document/currentSentence.ts';
import { GoldFiles } from './document/gold/goldFiles.ts';
import { followRenames } from './document/gold/renames.ts';
import { Sessions } from './document/sessions.ts';
import { AnnotationMode } from './editor/annotationMode.ts';
import { ContextKeys } from './editor/contextKeys.ts';
import { Decorations } from './editor/decorations.ts';
import { SpanHover } from './editor/hover.ts';
import { LabelHints } from './editor/labelHints.ts';
import { Outline } from './editor/outline.ts';
import { SnapPreview } from './editor/snapPreview.ts';
import { StatusBar } from './editor/statusBar.ts';
import { EvaluationHost } from './evaluation/evaluationHost.ts';
import { ImportIssues } from './exchange/importIssues.ts';
import { ModelTrouble } from './models/trouble.ts';
import { PanelHost } from './panel/panelHost.ts';
import { Annotator } from './prediction/annotator.ts';
import { HubTokens } from './prediction/hubTokens.ts';
import { ModelHost } from './prediction/modelHost.ts';
import type { Services } from './prediction/services.ts';
import { SwitchedOn } from './prediction/switchedOn.ts';
import { ReviewActions, ReviewDiagnostics } from './review/diagnostics.ts';
import { ReviewQueue } from './review/reviewQueue.ts';
import { ReviewView } from './review/reviewView.ts';
import { CorpusSearch } from './search/corpusSearch.ts';
import { SearchView } from './search/searchView.ts';
import { warnOfLabelKeys } from './settings/labelKeyWarning.ts';
import { readSettings } from './settings/settings.ts';

/** Everything that runs, with the concrete classes that tests look into. */
export interface Running extends Services {
  readonly sessions: Sessions;
  readonly models: ModelHost;
}

/** Builds the services in the order in which they need each other; VS Code disposes them in the reverse order. */
export function start(context: vscode.ExtensionContext): Running {
  const keep = <Item extends vscode.Disposable>(item: Item): Item => {
    context.subscriptions.unshift(item);
    return item;
  };
  const log = keep(createLog());
  const gold = keep(new GoldFiles(log));
  const sessions = keep(new Sessions(gold, log));
  const models = keep(new ModelHost(context, log));
  sessions.setModelLabels(models.ownLabels);
  keep(
    // Before the annotator hears of it, so that what it writes has its labels.
    models.onDidReplace(() => {
      sessions.setModelLabels(models.ownLabels);
    }),
  );
  const switchedOn = keep(new SwitchedOn(context.workspaceState));
  const annotator = keep(new Annotator(sessions, models, switchedOn, log));
  keep(followRenames(log));
  const services: Running = {
    extension: context.extensionUri,
    sessions,
    annotator,
    models,
    hubTokens: new HubTokens(context.secrets),
    settings: readSettings,
    log,
  };
  registerSurfaces(context, services);
  sessions.start();
  return services;
}

/** Everything that the user sees and presses: decorations, hovers, commands, the status bar item and the panel. */
function registerSurfaces(context: vscode.ExtensionContext, services: Services): void {
  const current = new CurrentSentence(services);
  const evaluation = new EvaluationHost(context, services);
  const hints = new LabelHints(services);
  const outline = new Outline(services.sessions);
  const review = new ReviewQueue(services, current);
  const reviewView = new ReviewView(review);
  const corpus = new Corpus(services, context.workspaceState);
  const search = new CorpusSearch(services, corpus);
  const searchView = new SearchView(services, search);
  const panel = new PanelHost(context, { services, current, review, reviewView });
  const mode = new AnnotationMode(services);
  const annotators = new AnnotatorsView();
  const importIssues = new ImportIssues();
  const surface = {
    services,
    current,
    panel,
    annotators,
    review,
    reviewView,
    importIssues,
    mode,
    corpus,
    search,
    searchView,
    evaluation,
    keys: panel.keys,
  };
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  context.subscriptions.unshift(
    current,
    panel,
    evaluation,
    new Decorations(services, current, media),
    new StatusBar(services),
    new ContextKeys(services),
    hints,
    vscode.languages.registerInlayHintsProvider({ scheme: '*' }, hints),
    vscode.languages.registerHoverProvider({ scheme: '*' }, new SpanHover(services)),
    review,
    reviewView,
    importIssues,
    new ReviewDiagnostics(services.sessions, review),
    vscode.languages.registerCodeActionsProvider({ scheme: '*' }, new ReviewActions(services.sessions), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.languages.registerDocumentSymbolProvider({ language: 'iob2' }, outline),
    vscode.languages.registerFoldingRangeProvider({ language: 'iob2' }, outline),
    corpus,
    new CorpusView(corpus, services.log),
    search,
    searchView,
    mode,
    annotators,
    new SnapPreview(services),
    registerCommands(surface),
    new ModelTrouble(services),
    warnOfLabelKeys(),
  );
}
