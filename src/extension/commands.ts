import * as vscode from 'vscode';
import { compareAnnotators, decideConflict, goToConflict, nextConflict } from './compare/compareCommands.ts';
import { annotateCorpusDocument, chooseCorpusFolder, useWorkspaceAsCorpus } from './corpus/corpusCommands.ts';
import { accept, labelSelection, noSessionMessage, removeLabel } from './editor/correctionCommands.ts';
import type { Move } from './document/currentSentence.ts';
import { evaluateCorpus, exportReport, showEvaluation } from './evaluation/commands.ts';
import { exportCorpus } from './exchange/exportCommand.ts';
import { importCorpus } from './exchange/importCommand.ts';
import { showKeys, showMenu, toggleSource } from './editor/menus.ts';
import { PANEL_COMMANDS } from '../protocol/panelCommands.ts';
import type { PanelCommand } from '../protocol/panelCommands.ts';
import { forgetHubToken } from './models/askToken.ts';
import { selectModel } from './models/selectModel.ts';
import { acceptAgreed, labelOccurrences } from './review/bulkCommands.ts';
import { replaceLabel } from './review/replaceLabel.ts';
import { ignorePlace, labelPlace } from './review/placeCommands.ts';
import {
  acceptAndNext,
  clearQueueFilter,
  editNote,
  filterQueue,
  goToQueued,
  markReviewed,
  nextInQueue,
} from './review/reviewCommands.ts';
import { chooseTrainingCorpus } from './figures/trainingCorpus.ts';
import {
  findInconsistent,
  openSearchResult,
  searchAgain,
  searchCorpus,
  toggleSearchCase,
} from './search/searchCommands.ts';
import type { Session } from './document/session.ts';
import { completeHere, moveToUndecided, changeSpan, moveToSpan, setEmpty } from './editor/spanCommands.ts';
import type { Surface } from './surface.ts';
import { isPlace, sentenceTarget } from './decisions/targets.ts';

/** A command: it gets what a keybinding, a link or a test passed, which may be anything; the explorer passes its whole selection behind. */
type Command = (surface: Surface, argument: unknown, selection?: unknown) => unknown;

