import * as vscode from 'vscode';

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

/** A file system in memory, as a virtual workspace has one. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #files: ReadonlyMap<string, Uint8Array>;

  /** Contents by their paths. */
  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]));
    this.onDidChangeFile = this.#changed.event;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(path);
    const isFolder = [...this.#files.keys()].some((name) => name.startsWith(path.endsWith('/') ? path : `${path}/`));
    if (file === undefined && !isFolder) throw vscode.FileSystemError.FileNotFound(path);
    const type = file === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const rests = [...this.#files.keys()].flatMap((name) =>
      name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
    );
    const entries = rests.map((rest): [string, vscode.FileType] => {
      const slash = rest.indexOf('/');
      return slash < 0 ? [rest, vscode.FileType.File] : [rest.slice(0, slash), vscode.FileType.Directory];
    });
    return [...new Map(entries)];
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.#files.get(path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return file;
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
