import type { ColumnLayout } from './document.ts';
import { isBlank, splitLines } from '../lines.ts';
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import { cellsOf, detectLayout, isTokenId } from './columnLayout.ts';
import { lookOf, tagColumns } from './columnRoles.ts';

/** One column of a file as its first lines show it. */
export interface PreviewColumn {
  /** From 0. */
  readonly index: number;
  /** Its first different cells. */
  readonly samples: readonly string[];
  /** The share of its cells that look like tags of entities (or `_`). */
  readonly tagShare: number;
}

/** What the beginning of a column file looks like, for whoever is to say which column is which. */
export interface ColumnPreview {
  readonly layout: ColumnLayout;
  /** False where a person should be asked: no column holds tags throughout, or several do and no known layout tells them apart. */
  readonly sure: boolean;
  /** Whether several columns may be the tags. */
  readonly several: boolean;
  readonly columns: readonly PreviewColumn[];
  /** The first lines of words, as they are. */
  readonly lines: readonly string[];
}

const LINES_SHOWN = 5;
const LINES_READ = 5000;
const SAMPLES = 4;
const MOSTLY = 0.95;
const KNOWN_LEAST = 0.5;

/** Looks at the beginning of a column file. */
export function previewColumns(head: string): ColumnPreview {
  const all = splitLines(head.replace(/^\uFEFF/, ''));
  const { layout } = detectLayout(all.length, (line) => all[line] ?? '', LINES_READ);
  const lines = all
    .filter((line) => !isBlank(line) && !line.startsWith('#') && !line.startsWith('-DOCSTART-'))
    .slice(0, LINES_READ);
  const rows = lines.map((line) => cellsOf(line, layout.separator).map(([start, end]) => line.slice(start, end)));
  const fitting = rows.filter(({ length }) => length === layout.columns);
  const looks = Array.from({ length: layout.columns }, (_, index) => lookOf(fitting, index));
  const columns = looks.map(({ index, shaped }): PreviewColumn => {
    const cells = fitting.map((row) => row[index] ?? '');
    return { index, samples: [...new Set(cells)].slice(0, SAMPLES), tagShare: shaped };
  });
  // Words may look like tags by chance, but not nearly all of them.
  const others = looks.filter(({ index, shaped }) => index !== layout.form || shaped >= MOSTLY);
  const candidates = tagColumns(others.filter(({ index }) => index !== layout.id));
  const entities = candidates.filter(({ speaks, chunks }) => speaks && !chunks);
  // Where no column has an entity, those of nothing but O or _ may all be the tags.
  const rivals = entities.length > 0 ? entities : candidates.filter(({ chunks }) => !chunks);
  const named = /^#\s*global\.columns\s*=/m.test(head);
  const usual =
    (layout.id === 0 && layout.columns === 5 && layout.tag === 2) ||
    (layout.id === undefined && layout.columns === 4 && layout.tag === 3);
  const known = named || layout.tagKey !== undefined || (usual && entities.length <= 1);
  const best = columns[layout.tag]?.tagShare ?? 0;
  // In a layout that tools write, bad tags are the file's fault and are reported as such.
  const needed = layout.tagKey !== undefined || layout.tagging === 'io' ? 0 : known ? KNOWN_LEAST : MOSTLY;
  const wordsLikeTags = !known && (looks[layout.form]?.shaped ?? 0) >= MOSTLY;
  const fits = fitting.length >= lines.length / 2 && best >= needed && !wordsLikeTags;
  const sure = fits && (known || rivals.length <= 1);
  return { layout, sure, several: !known && rivals.length > 1, columns, lines: lines.slice(0, LINES_SHOWN) };
}

/** The layout of a file in which these columns (from 0) hold the word and the tag; ids and separators stay as they were found. */
export function chosenLayout({ layout, columns }: ColumnPreview, form: number, tag: number): ColumnLayout {
  const { separator, tagging } = layout;
  const first = columns[0]?.samples ?? [];
  const id = form > 0 && tag > 0 && first.length > 0 && first.every(isTokenId) ? 0 : undefined;
  const annotator = layout.annotator === form || layout.annotator === tag ? undefined : layout.annotator;
  return {
    columns: layout.columns,
    id,
    form,
    tag,
    annotator,
    separator,
    ...(tagging === undefined ? {} : { tagging }),
  };
}

/** Reads a person's choice of columns, counted from 1: `form=2,tag=4`. */
export function parseColumnChoice(text: string, preview: ColumnPreview): Result<ColumnLayout, 'columns'> {
  const numbers = new Map(
    text.split(',').map((part): [string, number] => {
      const [key = '', value = ''] = part.split('=').map((one) => one.trim());
      return [key, value === '' ? NaN : Number(value)];
    }),
  );
  const [form, tag] = [numbers.get('form'), numbers.get('tag')];
  const count = preview.layout.columns;
  const fits = (number: number | undefined): number is number =>
    number !== undefined && Number.isInteger(number) && number >= 1 && number <= count;
  if (!fits(form) || !fits(tag) || form === tag || numbers.size > 2)
    return fail(
      'columns',
      `Columns are named as form=N,tag=N, two different numbers from 1 to ${String(count)}, not “${text}”.`,
    );
  return ok(chosenLayout(preview, form - 1, tag - 1));
}

/** The preview as lines of text: each column with what is in it. */
export function previewText({ columns, lines }: ColumnPreview): readonly string[] {
  return [
    ...columns.map(({ index, samples }) => `  column ${String(index + 1)}: ${samples.join('  ')}`),
    '  first lines:',
    ...lines.map((line) => `  | ${line}`),
  ];
}
