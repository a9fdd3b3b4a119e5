import * as v from 'valibot';
import type { Disposable, Port } from '../../src/protocol/channel.ts';

/** What VS Code gives a webview, once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): WebviewApi;

/** The page's way out: messages to the host, and a place for what the page itself remembers while it is hidden. */
export interface Host<Ui> extends Port {
  loadUi(): Ui;
  saveUi(ui: Ui): void;
}

/** Must be called once: VS Code hands its API to the first caller only. `initial` holds where nothing fitting is remembered. */
export function connectHost<Ui>(schema: v.GenericSchema<unknown, Ui>, initial: Ui): Host<Ui> {
  const api = acquireVsCodeApi();
  return {
    post(message) {
      api.postMessage(message);
    },
    onMessage(listener): Disposable {
      const onMessage = (event: MessageEvent<unknown>): void => {
        listener(event.data);
      };
      window.addEventListener('message', onMessage);
      return {
        dispose() {
          window.removeEventListener('message', onMessage);
        },
      };
    },
    loadUi() {
      // A state that an older version of the page left behind is not worth a migration.
      const parsed = v.safeParse(schema, api.getState());
      return parsed.success ? parsed.output : initial;
    },
    saveUi(ui) {
      api.setState(ui);
    },
  };
}
