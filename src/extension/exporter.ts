import * as vscode from 'vscode';
import type { Layer, ModelSource } from '../core/span.ts';
import { writeAtomically } from '../host/atomicWrite.ts';
import { exportSummary, planExport } from './exportPlan.ts';
import type { ExportFill, ExportFormat } from './exportPlan.ts';
import { exportText } from './exportText.ts';
import { annotatorName } from './identity.ts';
import { noSessionMessage } from './correctionCommands.ts';
import { sourceNames } from './layers.ts';
import type { Models } from './services.ts';
import type { Session } from './session.ts';
import type { Surface } from './surface.ts';

/** Everything that an export needs to know. */
export interface ExportRequest {
  readonly target: vscode.Uri;
  readonly format: ExportFormat;
  readonly fill: ExportFill;
}

const extensions: Readonly<Record<ExportFormat, readonly string[]>> = { iob2: ['iob2', 'conll'], jsonl: ['jsonl'] };
const formatNames: Readonly<Record<ExportFormat, string>> = { iob2: 'IOB2 columns', jsonl: 'JSON Lines' };

/** Writes the corpus of the active session to a file that the user (or the argument) names, and says what was written. */
export async function exportCorpus(surface: Surface, argument: unknown): Promise<void> {
  const { services } = surface;
  const session = services.sessions.active;
  if (session === undefined) {
    void vscode.window.showInformationMessage(noSessionMessage);
    return;
  }
  const request = requestOf(argument) ?? (await ask(session));
  if (request === undefined) return;
  const filling =
    request.fill === 'none' ? new Map<number, Layer>() : await fillWith(services.models, session, request.fill);
  if (filling === undefined) return;
  const plan = planExport(session.sentences, request.fill, filling);
  if (plan.sentences.length === 0) {
    void vscode.window.showWarningMessage(
      'There is nothing to export: no sentence has gold. Correct or accept some sentences first, or fill the rest from a model.',
    );
    return;
  }
  await write(request.target, exportText(plan.sentences, request.format, await annotatorName(session.document.uri)));
  const summary = exportSummary(plan, request.fill, nameOf(request.target));
  services.log.info(`${summary} (${request.target.toString()})`);
  const open = 'Open File';
  // Nobody waits for the answer: the export is done.
  void vscode.window.showInformationMessage(summary, open).then(async (choice) => {
    if (choice === open) await vscode.window.showTextDocument(request.target);
  });
}

function requestOf(argument: unknown): ExportRequest | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { target, format, fill } = argument as Partial<Record<keyof ExportRequest, unknown>>;
  if (format !== 'iob2' && format !== 'jsonl') return undefined;
  if (fill !== 'none' && fill !== 'bert' && fill !== 't5') return undefined;
  if (target instanceof vscode.Uri) return { target, format, fill };
  return typeof target === 'string' ? { target: vscode.Uri.parse(target), format, fill } : undefined;
}

async function ask(session: Session): Promise<ExportRequest | undefined> {
  const format = await pick(
    'Which format?',
    (Object.keys(formatNames) as ExportFormat[]).map((value) => ({
      value,
      label: formatNames[value],
      description:
        value === 'iob2' ? 'id, word, tag and annotator of each token' : 'tokens, ner_tags and spans of each sentence',
    })),
  );
  if (format === undefined) return undefined;
  const gold = session.sentences.filter((sentence) => sentence.gold !== null).length;
  const rest = session.sentences.length - gold;
  const fill = await pick<ExportFill>('Which sentences?', [
    {
      value: 'none',
      label: 'Gold only',
      description: `${String(gold)} of ${String(session.sentences.length)} sentences`,
    },
    { value: 'bert', label: 'Gold, the rest from BERT', description: `${String(rest)} sentences from BERT` },
    { value: 't5', label: 'Gold, the rest from T5', description: `${String(rest)} sentences from T5` },
  ]);
  if (fill === undefined) return undefined;
  const target = await vscode.window.showSaveDialog({
    title: 'Export Corpus',
    saveLabel: 'Export',
    defaultUri: proposal(session, format),
    filters: { [formatNames[format]]: [...extensions[format]] },
  });
  return target === undefined ? undefined : { target, format, fill };
}

async function pick<Value extends string>(
  placeHolder: string,
  items: readonly (vscode.QuickPickItem & { readonly value: Value })[],
): Promise<Value | undefined> {
  const choice = await vscode.window.showQuickPick(items, { title: 'Entity Lens: Export Corpus', placeHolder });
  return choice?.value;
}

/** A name beside the document that is not yet taken by the document itself or its gold. */
function proposal(session: Session, format: ExportFormat): vscode.Uri {
  const { uri } = session.document;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const base = nameOf(uri).replace(/\.(iob2|iob|bio|conll|conllu|txt|md)$/i, '');
  const name = `${base}.export.${format}`;
  if (uri.scheme === 'untitled') return vscode.Uri.joinPath(folder ?? vscode.Uri.file('/'), name);
  return vscode.Uri.joinPath(uri, '..', name);
}

/** What a model says, in the full scheme, of the sentences without gold; undefined where the user stopped it or it failed. */
async function fillWith(
  models: Models,
  session: Session,
  source: ModelSource,
): Promise<ReadonlyMap<number, Layer> | undefined> {
  const open = [...session.sentences.entries()].filter(([, sentence]) => sentence.gold === null);
  const layers = new Map<number, Layer>();
  const words = open.map(([, sentence]) => sentence.tokens.map((token) => token.form));
  const title = `${sourceNames[source]} annotates ${String(open.length)} sentences for the export`;
  const place = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const done = await vscode.window.withProgress(place, async (progress, token) => {
    const controller = new AbortController();
    const stopping = token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      await models.predict(source, 'full', words, {
        signal: controller.signal,
        onBatch(results) {
          for (const [place, prediction] of results) {
            const index = open[place]?.[0];
            if (index !== undefined) layers.set(index, prediction.layer);
          }
          progress.report({ increment: (100 * results.size) / open.length, message: String(layers.size) });
        },
      });
      return true;
    } catch (error) {
      if (token.isCancellationRequested) return false;
      throw new Error(`Nothing was exported: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    } finally {
      stopping.dispose();
    }
  });
  return done ? layers : undefined;
}

/** Replaces the target in one step: a reader sees the old file or the whole new one. */
async function write(target: vscode.Uri, text: string): Promise<void> {
  if (target.scheme === 'file') {
    await writeAtomically(target.fsPath, text);
    return;
  }
  const temporary = target.with({ path: `${target.path}.${String(Date.now())}.tmp` });
  await vscode.workspace.fs.writeFile(temporary, new TextEncoder().encode(text));
  await vscode.workspace.fs.rename(temporary, target, { overwrite: true });
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