const commands = {
  'entityLens.annotateDocument': annotateDocument,
  'entityLens.stopAnnotating': (surface) => withSession(surface, (session) => stop(surface, session)),
  'entityLens.openPanel': openPanel,
  'entityLens.switchScheme': switchScheme,
  'entityLens.acceptBert': (surface, argument) => accept(surface, 'bert', argument),
  'entityLens.acceptT5': (surface, argument) => accept(surface, 't5', argument),
  'entityLens.acceptBertAndNext': (surface, argument) => acceptAndNext(surface, 'bert', argument),
  'entityLens.acceptT5AndNext': (surface, argument) => acceptAndNext(surface, 't5', argument),
  'entityLens.nextInQueue': nextInQueue,
  'entityLens.goToQueued': goToQueued,
  'entityLens.compareAnnotators': compareAnnotators,
  'entityLens.decideForFirst': (surface, argument) => decideConflict(surface, 'a', argument),
  'entityLens.decideForSecond': (surface, argument) => decideConflict(surface, 'b', argument),
  'entityLens.decideOtherwise': (surface, argument) => decideConflict(surface, 'other', argument),
  'entityLens.nextConflict': (surface) => nextConflict(surface, undefined),
  'entityLens.goToConflict': goToConflict,
  'entityLens.markReviewed': markReviewed,
  'entityLens.editNote': editNote,
  'entityLens.filterQueue': filterQueue,
  'entityLens.acceptAgreed': acceptAgreed,
  'entityLens.labelOccurrences': labelOccurrences,
  'entityLens.labelPlace': labelPlace,
  'entityLens.ignorePlace': ignorePlace,
  'entityLens.clearQueueFilter': clearQueueFilter,
  'entityLens.labelSelection': labelSelection,
  'entityLens.removeLabel': (surface, argument) => removeLabel(surface, argument, false),
  'entityLens.removeLabelAndNext': (surface, argument) => removeLabel(surface, argument, true),
  'entityLens.replaceLabel': replaceLabel,
  'entityLens.setEmpty': (surface, argument) => setEmpty(surface, argument, false),
  'entityLens.setEmptyAndNext': (surface, argument) => setEmpty(surface, argument, true),
  'entityLens.completeNoEntity': (surface, argument) => completeHere(surface, 'noEntity', argument),
  'entityLens.completeAgreed': (surface, argument) => completeHere(surface, 'agreed', argument),
  'entityLens.completeBert': (surface, argument) => completeHere(surface, 'bert', argument),
  'entityLens.completeT5': (surface, argument) => completeHere(surface, 't5', argument),
  'entityLens.nextUndecided': moveToUndecided,
  'entityLens.extendSpanEnd': (surface) => changeSpan(surface, 'extendEnd'),
  'entityLens.shrinkSpanEnd': (surface) => changeSpan(surface, 'shrinkEnd'),
  'entityLens.extendSpanStart': (surface) => changeSpan(surface, 'extendStart'),
  'entityLens.shrinkSpanStart': (surface) => changeSpan(surface, 'shrinkStart'),
  'entityLens.splitSpan': (surface) => changeSpan(surface, 'split'),
  'entityLens.mergeSpan': (surface) => changeSpan(surface, 'merge'),
  'entityLens.nextSpan': (surface) => {
    moveToSpan(surface, 1);
  },
  'entityLens.previousSpan': (surface) => {
    moveToSpan(surface, -1);
  },
  'entityLens.showTokens': openPanel,
  'entityLens.toggleAnnotationMode': toggleMode,
  'entityLens.leaveAnnotationMode': ({ mode }) => {
    mode.leave();
  },
  'entityLens.nextDisagreement': (surface) => move(surface, 'nextDisagreement'),
  'entityLens.previousDisagreement': (surface) => move(surface, 'previousDisagreement'),
  'entityLens.nextSentence': (surface) => move(surface, 'next'),
  'entityLens.previousSentence': (surface) => move(surface, 'previous'),
  'entityLens.undoCorrection': (surface) => withSession(surface, (session) => step(session, 'undo')),
  'entityLens.redoCorrection': (surface) => withSession(surface, (session) => step(session, 'redo')),
  'entityLens.exportCorpus': exportCorpus,
  'entityLens.importCorpus': importCorpus,
  'entityLens.chooseTrainingCorpus': ({ services }) => chooseTrainingCorpus(services.sessions.active?.document.uri),
  'entityLens.chooseCorpusFolder': chooseCorpusFolder,
  'entityLens.useWorkspaceAsCorpus': useWorkspaceAsCorpus,
  'entityLens.refreshCorpus': ({ corpus }) => corpus.refresh(),
  'entityLens.stopCorpusCount': ({ corpus }) => {
    corpus.stop();
  },
  'entityLens.annotateCorpusDocument': annotateCorpusDocument,
  'entityLens.searchCorpus': searchCorpus,
  'entityLens.findInconsistent': findInconsistent,
  'entityLens.searchAgain': searchAgain,
  'entityLens.stopSearch': ({ search }) => {
    search.stop();
  },
  'entityLens.clearSearch': ({ search }) => {
    search.clear();
  },
  'entityLens.toggleSearchCase': toggleSearchCase,
  'entityLens.nextSearchResult': ({ searchView }) => searchView.step(1),
  'entityLens.previousSearchResult': ({ searchView }) => searchView.step(-1),
  'entityLens.openSearchResult': openSearchResult,
  'entityLens.evaluateCorpus': evaluateCorpus,
  'entityLens.showEvaluation': showEvaluation,
  'entityLens.exportReport': exportReport,
  'entityLens.toggleSource': toggleSource,
  'entityLens.openSample': openSample,
  'entityLens.selectModel': selectModel,
  'entityLens.forgetHubToken': forgetHubToken,
  'entityLens.showKeys': showKeys,
  'entityLens.showMenu': showMenu,
  'entityLens.showLog': ({ services }) => {
    services.log.show();
  },
} as const satisfies Readonly<Record<`entityLens.${string}`, Command>>;

/** The name of a command. */
export type CommandName = keyof typeof commands;

