import * as vscode from 'vscode';

/** The moving line at the top of a view, there as long as something works. */
export class ViewProgress implements vscode.Disposable {
  readonly #view: string;
  #end: (() => void) | undefined;

  constructor(view: string) {
    this.#view = view;
  }

  show(works: boolean): void {
    if (works === (this.#end !== undefined)) return;
    if (!works) {
      this.dispose();
      return;
    }
    const until = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    void vscode.window.withProgress({ location: { viewId: this.#view } }, () => until);
  }

  dispose(): void {
    this.#end?.();
    this.#end = undefined;
  }
}
