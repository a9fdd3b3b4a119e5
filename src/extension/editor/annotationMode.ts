import * as vscode from 'vscode';
import type { LabelInUse } from '../settings/labels.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';

const CONTEXT_KEY = 'entityLens.annotationMode';
/** Commands of the editor that put text into it, each with what still does so under the name `default:…`. */
const TYPING = ['type', 'replacePreviousChar', 'compositionType', 'paste', 'cut'] as const;

/** What a typed character does in annotation mode. */
export interface ModeActions {
  label(name: string, next: boolean): unknown;
  showKeys(): unknown;
}

/**
 * The editor's annotation mode: single keys label, accept and move as in the panel, and no key changes the text. Keys of
 * commands are keybindings under our own context key; characters come through VS Code's commands for typing, which are
 * ours only while the mode is on.
 */
export class AnnotationMode implements vscode.Disposable {
  readonly #services: Pick<Services, 'sessions'>;
  readonly #item = vscode.window.createStatusBarItem('entityLens.mode', vscode.StatusBarAlignment.Right, 89);
  readonly #subscriptions: readonly { dispose(): void }[];
  #typing: { dispose(): void } | undefined;

  constructor(services: Pick<Services, 'sessions'>) {
    this.#services = services;
    this.#item.name = 'Entity Lens: Annotation Mode';
    this.#item.text = '$(record-keys) Annotation mode';
    this.#item.accessibilityInformation = { label: 'Annotation mode: keys label and do not type', role: 'button' };
    this.#item.tooltip = 'Keys label, accept and move instead of typing. ? shows them, Escape leaves the mode.';
    this.#item.command = 'entityLens.leaveAnnotationMode';
    this.#subscriptions = [
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#draw();
      }),
      services.sessions.onDidChangeActive(() => {
        this.#draw();
      }),
    ];
  }

  get on(): boolean {
    return this.#typing !== undefined;
  }

  /** Turns the mode on or off; where another extension has taken over typing, it stays off and says why. */
  toggle(actions: ModeActions): void {
    if (this.on) {
      this.leave();
      return;
    }
    const made: vscode.Disposable[] = [];
    try {
      for (const command of TYPING)
        made.push(
          vscode.commands.registerCommand(command, (argument: unknown) => this.#typed(command, argument, actions)),
        );
    } catch {
      for (const disposable of made) disposable.dispose();
      void vscode.window.showWarningMessage(
        'Another extension (such as one for Vim keys) handles what is typed, so that annotation mode cannot. Use the panel, or Ctrl+K L and the label’s key.',
      );
      return;
    }
    this.#typing = vscode.Disposable.from(...made);
    this.#draw();
    vscode.window.setStatusBarMessage(
      'Annotation mode: keys label and do not type. ? shows the keys, Escape leaves.',
      5000,
    );
  }

  leave(): void {
    this.#typing?.dispose();
    this.#typing = undefined;
    this.#draw();
  }

  dispose(): void {
    this.#typing?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, this.on);
    if (this.on && this.#session() !== undefined) this.#item.show();
    else this.#item.hide();
  }

  /** The session of the active editor, where it is one that is annotated. */
  #session(): Session | undefined {
    const document = vscode.window.activeTextEditor?.document;
    const session = document === undefined ? undefined : this.#services.sessions.get(document.uri);
    return session?.document === document ? session : undefined;
  }

  async #typed(command: (typeof TYPING)[number], argument: unknown, actions: ModeActions): Promise<unknown> {
    const session = this.#session();
    if (session === undefined) return vscode.commands.executeCommand(`default:${command}`, argument);
    const text = textOf(argument);
    if (command === 'type' && text === '?') return actions.showKeys();
    const label = command === 'type' ? labelOfKey(session.labelSet, text) : undefined;
    // A capital letter goes on to the next sentence, as Shift does in the panel.
    if (label !== undefined) return actions.label(label.name, text !== text.toLowerCase());
    const what =
      command === 'type' && text !== '' ? `“${text}” is no key of annotation mode` : 'The text stays as it is';
    vscode.window.setStatusBarMessage(`${what}: ? shows the keys, Escape leaves the mode.`, 4000);
    return undefined;
  }
}

function textOf(argument: unknown): string {
  if (typeof argument !== 'object' || argument === null || !('text' in argument)) return '';
  return typeof argument.text === 'string' ? argument.text : '';
}

/** The label that a typed character means: by its key, or by its place from 1 to 9. */
export function labelOfKey(labels: readonly LabelInUse[], typed: string): LabelInUse | undefined {
  const key = typed.toLowerCase();
  if (key === '') return undefined;
  return labels.find((label) => label.key === key) ?? (/^[1-9]$/.test(key) ? labels[Number(key) - 1] : undefined);
}
