import * as vscode from 'vscode';
import type { PanelCommand } from '../../protocol/panelCommands.ts';
import { keysInForce, readKeybindings } from './keysInForce.ts';
import type { Keybinding, KeysInForce } from './keysInForce.ts';

/** The parts of the extension's context that are read. */
type Context = Pick<vscode.ExtensionContext, 'globalStorageUri'> & {
  readonly extension: Pick<vscode.Extension<unknown>, 'packageJSON'>;
};

interface Contributions {
  readonly keybindings: readonly Keybinding[];
  readonly commands: readonly { readonly command: string; readonly title: string }[];
}

/**
 * The keys of our commands as they hold for this person. VS Code tells no extension about keybindings, so that a person's
 * own are read from the file where VS Code keeps them; where it cannot be reached, the keys that we bring are shown.
 */
export class OwnKeys {
  readonly #contributed: readonly Keybinding[];
  readonly #places: readonly vscode.Uri[];
  readonly #titles: ReadonlyMap<string, string>;
  #keys: KeysInForce;

  constructor({ extension, globalStorageUri }: Context) {
    const { contributes } = extension.packageJSON as { readonly contributes: Contributions };
    this.#titles = new Map(contributes.commands.map(({ command, title }) => [command, title]));
    this.#contributed = contributes.keybindings;
    this.#keys = keysInForce(this.#contributed);
    this.#places = [
      // Beside the storage of extensions, also in a profile of its own.
      vscode.Uri.joinPath(globalStorageUri, '..', '..', 'keybindings.json'),
      // Where the window belongs to another machine than the extension.
      vscode.Uri.from({ scheme: 'vscode-userdata', path: '/User/keybindings.json' }),
    ];
  }

  titleOf(command: PanelCommand): string {
    return this.#titles.get(`entityLens.${command}`) ?? command;
  }

  get keys(): KeysInForce {
    return this.#keys;
  }

  /** Reads a person's file again; true where other keys are in force then. */
  async refresh(): Promise<boolean> {
    const before = JSON.stringify(this.#keys);
    this.#keys = keysInForce(this.#contributed, await this.#read());
    return JSON.stringify(this.#keys) !== before;
  }

  async #read(): Promise<readonly Keybinding[]> {
    for (const place of this.#places) {
      try {
        return readKeybindings(new TextDecoder().decode(await vscode.workspace.fs.readFile(place)));
      } catch {
        // There is no such file here: a person who changed no key has none.
      }
    }
    return [];
  }
}
