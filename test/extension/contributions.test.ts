import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { COLUMN_ENDINGS } from '../../src/core/columns/columnFiles.ts';
import { DEFAULTS } from '../../src/extension/settings/defaults.ts';
import { PANEL_COMMANDS } from '../../src/protocol/panelCommands.ts';

/** Keys of VS Code that our clauses use. A misspelt key is never true, and nobody is told. */
const KEYS_OF_VSCODE = new Set([
  ...['activeWebviewPanelId', 'auxiliaryBarFocus', 'editorHasSelection', 'editorTabMovesFocus', 'editorTextFocus'],
  ...['explorerResourceIsFolder', 'findWidgetVisible', 'hasSearchResult', 'inReferenceSearchEditor', 'inSearchEditor'],
  ...['inputFocus', 'listFocus', 'notificationFocus', 'panelFocus', 'parameterHintsVisible', 'referenceSearchVisible'],
  ...['renameInputVisible', 'resourceExtname', 'resourceLangId', 'sideBarFocus', 'statusBarFocused'],
  ...['suggestWidgetVisible', 'view', 'viewItem', 'workspaceFolderCount'],
]);

/** Where the focus is when the keys of the panel do not hold. */
const ELSEWHERE = ['input', 'list', 'sideBar', 'panel', 'auxiliaryBar', 'notification'].map((part) => `${part}Focus`);

/** The clause of the keys that the panel and annotation mode share; VS Code has no names for parts of clauses. */
const PANEL_OR_MODE = [
  'entityLens.annotationMode && entityLens.editorHasSession && editorTextFocus',
  ["activeWebviewPanelId == 'entityLens.panel'", ...[...ELSEWHERE, 'statusBarFocused'].map((key) => `!${key}`)].join(
    ' && ',
  ),
].join(' || ');

interface Contributions {
  readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
  readonly languages: readonly { readonly id: string; readonly extensions?: readonly string[] }[];
  readonly configuration:
    | { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> }
    | readonly { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> }[];
}

const { contributes } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { contributes: Contributions };

function clausesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if ((key === 'when' || key === 'enablement') && typeof inner === 'string') return [inner];
    if (key === 'completionEvents' && Array.isArray(inner))
      return inner.flatMap((event) => /^onContext:(.*)$/.exec(String(event))?.[1] ?? []);
    return clausesIn(inner);
  });
}

/** The keys that a clause asks for, without what they are compared with. */
function keysOf(clause: string): readonly string[] {
  const bare = clause.replaceAll(/(?:==|!=|=~|[<>]=?)\s*(?:'[^']*'|\/(?:\\.|[^/])+\/[a-z]*|[^\s)]+)/g, '');
  return (bare.match(/[A-Za-z][\w.]*/g) ?? []).filter((key) => key !== 'true' && key !== 'false');
}

function ownKeys(): ReadonlySet<string> {
  const folder = inRoot('src', 'extension');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const set = /(?:'setContext',\s*|#set\(|CONTEXT_KEY = )'(entityLens\.\w+)'/g;
  return new Set(sources.flatMap((text) => [...text.matchAll(set)].map(([, key = '']) => key)));
}

describe('package.json', () => {
  const clauses = clausesIn(contributes);
  const own = ownKeys();

  it('asks in its clauses for keys that the extension sets or that VS Code has', () => {
    assert.ok(clauses.length > 100 && own.size > 5);
    const unknown = clauses.flatMap(keysOf).filter((key) => !own.has(key) && !KEYS_OF_VSCODE.has(key));
    assert.deepEqual([...new Set(unknown)], []);
  });

  it('uses every key that the extension sets', () => {
    const asked = new Set(clauses.flatMap(keysOf));
    assert.deepEqual(
      [...own].filter((key) => !asked.has(key)),
      [],
    );
  });

  it('gives the keys of the panel and of annotation mode one clause', () => {
    const names = new Set<string>(PANEL_COMMANDS.map((name) => `entityLens.${name}`));
    const shared = contributes.keybindings.filter(
      ({ command, when }) => names.has(command) && when?.includes("'entityLens.panel'"),
    );
    assert.ok(shared.length > 20);
    assert.deepEqual([...new Set(shared.map(({ when }) => when))], [PANEL_OR_MODE]);
  });

  it('tells the defaults that hold in the code', () => {
    const parts = [contributes.configuration].flat();
    const told = parts.flatMap(({ properties }) =>
      Object.entries(properties).map(([name, setting]) => [name.replace('entityLens.', ''), setting.default] as const),
    );
    assert.deepEqual(Object.fromEntries(told), DEFAULTS);
  });

  it('lists the endings of column files as the code does', () => {
    const language = contributes.languages.find(({ id }) => id === 'iob2');
    assert.deepEqual(
      language?.extensions,
      COLUMN_ENDINGS.map((ending) => `.${ending}`),
    );
  });
});
