import * as vscode from 'vscode';
import type { Evaluated, NumberedEvaluation } from './evaluated.ts';

/** More are hardly looked at again, and each holds some thousand places. */
const KEPT = 10;

/** The evaluations of this session, the newest first. */
export class Evaluations implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #all: readonly NumberedEvaluation[] = [];
  #shown: number | undefined;
  #next = 1;

  get all(): readonly NumberedEvaluation[] {
    return this.#all;
  }

  /** The one that is looked at. */
  get shown(): NumberedEvaluation | undefined {
    return this.get(this.#shown) ?? this.#all[0];
  }

  get(id: number | undefined): NumberedEvaluation | undefined {
    return this.#all.find((one) => one.id === id);
  }

  /** Keeps an evaluation and shows it. */
  add(evaluated: Evaluated): NumberedEvaluation {
    const numbered = { ...evaluated, id: this.#next++ };
    this.#all = [numbered, ...this.#all].slice(0, KEPT);
    this.show(numbered.id);
    return numbered;
  }

  show(id: number): void {
    this.#shown = id;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
