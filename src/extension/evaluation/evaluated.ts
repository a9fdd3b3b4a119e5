import type * as vscode from 'vscode';
import type { PlannedView } from '../../core/evaluationPlan.ts';
import type { Example } from '../../core/examples.ts';
import type { Report } from '../../core/report/report.ts';
import type { Scheme } from '../../core/scheme.ts';

/** The places of one system on one corpus, by failure mode and by cell. */
export interface KeptPlaces {
  readonly examples: ReadonlyMap<string, readonly Example[]>;
  readonly cells: ReadonlyMap<string, readonly Example[]>;
}

/** An evaluation that is done. */
export interface Evaluated {
  readonly title: string;
  readonly report: Report;
  readonly plan: readonly PlannedView[];
  /** By `placesKey`. */
  readonly places: ReadonlyMap<string, KeptPlaces>;
  /** The files of each corpus by their names in it. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, vscode.Uri>>;
  /** What a reader of the figures should know besides them. */
  readonly notices: readonly string[];
}

/** An evaluation with the number by which the session knows it. */
export interface NumberedEvaluation extends Evaluated {
  readonly id: number;
}

/** The key of a system on a corpus in a scheme. */
export function placesKey(scheme: Scheme, corpus: string, system: string): string {
  return JSON.stringify([scheme, corpus, system]);
}
