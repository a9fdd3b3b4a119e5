import type { DeclaredLabel } from '../../core/declaredLabels.ts';

/** The letters that the panel uses itself, so that no label takes them. */
const PANEL_KEYS: ReadonlySet<string> = new Set('bdejknot');

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
/** The number of label colours; labels beyond it use them again from the first. */
export const LABEL_COLORS = 9;

/** A configured label with the key that sets it. */
export interface LabelSetting {
  readonly name: string;
  readonly key: string;
  /** The place among the nine label colours that was asked for, from 1. */
  readonly color?: number;
  readonly description?: string;
}

/** A label in use: its key (empty where no key is left), its place among the colours from 1, and what it is for. */
export interface LabelInUse {
  readonly name: string;
  readonly key: string;
  readonly color: number;
  readonly description: string;
}

/** The labels that are configured where the setting cannot be read. */
export const DEFAULT_LABELS: readonly LabelSetting[] = [
  { name: 'PER', key: 'p', description: 'A person' },
  { name: 'LOC', key: 'l', description: 'A place' },
  { name: 'ORG', key: 'g', description: 'An organisation' },
];

/** A row of the setting, as far as it can be used. */
function labelRow(value: unknown): LabelSetting | undefined {
  if (typeof value === 'string') return labelRow({ name: value });
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  const { name } = value;
  if (typeof name !== 'string' || !/^\S+$/.test(name)) return undefined;
  const { key = '', color, description } = value as Readonly<Record<string, unknown>>;
  return {
    name,
    key: typeof key === 'string' ? usableKey(key) : '',
    ...(typeof color === 'number' && Number.isInteger(color) && color >= 1 && color <= LABEL_COLORS ? { color } : {}),
    ...(typeof description === 'string' && description.trim() !== '' ? { description: description.trim() } : {}),
  };
}

/** A key that a label may have, in lower case; empty where it cannot be one. */
function usableKey(key: string): string {
  const lower = key.toLowerCase();
  return /^[a-z]$/.test(lower) && !PANEL_KEYS.has(lower) ? lower : '';
}

/**
 * The configured labels with a key each: the one asked for where it is free, else the first free letter of the name,
 * else a digit for the first nine, else any free letter, else none (the empty string). A name that is listed twice counts once.
 */
export function labelSettings(setting: unknown): readonly LabelSetting[] {
  const rows = Array.isArray(setting) ? setting.map(labelRow).filter((row) => row !== undefined) : [];
  const unique = rows.filter(({ name }, index) => rows.findIndex((row) => row.name === name) === index);
  return withKeys(unique.length === 0 ? DEFAULT_LABELS : unique);
}

/** A key that the setting asks for and its label does not have, and why. */
export interface RefusedKey {
  readonly name: string;
  readonly asked: string;
  /** The key that it has instead; empty where none is left. */
  readonly key: string;
  readonly why: string;
}

/** The keys of the setting that cannot be had. */
export function refusedKeys(setting: unknown): readonly RefusedKey[] {
  if (!Array.isArray(setting)) return [];
  const given = labelSettings(setting);
  const told = new Set<string>();
  return setting.flatMap((row: unknown): readonly RefusedKey[] => {
    const name = labelRow(row)?.name;
    const asked: unknown = typeof row === 'object' && row !== null && 'key' in row ? row.key : undefined;
    if (name === undefined || told.has(name) || typeof asked !== 'string' || asked === '') return [];
    told.add(name);
    const key = given.find((label) => label.name === name)?.key ?? '';
    const lower = asked.toLowerCase();
    if (key === lower) return [];
    const owner = given.find((label) => label.key === lower)?.name ?? '';
    const why = !/^[a-z]$/.test(lower)
      ? 'it is no letter from a to z'
      : PANEL_KEYS.has(lower)
        ? 'it belongs to the panel'
        : `${owner} has it`;
    return [{ name, asked, key, why }];
  });
}

/** All labels in use: the configured ones, then those that only files or models hold, each with its key. */
export function withKeys(labels: readonly LabelSetting[]): readonly LabelSetting[] {
  const taken = new Set<string>();
  const asked = labels.map(({ key }) => {
    if (key === '' || taken.has(key)) return '';
    taken.add(key);
    return key;
  });
  return labels.map((label, index) => {
    const { name } = label;
    const own = asked[index];
    if (own !== undefined && own !== '') return { ...label, key: own };
    // Beyond the ninth there is no digit: a letter that is not the name's is better than none.
    const letters = index < 9 ? lettersOf(name) : lettersOf(`${name}${ALPHABET}`);
    const letter = letters.find((one) => !PANEL_KEYS.has(one) && !taken.has(one));
    if (letter === undefined) return { ...label, key: index < 9 ? String(index + 1) : '' };
    taken.add(letter);
    return { ...label, key: letter };
  });
}

/** The letters of a name that keyboards have everywhere. */
function lettersOf(name: string): readonly string[] {
  return name.toLowerCase().match(/[a-z]/g) ?? [];
}

/**
 * All labels in use over a document: the configured ones, then those that its file declares or holds. What a file says of a
 * label counts more than the setting, but takes no key from another label of the setting. So the labels of the setting have
 * the same keys and colours in every file, and so do others, as far as those beside them do not want the same.
 */
export function labelSet(
  configured: readonly LabelSetting[],
  declared: readonly DeclaredLabel[] = [],
  found: Iterable<string> = [],
): readonly LabelInUse[] {
  const settings = new Map(configured.map((setting) => [setting.name, setting]));
  const own = new Map(declared.map((label) => [label.name, label]));
  // What comes first in a text does not decide which of its labels gets a key.
  const names = labelNames(configured, [...own.keys(), ...[...found].sort()]);
  const rows = names.map((name): LabelSetting => {
    const { key = '', ...said } = own.get(name) ?? { name };
    const setting = settings.get(name) ?? { name, key: '' };
    const asked = usableKey(key);
    const owner = configured.find((label) => label.key === asked)?.name ?? name;
    return { ...setting, ...said, key: owner === name ? asked || setting.key : setting.key };
  });
  const places = configured.map(({ color }, index) => color ?? (index % LABEL_COLORS) + 1);
  const free = Array.from({ length: LABEL_COLORS }, (_, index) => index + 1).filter((color) => !places.includes(color));
  return withKeys(rows).map(({ name, key, color, description = '' }, index) => {
    const own = index < configured.length ? places[index] : colorOf(name, free);
    return { name, key, color: color ?? own ?? 1, description };
  });
}

/** The colour of a label that the setting does not have: by its name alone, of those that the setting leaves. */
function colorOf(name: string, free: readonly number[]): number {
  const sum = Array.from(name).reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  return free.length === 0 ? (sum % LABEL_COLORS) + 1 : (free[sum % free.length] ?? 1);
}

/** The names in use over a document: configured ones first, then the others in order of their first use. */
export function labelNames(configured: readonly LabelSetting[], found: Iterable<string>): readonly string[] {
  return [...new Set([...configured.map(({ name }) => name), ...found])];
}
