import { largest } from '../lists.ts';
import type { Tagging } from '../tagging.ts';

const tagShape = /^(?:O|_|[BIESLUM](?:-\S(?:[^\t]*\S)?)?)$/;
/** A tag that says more than that there is no entity. */
const speaking = /^[BIESLUM](?:-\S(?:[^\t]*\S)?)?$/;
/** The labels of CoNLL-2000's phrases, which are tagged as entities are. */
const chunkLabel = /^[BIESLUM]-(?:[NV]P|PP|ADVP|ADJP|SBAR|PRT|CONJP|INTJ|LST|UCP|NC|VC|PC)$/;
/** A label that stands without a prefix. */
const bareLabel = /^(?!\p{L}[-_:.])\p{L}[\p{L}\p{N}_./&-]*$/u;
/** What stands between attributes: a bar, or a space before another key. */
export const ATTRIBUTES = /\|| (?=[^ |=]+=)/;
const usualKey = /^(?:ner?|name)$/i;
const MOSTLY = 0.95;
const HALF = 0.5;
const OUTSIDE_LEAST = 0.2;

/** True for what a tag cell may hold: an IOB-like tag, or `_` for a token that nobody annotated. */
export function isTagShaped(text: string): boolean {
  return tagShape.test(text);
}

/** What the cells of one column look like. */
export interface ColumnLook {
  readonly index: number;
  /** The share of its cells that look like tags. */
  readonly shaped: number;
  /** Whether any of its cells begins or goes on with an entity. */
  readonly speaks: boolean;
  /** Whether it holds phrases (noun phrases, verb phrases), not entities. */
  readonly chunks: boolean;
  /** Whether any of its cells is O. */
  readonly outside: boolean;
}

/** What a column of these cells looks like. */
export function lookOf(rows: readonly (readonly string[])[], index: number): ColumnLook {
  const cells = rows.map((row) => row[index] ?? '');
  const tags = cells.filter((cell) => speaking.test(cell));
  const labelled = tags.filter((tag) => tag.length > 1);
  return {
    index,
    shaped: cells.filter(isTagShaped).length / Math.max(1, cells.length),
    speaks: tags.length > 0,
    chunks: labelled.length > 0 && labelled.every((tag) => chunkLabel.test(tag)),
    outside: cells.includes('O'),
  };
}

/** Which columns hold the word and the tag, and whether the tags are bare labels. */
export interface ColumnRoles {
  readonly form: number;
  readonly tag: number;
  readonly tagging?: Tagging;
}

/** The columns that may hold the tags of entities: those that look nearly as much like tags as the best one. */
export function tagColumns(looks: readonly ColumnLook[]): readonly ColumnLook[] {
  const best = largest(
    looks.map(({ shaped }) => shaped),
    0,
  );
  return best === 0 ? [] : looks.filter(({ shaped }) => shaped >= 0.8 * best);
}

/**
 * The roles of columns. The tags are in a column that looks like tags and has entities, not phrases: the first one where
 * tokens are numbered (GermEval's outer entities before its inner ones), else the last one. Where none has any, it is the
 * column with O. Tags may stand before their words, and may be bare labels.
 */
export function columnRoles(rows: readonly (readonly string[])[], id: number | undefined): ColumnRoles {
  const columns = rows[0]?.length ?? 0;
  const form = id === undefined ? 0 : 1;
  const looks = Array.from({ length: Math.max(0, columns - form - 1) }, (_, index) => lookOf(rows, form + 1 + index));
  const candidates = tagColumns(looks);
  const entities = candidates.filter(({ speaks, chunks }) => speaks && !chunks);
  const chosen =
    entities.at(id === undefined ? -1 : 0) ?? (candidates.length > 0 ? silentColumn(candidates, id) : undefined);
  if (entities.length === 0) {
    const before = lookOf(rows, form);
    // Words may all look like tags where another column holds those.
    const others = largest(
      looks.map(({ shaped }) => shaped),
      0,
    );
    if (before.speaks && before.shaped >= MOSTLY && others < HALF && form + 1 < columns)
      return { form: form + 1, tag: form };
    const labels = looks.findLast(({ index }) => holdsBareLabels(rows.map((row) => row[index] ?? '')));
    if (labels !== undefined) return { form, tag: labels.index, tagging: 'io' };
  }
  // Of UNER's five columns the third is the tag, whatever it holds.
  const usual = id === 0 && columns === 5 ? 2 : Math.max(columns - 1, form + 1);
  return { form, tag: chosen?.index ?? usual };
}

/** The column of tags among those without entities. */
function silentColumn(candidates: readonly ColumnLook[], id: number | undefined): ColumnLook | undefined {
  const phrases = candidates.findLast(({ chunks }) => chunks);
  const others = candidates.filter(({ chunks }) => !chunks);
  const outside = others.filter((one) => one.outside);
  const pool = outside.length > 0 ? outside : others;
  // Entities stand behind phrases; where nothing does, the phrases are what is tagged.
  const behind = phrases === undefined ? pool : pool.filter(({ index }) => index > phrases.index);
  return behind.at(id === undefined ? -1 : 0) ?? phrases;
}

/** Whether cells are labels without prefixes: many O, and few different others. */
function holdsBareLabels(cells: readonly string[]): boolean {
  const outside = cells.filter((cell) => cell === 'O').length;
  const labels = cells.filter((cell) => cell !== 'O' && cell !== '_');
  return (
    outside >= OUTSIDE_LEAST * cells.length &&
    labels.length > 0 &&
    labels.every((cell) => bareLabel.test(cell)) &&
    new Set(labels).size <= Math.max(3, labels.length / 2)
  );
}

/**
 * The key whose values are tags in cells of attributes (`SpaceAfter=No|NER=B-PER`, also between spaces): the one with the
 * most entities, '' for tags that stand alone; undefined where none has tags.
 */
export function entityKey(cells: readonly string[]): string | undefined {
  const counts = new Map<string, { speaking: number; all: number }>();
  for (const cell of cells)
    for (const attribute of cell.split(ATTRIBUTES)) {
      const equals = attribute.indexOf('=');
      const value = attribute.slice(equals + 1);
      const key = equals < 0 ? '' : attribute.slice(0, equals);
      // Other attributes have values of one letter too (Gender=M).
      const letter = value !== 'O' && value.length === 1 && !usualKey.test(key);
      if (!isTagShaped(value) || value === '_' || letter) continue;
      const count = counts.get(key) ?? { speaking: 0, all: 0 };
      count.all++;
      if (value !== 'O') count.speaking++;
      counts.set(key, count);
    }
  return [...counts].sort(([, a], [, b]) => b.speaking - a.speaking || b.all - a.all)[0]?.[0];
}

/** Whether an attribute of such a cell is the tag under this key. */
export function isTagOfKey(attribute: string, key: string): boolean {
  return key === '' ? attribute !== '_' && isTagShaped(attribute) : attribute.startsWith(`${key}=`);
}
