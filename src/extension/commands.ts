import * as vscode from 'vscode';
import { PANEL_COMMANDS } from '../protocol/panelCommands.ts';
import type { PanelCommand } from '../protocol/panelCommands.ts';
import type { Command } from './base/commands.ts';
import { compareCommands } from './compare/commands.ts';
import type { Comparing } from './compare/compareCommands.ts';
import { corpusCommands } from './corpus/commands.ts';
import type { WithCorpus } from './corpus/corpusCommands.ts';
import { editorCommands } from './editor/commands.ts';
import type { Editing } from './editor/commands.ts';
import { evaluationCommands } from './evaluation/commands.ts';
import type { Evaluating } from './evaluation/evaluationCommands.ts';
import { exchangeCommands } from './exchange/commands.ts';
import type { Importing } from './exchange/importCommand.ts';
import { figureCommands } from './figures/commands.ts';
import { modelCommands } from './models/commands.ts';
import { panelCommands } from './panel/commands.ts';
import type { WithPanel } from './panel/commands.ts';
import { reviewCommands } from './review/commands.ts';
import { searchCommands } from './search/commands.ts';
import type { Searching } from './search/searchCommands.ts';
import { messageOf } from '../core/errorMessage.ts';

/** What all commands together work on; each knows only what its own feature declares. */
interface Surface extends Editing, WithPanel, WithCorpus, Searching, Comparing, Evaluating, Importing {}

const commands: Readonly<Record<string, Command<Surface>>> = {
  ...editorCommands,
  ...panelCommands,
  ...reviewCommands,
  ...compareCommands,
  ...corpusCommands,
  ...searchCommands,
  ...exchangeCommands,
  ...evaluationCommands,
  ...figureCommands,
  ...modelCommands,
};

/** Registers all commands. What a command throws is logged and told, with the way to the log. */
export function registerCommands(surface: Surface): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, command]) =>
    vscode.commands.registerCommand(name, async (argument: unknown, selection: unknown) => {
      try {
        // In the panel a key means what is selected there; the page comes back with it.
        const own = panelCommandOf(name);
        if (own !== undefined && argument === undefined && surface.panel.run(own)) return undefined;
        return await command(surface, argument, selection);
      } catch (error) {
        surface.services.log.error(error instanceof Error ? error : String(error));
        const choice = await vscode.window.showErrorMessage(messageOf(error), 'Show Log');
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
