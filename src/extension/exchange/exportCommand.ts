import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { EXPORT_MANIFEST } from '../../core/exportManifest.ts';
import { shapeOf } from '../../core/formats/parts.ts';
import { formatOf } from '../../core/formats/registry.ts';
import type { Layer, ModelSource } from '../../core/span.ts';
import { prepareExport, writeExport } from '../../node/corpus/exportPasses.ts';
import type { ExportPlan, Filler, PreparedExport } from '../../node/corpus/exportPasses.ts';
import { tellNoSession } from '../decisions/tell.ts';
import { cancellable } from '../base/progress.ts';
import type { Models, Services, WithServices } from '../prediction/services.ts';
import { nameOf, sourcesOf } from './exportDocuments.ts';
import { exportSteps, firstAnswers } from './exportSteps.ts';
import { exportSummary, previewLines } from './exportText.ts';
import { wishOf } from './exportWish.ts';
import type { ExportAnswers, ExportWish } from './exportWish.ts';
import { askSteps, chooseOne } from '../base/wizard.ts';
import type { StepPlace } from '../base/wizard.ts';
import { messageOf } from '../../core/errorMessage.ts';
import { SOURCE_NAMES } from '../../core/span.ts';

const TITLE = 'Export Corpus';

/** Exports documents in any format: asks step by step, or does what the argument says. */
export async function exportCorpus({ services }: WithServices, argument: unknown): Promise<void> {
  const { sessions } = services;
  const current = sessions.active?.document.uri;
  const wish = argument === undefined ? undefined : wishOf(argument, current);
  if (wish?.documents.length === 0) {
    tellNoSession();
    return;
  }
  if (wish !== undefined) {
    const prepared = await prepare(services, wish);
    if (prepared === undefined || !hasContent(prepared)) return;
    await write(services, prepared, wish);
    return;
  }
  let ready: { readonly prepared: PreparedExport; readonly wish: ExportWish } | undefined;
  const done = await askSteps<ExportAnswers>(
    TITLE,
    [
      ...exportSteps(sessions),
      {
        ask: async (answers, place) => {
          const { target } = answers;
          if (target === undefined) return 'back';
          const asked: ExportWish = { ...answers, target, replace: true };
          const prepared = await prepare(services, asked);
          if (prepared === undefined || !hasContent(prepared)) return 'back';
          ready = { prepared, wish: asked };
          const answer = await confirm(prepared, target, place);
          return answer === 'export' ? answers : answer;
        },
      },
    ],
    firstAnswers(sessions),
  );
  if (done !== undefined && ready !== undefined) await write(services, ready.prepared, ready.wish);
}

async function confirm(
  prepared: PreparedExport,
  target: vscode.Uri,
  place: StepPlace,
): Promise<'export' | 'back' | undefined> {
  const lines = previewLines(prepared, nameOf(target), await inTheWay(prepared, target));
  const items = lines.map(({ kind, label, description, detail }) => ({
    label,
    description,
    ...(detail === undefined ? {} : { detail }),
    ...(kind === 'heading' ? { kind: vscode.QuickPickItemKind.Separator } : {}),
    ...(kind === 'export' ? { value: 'export' as const } : {}),
  }));
  return chooseOne(place, 'Write it? Nothing was written yet.', items, 'export');
}

/** The names of what is at the target already and would be replaced. */
async function inTheWay({ plan }: PreparedExport, target: vscode.Uri): Promise<readonly string[]> {
  const folder = shapeOf(plan.format, plan.split !== undefined) === 'folder';
  if (target.scheme !== 'file') return [];
  if (!folder)
    return [target.fsPath, `${target.fsPath}.${EXPORT_MANIFEST}`].filter(existsSync).map((file) => path.basename(file));
  return existsSync(target.fsPath) ? readdir(target.fsPath) : [];
}

function hasContent({ counts, plan }: PreparedExport): boolean {
  if (counts.sentences > 0) return true;
  const what =
    plan.choice.take === 'reviewed' ? 'is marked as reviewed. Mark some' : 'has gold. Correct or accept some';
  void vscode.window.showWarningMessage(
    `There is nothing to export: no sentence ${what} sentences first, or choose others.`,
  );
  return false;
}

