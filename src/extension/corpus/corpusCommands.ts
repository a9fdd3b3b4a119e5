import * as vscode from 'vscode';
import type { WithServices } from '../prediction/services.ts';
import type { Corpus } from './corpus.ts';

/** What the commands of the corpus work on. */
export interface WithCorpus extends WithServices {
  readonly corpus: Corpus;
}

/** Chooses the folder that is the corpus, by dialog or as passed. */
export async function chooseCorpusFolder({ corpus }: WithCorpus, argument: unknown): Promise<void> {
  const passed = argument instanceof vscode.Uri ? argument : undefined;
  const [chosen] =
    passed === undefined
      ? ((await vscode.window.showOpenDialog({
          title: 'Choose Corpus Folder',
          openLabel: 'Use as Corpus',
          canSelectFiles: false,
          canSelectFolders: true,
          ...(corpus.folders[0] === undefined ? {} : { defaultUri: corpus.folders[0] }),
        })) ?? [])
      : [passed];
  if (chosen === undefined) return;
  await corpus.choose(chosen);
  await show(corpus);
}

/** Makes the whole workspace the corpus again. */
export async function useWorkspaceAsCorpus({ corpus }: WithCorpus): Promise<void> {
  await corpus.choose(undefined);
  await show(corpus);
}

async function show(corpus: Corpus): Promise<void> {
  await vscode.commands.executeCommand('entityLensCorpus.focus');
  await corpus.ensure();
}

/** Opens a document of the corpus and has both models annotate it. */
export async function annotateCorpusDocument({ services }: WithServices, argument: unknown): Promise<void> {
  const address =
    typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string'
      ? argument.uri
      : undefined;
  if (address === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(address));
  await vscode.window.showTextDocument(document, { preview: false });
  const session = await services.sessions.ensure(document);
  await services.annotator.switchOn(session);
  await services.annotator.annotate(session);
}
