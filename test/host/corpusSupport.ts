import type * as vscode from 'vscode';

/** Columns of UNER with one token a line; a blank line ends a sentence. */
export function columns(lines: readonly string[], comment = ''): string {
  let number = 0;
  const rows = lines.map((line) => {
    number = line === '' ? 0 : number + 1;
    return line === '' ? '' : `${String(number)}\t${line.replace(' ', '\t')}\t-\t-`;
  });
  return `${comment}${rows.join('\n')}\n`;
}

/** A place for what the workspace remembers, for one test. */
export function memory(): vscode.Memento {
  const values = new Map<string, unknown>();
  const memento = {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key),
    update: (key: string, value: unknown) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
  return memento as vscode.Memento;
}