/** Goes through the documents, with progress; undefined where the user stopped it. */
async function prepare(services: Services, wish: ExportWish): Promise<PreparedExport | undefined> {
  const format = formatOf(wish.format);
  if (format === undefined || wish.documents.length === 0) return undefined;
  const plan: ExportPlan = {
    sources: await sourcesOf(wish.documents, services.sessions),
    choice: { take: wish.fill === 'reviewed' ? 'reviewed' : 'gold', labelMap: wish.labelMap, scheme: wish.scheme },
    format,
    split: wish.split,
    records: wish.records,
    filler: wish.fill === 'bert' || wish.fill === 't5' ? fillerOf(services.models, wish.fill) : undefined,
    name: path.posix.basename(wish.target.path).replace(/\.[^.]+$/, ''),
    // Who exports a decision did not make it.
    annotator: '-',
    dataFiles: wish.dataFiles,
    card: { licence: wish.licence, provenance: wish.documents.map(nameOf) },
    version: versionOf(),
  };
  const title =
    plan.filler === undefined
      ? 'Reading the documents for the export'
      : `${plan.filler.name} annotates what has no gold, for the export`;
  return withProgress(title, (signal, progress) => prepareExport(plan, signal, progress));
}

function versionOf(): string {
  const extension = vscode.extensions.getExtension('entity-lens.entity-lens');
  const { version } = (extension?.packageJSON ?? {}) as { readonly version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}

function fillerOf(models: Models, source: ModelSource): Filler {
  const name = SOURCE_NAMES[source];
  return {
    name,
    model: models.identity(source) ?? { id: source, name, files: [] },
    fill: async (sentences, signal) => {
      const layers = new Array<Layer | undefined>(sentences.length).fill(undefined);
      const words = sentences.map(({ tokens }) => tokens.map(({ form }) => form));
      await models.predict(source, 'full', words, {
        signal,
        onBatch(results) {
          for (const [index, { layer }] of results) layers[index] = layer;
        },
      });
      return layers;
    },
  };
}

/** Work that the user may stop, with a notification; undefined where it was stopped. */
async function withProgress<Value>(
  title: string,
  work: (signal: AbortSignal, progress: (share: number) => void) => Promise<Value>,
): Promise<Value | undefined> {
  const controller = new AbortController();
  let shown = 0;
  try {
    return await cancellable(
      title,
      (signal, report) =>
        work(signal, (share) => {
          report({ increment: (share - shown) * 100 });
          shown = share;
        }),
      controller,
    );
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw new Error(`Nothing was exported: ${messageOf(error)}`, { cause: error });
  }
}

async function write(services: Services, prepared: PreparedExport, { target, replace }: ExportWish): Promise<void> {
  const done = await withProgress('Writing the export', async (signal, progress) => {
    if (target.scheme === 'file') return writeExport(prepared, { path: target.fsPath, replace }, signal, progress);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-export-'));
    try {
      const local = path.join(folder, path.posix.basename(target.path));
      const outputs = await writeExport(prepared, { path: local, replace }, signal, progress);
      for (const entry of await readdir(folder))
        await vscode.workspace.fs.copy(
          vscode.Uri.file(path.join(folder, entry)),
          vscode.Uri.joinPath(target, '..', entry),
          { overwrite: replace },
        );
      return outputs;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  if (done === undefined) return;
  const summary = exportSummary(prepared, nameOf(target));
  services.log.info(`${summary} (${target.toString()})`);
  tell(summary, target, shapeOf(prepared.plan.format, prepared.plan.split !== undefined) === 'folder');
}

/** Nobody waits for the answer: the export is done. */
function tell(summary: string, target: vscode.Uri, folder: boolean): void {
  const [open, reveal, manifest] = ['Open File', 'Show in Explorer', 'Show Manifest'] as const;
  const manifestUri = folder
    ? vscode.Uri.joinPath(target, EXPORT_MANIFEST)
    : target.with({ path: `${target.path}.${EXPORT_MANIFEST}` });
  void vscode.window
    .showInformationMessage(summary, ...(folder ? [] : [open]), reveal, manifest)
    .then(async (choice) => {
      if (choice === open) await vscode.window.showTextDocument(target);
      if (choice === manifest) await vscode.window.showTextDocument(manifestUri);
      if (choice !== reveal) return;
      const inside = vscode.workspace.getWorkspaceFolder(target) !== undefined;
      await vscode.commands.executeCommand(
        inside ? 'revealInExplorer' : 'revealFileInOS',
        folder ? manifestUri : target,
      );
    });
}
