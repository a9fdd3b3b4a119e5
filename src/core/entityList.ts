import { findPlace, placesOf } from './align.ts';
import type { Failure } from './prediction.ts';
import type { Scheme } from './scheme.ts';
import { NO_LABEL } from './span.ts';
import type { Layer, Span } from './span.ts';
import { append } from './lists.ts';

/** One entry of an entity list as written. */
export interface ListedEntity {
  readonly text: string;
  readonly label: string;
}

/** What people and models write for the usual labels, in lower case. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  per: ['person', 'people', 'persons', 'pers', 'name', 'human', 'b-per', 'i-per'],
  loc: ['location', 'locations', 'place', 'places', 'gpe', 'city', 'country', 'b-loc', 'i-loc'],
  org: ['organization', 'organisation', 'organizations', 'organisations', 'company', 'institution', 'b-org', 'i-org'],
  misc: ['miscellaneous', 'other'],
};

/** Answers that say "no entities". */
const NOTHING = new Set(['', '-', 'none', 'no entities', 'no entity', 'o', 'n/a', '[]', '{}']);

/** The label of the set that a written word means, or undefined; case and the usual long names do not matter. */
export function labelMeant(written: string, labels: readonly string[]): string | undefined {
  const word = written.trim().toLowerCase();
  const direct = labels.find((label) => label.toLowerCase() === word);
  if (direct !== undefined) return direct;
  return labels.find((label) => {
    const key = label.toLowerCase();
    return Object.hasOwn(ALIASES, key) && (ALIASES[key] ?? []).includes(word);
  });
}

/** The entries of an entity list in any of the forms that models write: `Merkel = PER ; Paris = LOC`, `PER: Merkel, Paris`, lines with bullets, or JSON. */
export function readEntityList(
  answer: string,
  labels: readonly string[],
): { readonly entities: readonly ListedEntity[]; readonly unread: readonly string[] } {
  const text = answer.trim();
  if (NOTHING.has(text.toLowerCase().replace(/\.$/u, ''))) return { entities: [], unread: [] };
  const json = jsonEntities(text, labels);
  if (json !== undefined) return { entities: json, unread: [] };
  const entities: ListedEntity[] = [];
  const unread: string[] = [];
  for (const part of text.split(/\s*[;\n|]\s*/u)) {
    const item = part.replace(/^(?:[-*•]|\d+[.)])\s+/u, '').trim();
    if (NOTHING.has(item.toLowerCase())) continue;
    const read = entitiesOf(item, labels);
    if (read.length === 0) unread.push(item);
    append(entities, read);
  }
  return { entities, unread };
}

/**
 * The layer that a list of entities means, each put at the first free place of its text after the one before it. Every
 * entry that cannot be placed or read is a failure; nothing is guessed.
 */
export function placeEntities(
  answer: string,
  words: readonly string[],
  scheme: Scheme,
  labels: readonly string[],
): { readonly layer: Layer; readonly failures: readonly Failure[] } {
  const read = readEntityList(answer, labels);
  // The simplified scheme asks for texts alone, so an entry without a label is one.
  const plain = scheme === 'simplified' ? read.unread.map((text) => ({ text, label: '' })) : [];
  const entities = [...read.entities, ...plain];
  const unread = scheme === 'simplified' ? [] : read.unread;
  const failures: Failure[] = unread.map((item) => ({ kind: 'unparseable', detail: item.slice(0, 200) }));
  const taken = new Array<boolean>(words.length).fill(false);
  const spans: Span[] = [];
  const listed = new Map<string, number>();
  for (const entity of entities) listed.set(entity.text, (listed.get(entity.text) ?? 0) + 1);
  let from = 0;
  for (const { text, label: written } of entities) {
    const label = scheme === 'simplified' ? NO_LABEL : labelMeant(written, labels);
    const found = findPlace(words, text, taken, from);
    if (label === undefined) {
      failures.push({ kind: 'illegalTag', detail: `${text} = ${written}` });
    } else if (found.kind === 'notInText') {
      failures.push({ kind: 'notInText', detail: text });
    } else if (found.kind === 'taken') {
      failures.push({ kind: 'repetition', detail: `${text} = ${written}` });
    } else {
      const { first, end } = found.place;
      const places = placesOf(words, text).length;
      if ((listed.get(text) ?? 0) < places) {
        failures.push({ kind: 'ambiguousPlace', first, end, detail: `${text} stands at ${String(places)} places` });
      }
      taken.fill(true, first, end);
      spans.push({ first, end, label });
      from = end;
    }
  }
  return { layer: spans.sort((a, b) => a.first - b.first), failures };
}