/** Registers all commands. What a command throws is logged and told, with the way to the log. */
export function registerCommands(surface: Surface): vscode.Disposable {
  const entries: readonly (readonly [string, Command])[] = Object.entries(commands);
  const registered = entries.map(([name, command]) =>
    vscode.commands.registerCommand(name, async (argument: unknown, selection: unknown) => {
      try {
        // In the panel a key means what is selected there; the page comes back with it.
        const own = panelCommandOf(name);
        if (own !== undefined && argument === undefined && surface.panel.run(own)) return undefined;
        return await command(surface, argument, selection);
      } catch (error) {
        surface.services.log.error(error instanceof Error ? error : String(error));
        const message = error instanceof Error ? error.message : String(error);
        const choice = await vscode.window.showErrorMessage(message, 'Show Log');
        if (choice !== undefined) surface.services.log.show();
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

function panelCommandOf(name: string): PanelCommand | undefined {
  return PANEL_COMMANDS.find((command) => name === `entityLens.${command}`);
}

function toggleMode(surface: Surface): void {
  surface.mode.toggle({
    label: (label, next) => labelSelection(surface, { label, next }),
    showKeys: () => vscode.commands.executeCommand('entityLens.showKeys'),
  });
}

async function annotateDocument({ services }: Surface): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const session = document === undefined ? services.sessions.active : await services.sessions.ensure(document);
  if (session === undefined) {
    void vscode.window.showInformationMessage('Open a text or a column file in the editor, then annotate it.');
    return;
  }
  await services.annotator.switchOn(session);
  await services.annotator.annotate(session);
}

/** Shows a copy of a sample, since the extension's own files are not to be written to. */
async function openSample({ services }: Surface): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(services.extension, 'samples', 'news.txt'));
  const content = new TextDecoder().decode(bytes);
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document);
}

async function stop({ services }: Surface, session: Session): Promise<void> {
  services.annotator.cancel(session);
  await services.annotator.switchOff(session);
}

async function openPanel({ services, current, panel }: Surface, argument: unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && services.sessions.get(document.uri) === undefined) {
    // A document that cannot be annotated is no reason to keep the panel closed: it says what to open.
    await services.sessions.ensure(document).then(undefined, (error: unknown) => {
      services.log.info(error instanceof Error ? error.message : String(error));
    });
  }
  if (isPlace(argument)) {
    const target = sentenceTarget(services, current, argument);
    if (target !== undefined) current.select(target.session, target.index);
  }
  panel.open();
}

function switchScheme(surface: Surface, argument: unknown): Promise<void> {
  return withSession(surface, (session) => {
    const other = session.scheme === 'full' ? 'simplified' : 'full';
    const scheme = schemeOf(argument) ?? other;
    session.setScheme(scheme);
    const what = scheme === 'full' ? 'Full scheme: B and I of each label, and O' : 'Simplified scheme: B, I and O';
    vscode.window.setStatusBarMessage(what, 4000);
  });
}

function schemeOf(argument: unknown): 'full' | 'simplified' | undefined {
  if (typeof argument !== 'object' || argument === null || !('scheme' in argument)) return undefined;
  return argument.scheme === 'full' || argument.scheme === 'simplified' ? argument.scheme : undefined;
}

function move(surface: Surface, to: Move): Promise<void> {
  return withSession(surface, (session) => {
    if (surface.current.move(session, to)) return;
    const what = to === 'next' || to === 'previous' ? 'sentence' : 'disagreement';
    const where = to.startsWith('next') ? 'after' : 'before';
    vscode.window.setStatusBarMessage(`There is no ${what} ${where} this one.`, 4000);
  });
}

async function step(session: Session, direction: 'undo' | 'redo'): Promise<void> {
  if (await session[direction]()) return;
  vscode.window.setStatusBarMessage(`There is no correction to ${direction}.`, 4000);
}

async function withSession({ services }: Surface, act: (session: Session) => unknown): Promise<void> {
  const session = services.sessions.active;
  if (session === undefined) void vscode.window.showInformationMessage(noSessionMessage);
  else await act(session);
}
