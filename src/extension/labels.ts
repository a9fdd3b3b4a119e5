import type { LabelSetting } from './services.ts';

/** The letters that the panel uses itself, so that no label takes them. */
const PANEL_KEYS: ReadonlySet<string> = new Set('bdejknot');

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** The labels that are configured where the setting cannot be read. */
const DEFAULT_LABELS: readonly LabelSetting[] = [
  { name: 'PER', key: 'p' },
  { name: 'LOC', key: 'l' },
  { name: 'ORG', key: 'g' },
];

/** A row of the setting, as far as it can be used. */
function labelRow(value: unknown): LabelSetting | undefined {
  if (typeof value === 'string') return labelRow({ name: value });
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  const { name } = value;
  if (typeof name !== 'string' || !/^\S+$/.test(name)) return undefined;
  const key = 'key' in value && typeof value.key === 'string' ? value.key.toLowerCase() : '';
  return { name, key: /^[a-z]$/.test(key) && !PANEL_KEYS.has(key) ? key : '' };
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

/** All labels in use: the configured ones, then those that only files or models hold, each with its key. */
export function withKeys(labels: readonly LabelSetting[]): readonly LabelSetting[] {
  const taken = new Set<string>();
  const asked = labels.map(({ key }) => {
    if (key === '' || taken.has(key)) return '';
    taken.add(key);
    return key;
  });
  return labels.map(({ name }, index) => {
    const own = asked[index];
    if (own !== undefined && own !== '') return { name, key: own };
    // Beyond the ninth there is no digit: a letter that is not the name's is better than none.
    const letters = index < 9 ? lettersOf(name) : lettersOf(`${name}${ALPHABET}`);
    const letter = letters.find((one) => !PANEL_KEYS.has(one) && !taken.has(one));
    if (letter === undefined) return { name, key: index < 9 ? String(index + 1) : '' };
    taken.add(letter);
    return { name, key: letter };
  });
}

/** The letters of a name that keyboards have everywhere. */
function lettersOf(name: string): readonly string[] {
  return name.toLowerCase().match(/[a-z]/g) ?? [];
}

/** The names in use over a document: configured ones first, then the others in order of their first use. */
export function labelNames(configured: readonly LabelSetting[], found: Iterable<string>): readonly string[] {
  return [...new Set([...configured.map(({ name }) => name), ...found])];
}