function entitiesOf(item: string, labels: readonly string[]): readonly ListedEntity[] {
  const bracketed = /^(.+?)\s*[([]\s*([^()[\]]+?)\s*[)\]]$/u.exec(item);
  if (bracketed?.[1] !== undefined && bracketed[2] !== undefined && labelMeant(bracketed[2], labels) !== undefined) {
    return [{ text: unquoted(bracketed[1]), label: bracketed[2] }];
  }
  // The last sign counts, since names hold colons and hyphens more often than labels do.
  const listed = /^(.+)\s*(?:=|=>|->|→|:|\s-\s|\sis an?\s)\s*(.+?)$/u.exec(item);
  const left = listed?.[1]?.replace(/[=-]$/u, '').trim();
  const right = listed?.[2]?.trim();
  if (left === undefined || right === undefined || left === '' || right === '') return [];
  if (labelMeant(right, labels) === undefined && labelMeant(left, labels) !== undefined) {
    return right
      .split(/\s*,\s*/u)
      .filter((text) => !NOTHING.has(text.toLowerCase()))
      .map((text) => ({ text: unquoted(text), label: left }));
  }
  return [{ text: unquoted(left), label: right }];
}

function unquoted(text: string): string {
  return text.trim().replace(/^["'“”‘’](.+)["'“”‘’]$/u, '$1');
}

function jsonEntities(text: string, labels: readonly string[]): readonly ListedEntity[] | undefined {
  const start = text.search(/[[{]/u);
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'));
  if (start !== 0 && !/^```/u.test(text)) return undefined;
  if (end < start) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
  return Array.isArray(value)
    ? value.flatMap((entry) => jsonEntity(entry, labels))
    : typeof value === 'object' && value !== null
      ? labelled(value, labels)
      : undefined;
}

function jsonEntity(entry: unknown, labels: readonly string[]): readonly ListedEntity[] {
  if (Array.isArray(entry)) {
    const [a, b] = entry as readonly unknown[];
    if (typeof a !== 'string' || typeof b !== 'string') return [];
    return labelMeant(b, labels) === undefined && labelMeant(a, labels) !== undefined
      ? [{ text: b, label: a }]
      : [{ text: a, label: b }];
  }
  if (typeof entry !== 'object' || entry === null) return [];
  const record = entry as Readonly<Record<string, unknown>>;
  const text = record['text'] ?? record['entity'] ?? record['word'] ?? record['name'];
  const label = record['label'] ?? record['type'] ?? record['entity_group'] ?? record['tag'];
  if (typeof text === 'string' && typeof label === 'string') return [{ text, label }];
  return labelled(record, labels);
}

// {"PER": ["Merkel"], "LOC": "Paris"} or {"Merkel": "PER"}
function labelled(record: object, labels: readonly string[]): readonly ListedEntity[] {
  return Object.entries(record).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') {
      return labelMeant(value, labels) === undefined && labelMeant(key, labels) !== undefined
        ? [{ text: value, label: key }]
        : [{ text: key, label: value }];
    }
    if (!Array.isArray(value)) return [];
    return value.filter((text) => typeof text === 'string').map((text) => ({ text, label: key }));
  });
}
