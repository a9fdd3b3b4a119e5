import * as vscode from 'vscode';
import type { CommandTable } from '../base/commands.ts';
import type { CurrentSentence } from '../document/currentSentence.ts';
import { isPlace, sentenceTarget } from '../decisions/targets.ts';
import type { WithServices } from '../prediction/services.ts';
import type { PanelHost } from './panelHost.ts';
import { messageOf } from '../../core/errorMessage.ts';

/** What the commands of the panel work on. */
export interface WithPanel extends WithServices {
  readonly current: CurrentSentence;
  readonly panel: PanelHost;
}

/** Shows the panel, at the sentence that a link names. */
async function openPanel({ services, current, panel }: WithPanel, argument: unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && services.sessions.get(document.uri) === undefined) {
    // A document that cannot be annotated is no reason to keep the panel closed: it says what to open.
    await services.sessions.ensure(document).then(undefined, (error: unknown) => {
      services.log.info(messageOf(error));
    });
  }
  if (isPlace(argument)) {
    const target = sentenceTarget(services, current, argument);
    if (target !== undefined) current.select(target.session, target.index);
  }
  panel.open();
}

export const panelCommands = {
  'entityLens.openPanel': openPanel,
  'entityLens.showTokens': openPanel,
} as const satisfies CommandTable<WithPanel>;
