import { readFileSync, readdirSync } from 'node:fs';
import { inRoot } from '../../../scripts/lib/paths.mjs';

/** A part of the manifest's JSON schema of a setting. */
export interface Schema {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Schema>> }[];
    readonly colors: readonly { readonly id: string }[];
  };
}

/** What package.json says. */
export const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as Manifest;

/** The pages of docs/. */
export const pages = readdirSync(inRoot('docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

/** The text of a file of the repository. */
export const read = (file: string): string => readFileSync(inRoot(file), 'utf8');

/** The rows of all tables of a page: their cells without the blanks around them. */
export const rowsOf = (file: string): readonly (readonly string[])[] =>
  read(file)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

export const rowNamed = (rows: readonly (readonly string[])[], name: string): readonly string[] | undefined =>
  rows.find(([first]) => first === name);

/** What stands between backticks in a cell. */
export const codesIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
