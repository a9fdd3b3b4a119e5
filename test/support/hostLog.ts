import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** One entry of a log: its first line and what follows it, such as a stack. */
export interface LogEntry {
  /** File below the log folder, such as `exthost1/remoteexthost.log`. */
  readonly file: string;
  readonly level: string;
  readonly text: string;
}

const entryStart = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[(\w+)\] ?(.*)$/;

/** The entries of one log file's text. */
export const parseLog = (file: string, text: string): readonly LogEntry[] => {
  const entries: { file: string; level: string; text: string }[] = [];
  for (const line of text.split('\n')) {
    const match = entryStart.exec(line);
    const last = entries.at(-1);
    if (match !== null) entries.push({ file, level: match[1] ?? '', text: match[2] ?? '' });
    else if (last !== undefined && line !== '') last.text += `\n${line}`;
  }
  return entries;
};

/** All entries that the extension host and the extensions in it have written, in the order of the files' names. */
export const readHostLog = async (logFolder: string): Promise<readonly LogEntry[]> => {
  const names = await readdir(logFolder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => /exthost\d/.test(name) && name.endsWith('.log')).sort();
  const entries = await Promise.all(
    files.map(async (name) => {
      const short = name.split(path.sep).slice(1).join('/');
      return parseLog(short, await readFile(path.join(logFolder, name), 'utf8'));
    }),
  );
  return entries.flat();
};
