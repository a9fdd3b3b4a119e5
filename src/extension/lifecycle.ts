import type * as vscode from 'vscode';
import { Annotator } from './prediction/annotator.ts';
import { readSettings } from './settings/settings.ts';
import { GoldFiles } from './document/gold/goldFiles.ts';
import { createLog } from './base/log.ts';
import { ModelHost } from './prediction/modelHost.ts';
import { HubTokens } from './prediction/hubTokens.ts';
import { followRenames } from './document/gold/renames.ts';
import type { Services } from './prediction/services.ts';
import { Sessions } from './document/sessions.ts';
import { registerSurfaces } from './surfaces.ts';
import { SwitchedOn } from './prediction/switchedOn.ts';

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
