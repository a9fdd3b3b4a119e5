import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { inRoot } from '../../scripts/lib/paths.mjs';

/** VS Code's own names of the themes in which everything is tried. */
export const themeNames = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  hcDark: 'Default High Contrast',
  hcLight: 'Default High Contrast Light',
} as const;
export type ThemeName = keyof typeof themeNames;

const themeSchema = v.object({
  bodyClass: v.string(),
  data: v.record(v.string(), v.string()),
  variables: v.record(v.string(), v.string()),
});
const capturedSchema = v.object({
  defaultStyles: v.string(),
  themes: v.object({ dark: themeSchema, light: themeSchema, hcDark: themeSchema, hcLight: themeSchema }),
});

/** What VS Code gives the page of a webview in one theme. */
export interface WebviewTheme {
  /** The style sheet that stands before the page's own. */
  readonly defaultStyles: string;
  readonly bodyClass: string;
  /** Attributes of the body, by their names in a dataset. */
  readonly data: Readonly<Record<string, string>>;
  /** Custom properties of the root element, those of the colours that the extension contributes included. */
  readonly variables: Readonly<Record<string, string>>;
}

const manifestSchema = v.object({
  contributes: v.object({
    colors: v.optional(v.array(v.object({ id: v.string(), defaults: v.record(v.string(), v.string()) })), []),
  }),
});
const colourKeys = { dark: 'dark', light: 'light', hcDark: 'highContrast', hcLight: 'highContrastLight' } as const;

const variableOf = (colour: string): string => `--vscode-${colour.replaceAll('.', '-')}`;

const readJson = async (...parts: string[]): Promise<unknown> => JSON.parse(await readFile(inRoot(...parts), 'utf8'));

/** The theme as it was captured from a real webview, with the colours that package.json contributes now. */
export const webviewTheme = async (name: ThemeName): Promise<WebviewTheme> => {
  const captured = v.parse(capturedSchema, await readJson('test', 'fixtures', 'webviewThemes.json'));
  const manifest = v.parse(manifestSchema, await readJson('package.json'));
  const theme = captured.themes[name];
  const contributed = manifest.contributes.colors.map(({ id, defaults }): [string, string] => {
    const value =
      defaults[colourKeys[name]] ?? defaults[name.startsWith('hc') ? name.slice(2).toLowerCase() : name] ?? '';
    // A default is a colour or another colour's name.
    return [variableOf(id), value.startsWith('#') ? value : (theme.variables[variableOf(value)] ?? '')];
  });
  const variables = { ...theme.variables, ...Object.fromEntries(contributed.filter(([, value]) => value !== '')) };
  return { ...theme, variables, defaultStyles: captured.defaultStyles };
};
