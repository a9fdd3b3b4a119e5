import * as vscode from 'vscode';
import type { WithServices } from '../prediction/services.ts';
import type { OwnKeys } from '../settings/ownKeys.ts';
import { PANEL_COMMANDS } from '../../protocol/panelCommands.ts';
import { SOURCES, SOURCE_NAMES } from '../../core/span.ts';

interface Item extends vscode.QuickPickItem {
  readonly command?: string;
}

/** The menu behind the status bar item. */
export async function showMenu({ services }: WithServices): Promise<void> {
  const session = services.sessions.active;
  const items: Item[] = [];
  const add = (command: string, label: string, description = ''): void => {
    items.push({ label, description, command: `entityLens.${command}` });
  };
  const separate = (label: string): void => {
    items.push({ label, kind: vscode.QuickPickItemKind.Separator });
  };
  if (session?.busy !== undefined) add('stopAnnotating', '$(debug-stop) Stop Annotating', session.busy.what);
  else if (session !== undefined && services.annotator.isOn(session)) {
    add('stopAnnotating', '$(circle-slash) Stop Annotating', 'changes are no longer annotated');
    add('annotateDocument', '$(refresh) Annotate Document Again');
  } else add('annotateDocument', '$(play) Annotate Document', 'with both models');
  add('openPanel', '$(table) Open Panel', 'grid, matrices and figures');
  add('toggleAnnotationMode', '$(record-keys) Toggle Annotation Mode', 'keys label, and do not type');
  add('showKeys', '$(keyboard) Show Keys');
  if (session !== undefined) {
    separate('Sentence');
    add('acceptBert', '$(check) Accept BERT for Sentence');
    add('acceptT5', '$(check) Accept T5 for Sentence');
    add('nextDisagreement', '$(arrow-down) Next Disagreement');
    if (session.canUndo) add('undoCorrection', '$(discard) Undo Correction');
    if (session.canRedo) add('redoCorrection', '$(redo) Redo Correction');
    separate('Document');
    const other = session.scheme === 'full' ? 'Simplified' : 'Full';
    add('switchScheme', `$(arrow-swap) Switch to ${other} Scheme`, `now ${session.scheme}`);
    add('exportCorpus', '$(export) Export Corpus…');
  }
  add('importCorpus', '$(cloud-download) Import Corpus…', 'from files of other tools');
  separate('Models');
  const names = services.models.states.filter(({ own }) => own).map(({ name }) => name);
  add('selectModel', '$(chip) Select Model…', names.length === 0 ? 'both are bundled' : names.join(' and '));
  separate('View');
  add('toggleSource', '$(eye) Choose What Is Shown…');
  add('showLog', '$(output) Show Log');
  const choice = await vscode.window.showQuickPick(items, { title: 'Entity Lens', placeHolder: 'What to do' });
  if (choice?.command !== undefined) await vscode.commands.executeCommand(choice.command);
}

/** What works on the keys that hold for this person too. */
export interface WithKeys extends WithServices {
  readonly keys: OwnKeys;
}

/** The keys of annotation mode as a list from which they can be run too; in the panel the page shows its own. */
export async function showKeys({ services, keys: own }: WithKeys): Promise<void> {
  const labels = services.sessions.active?.labelSet ?? [];
  const { keys } = own;
  const items: (vscode.QuickPickItem & { readonly run?: readonly [string, unknown?] })[] = [
    { label: 'Labels', kind: vscode.QuickPickItemKind.Separator },
    ...labels.map(({ name, key, description }) => {
      const run = ['entityLens.labelSelection', { label: name }] as const;
      return { label: `${key.toUpperCase()}  ${name}`, description, run };
    }),
    { label: 'Commands', kind: vscode.QuickPickItemKind.Separator },
    ...PANEL_COMMANDS.filter((command) => keys[command].length > 0).map((command) => {
      const run = [`entityLens.${command}`] as const;
      return { label: `${keys[command].join(', ')}  ${own.titleOf(command)}`, run };
    }),
  ];
  const title = 'Keys of the panel and of annotation mode (Ctrl+K I)';
  const choice = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (choice?.run !== undefined) await vscode.commands.executeCommand(...choice.run);
}

const shownParts = [...SOURCES, 'disagreements'] as const;
type ShownPart = (typeof shownParts)[number];

/** Chooses which sources are drawn: the one that the argument names is turned round, or the user picks. */
export async function toggleSource({ services }: WithServices, argument: unknown): Promise<void> {
  const resource = services.sessions.active?.document.uri;
  const { decorations } = services.settings(resource);
  const named = sourceOf(argument);
  if (named !== undefined) {
    await show(resource, named, !decorations[named]);
    return;
  }
  const items = shownParts.map((part) => ({
    part,
    label: part === 'disagreements' ? 'Disagreements' : SOURCE_NAMES[part],
    picked: decorations[part],
  }));
  const options = { canPickMany: true, title: 'Entity Lens: show in the editor' } as const;
  const picked = await vscode.window.showQuickPick(items, options);
  if (picked === undefined) return;
  for (const { part } of items) {
    const on = picked.some((item) => item.part === part);
    if (on !== decorations[part]) await show(resource, part, on);
  }
}

function sourceOf(argument: unknown): ShownPart | undefined {
  if (typeof argument !== 'object' || argument === null || !('source' in argument)) return undefined;
  return shownParts.find((part) => part === argument.source);
}

/** Writes the setting where it is set already, so that the change has an effect; else for the user. */
async function show(resource: vscode.Uri | undefined, part: ShownPart, on: boolean): Promise<void> {
  const section = vscode.workspace.getConfiguration('entityLens.decorations', resource ?? null);
  const known = section.inspect(part);
  const target =
    known?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : known?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await section.update(part, on, target);
}
