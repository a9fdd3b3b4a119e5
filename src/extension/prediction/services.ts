import type * as vscode from 'vscode';
import type { ExportModel } from '../../core/exportManifest.ts';
import type { Prediction } from '../../core/prediction.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import type { ModelChoice } from '../../node/models/modelChoice.ts';
import type { Result } from '../../core/result.ts';
import type { ModelUse } from '../../node/models/modelRun.ts';
import type { PredictOptions } from '../../node/models/predictor.ts';
import type { HubTokens } from './hubTokens.ts';
import type { Session, SessionList } from '../document/session.ts';
import type { SurfaceSettings } from '../settings/settings.ts';

/** Runs both models over a session; what goes wrong is told by the session and the model states, never thrown. */
export interface Annotating {
  annotate(session: Session): Promise<void>;
  cancel(session: Session): void;
  isOn(session: Session): boolean;
  switchOn(session: Session): Promise<void>;
  switchOff(session: Session): Promise<void>;
}

/** What is known of one model. */
export interface ModelState {
  readonly source: ModelSource;
  readonly name: string;
  /** Whether the user named it in place of the bundled one. */
  readonly own: boolean;
  /** The host that sentences are sent to; undefined for a model of this machine. */
  readonly host?: string | undefined;
  readonly state: 'idle' | 'loading' | 'ready' | 'failed';
  readonly message: string | undefined;
  /** Why it failed, as an identifier; undefined where it did not. */
  readonly reason: string | undefined;
}

/** What a model cost: time in milliseconds without that of the other model, pieces read and written, and the bytes by which its process grew when it was loaded. */
export interface ModelCost {
  readonly sentences: number;
  readonly milliseconds: number;
  readonly pieces: number;
  readonly generatedPieces: number;
  readonly loadedBytes: number;
}

/** The part of the predictor that the surfaces use. */
export interface Models {
  readonly states: readonly ModelState[];
  /** The folder of downloaded models. */
  readonly storage: string;
  /** The labels of the models that the user named. */
  readonly ownLabels: readonly string[];
  onDidChangeState(listener: () => void): { dispose(): void };
  /** What predicting cost in a scheme so far; remembered predictions are not in it. */
  stats(source: ModelSource, scheme: Scheme): ModelCost;
  /** The bytes that the model process holds now, 0 where none runs. */
  measureMemory(): Promise<number>;
  /** A family's model for the full scheme, by its name and files; undefined where there is none. */
  identity(source: ModelSource): ExportModel | undefined;
  /** Fires when other models took over: what the old ones said is void. */
  onDidReplace(listener: () => void): { dispose(): void };
  cached(source: ModelSource, scheme: Scheme, words: readonly string[]): Prediction | undefined;
  predict(
    source: ModelSource,
    scheme: Scheme,
    sentences: readonly (readonly string[])[],
    options: PredictOptions,
  ): Promise<void>;
  /** Starts anew with the settings and the files as they are now. */
  reload(): void;
  /** Loads a model in a process of its own and asks it one sentence; gives its labels. Rejects with what is wrong. */
  tryOut(source: ModelSource, choice: ModelChoice, signal: AbortSignal): Promise<readonly string[]>;
  /** The model that answers, or why none does. */
  use(source: ModelSource, scheme: Scheme): Result<ModelUse>;
}

/** Everything that the surfaces are built on. */
export interface Services {
  /** The extension's folder. */
  readonly extension: vscode.Uri;
  readonly sessions: SessionList;
  readonly annotator: Annotating;
  readonly models: Models;
  readonly hubTokens: HubTokens;
  settings(resource: vscode.Uri | undefined): SurfaceSettings;
  readonly log: vscode.LogOutputChannel;
}

/** What works on the services alone. */
export interface WithServices {
  readonly services: Services;
}
