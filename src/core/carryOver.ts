import type { ColumnLayout, ColumnSentence } from './columns/document.ts';
import { commentText } from './columns/columnEdits.ts';
import { UNDECIDED, decidedSpans, tagsOfDecisions } from './decisions.ts';
import { NOBODY } from './provenance.ts';
import type { Sentence } from './sentence.ts';
import { STATE_KEYS } from './sentenceState.ts';
import type { Span } from './span.ts';

/** A sentence of the gold file whose text is no longer in the prose, with its lines as they stand in the file. */
export interface FormerGold {
  readonly sentence: ColumnSentence;
  readonly lines: readonly string[];
}

/** What becomes of the block of a former sentence: the lines that take its place, a blank line between blocks. */
export interface CarriedBlock {
  /** Which former sentence, by its place in the list. */
  readonly former: number;
  readonly lines: readonly string[];
}

/** Gold that goes over to changed text. */
export interface CarryOver {
  readonly blocks: readonly CarriedBlock[];
  /** How many changed sentences have gold now, and how many of their words are undecided that were decided or were not there. */
  readonly sentences: number;
  readonly undecided: number;
  /** How many marks of review went. */
  readonly reviewed: number;
}

/** A token of a former sentence. */
interface Source {
  readonly former: number;
  readonly token: number;
}

/** The most comparisons of words between two changes. */
const MOST_COMPARISONS = 250_000;
/** Comments that say something of the words as they were. */
const OF_WORDS: ReadonlySet<string> = new Set([STATE_KEYS.reviewed, STATE_KEYS.ignored, 'predicted', 'conflict']);

/** Comments that only one sentence of a file can have. */
const NAMES = /^#\s*(?:sent_id|newdoc)\b/;

/**
 * Matches the words of sentences that were changed with those of the gold file, as a diff does: for each word of `fresh`
 * the index of its word in `old`. Past a limit, only what is the same at both ends is matched.
 */
export function matchWords(old: readonly string[], fresh: readonly string[]): readonly (number | undefined)[] {
  const found = new Array<number | undefined>(fresh.length).fill(undefined);
  let first = 0;
  while (first < old.length && first < fresh.length && old[first] === fresh[first]) found[first] = first++;
  let [oldEnd, end] = [old.length, fresh.length];
  while (oldEnd > first && end > first && old[oldEnd - 1] === fresh[end - 1]) found[--end] = --oldEnd;
  const [rows, columns] = [oldEnd - first, end - first];
  if (rows * columns === 0 || rows * columns > MOST_COMPARISONS) return found;
  // The length of the longest common subsequence of what follows.
  const width = columns + 1;
  const common = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      common[row * width + column] =
        old[first + row] === fresh[first + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  for (let [row, column] = [0, 0]; row < rows && column < columns;)
    if (old[first + row] === fresh[first + column]) found[first + column++] = first + row++;
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  return found;
}

/**
 * The blocks that changed sentences get from former ones, in the order of the text. A sentence gets one where at least half of
 * its words are old ones. A span stays where all its words do, side by side; what is left of other spans, and every new word,
 * is undecided. Undefined where nothing can be carried over.
 */
export function carryOver(
  former: readonly FormerGold[],
  fresh: readonly Sentence[],
  layout: ColumnLayout,
): CarryOver | undefined {
  const plain = former.map((one) => (isPlain(one, layout) ? one : undefined));
  const old = plain.flatMap((one, index) =>
    (one?.sentence.tokens ?? []).map((_, token): Source => ({ former: index, token })),
  );
  const oldForms = old.map((source) => plain[source.former]?.sentence.tokens[source.token]?.form ?? '');
  const words = matchWords(
    oldForms,
    fresh.flatMap(({ tokens }) => tokens.map(({ form }) => form)),
  );
  const carried = new Map<number, string[]>();
  const kept = new Map<number, number>();
  const counts = { sentences: 0, undecided: 0, reviewed: 0 };
  let place = 0;
  for (const sentence of fresh) {
    const sources = sentence.tokens.map((_, token) => old[words[place + token] ?? -1]);
    place += sentence.tokens.length;
    const known = sources.filter((source) => source !== undefined);
    const [main] = known;
    if (main === undefined || known.length * 2 < sources.length) continue;
    for (const source of known) kept.set(source.former, (kept.get(source.former) ?? 0) + 1);
    const before = carried.get(main.former);
    const block = blockOf(sentence, sources, plain, layout, before === undefined ? main.former : undefined);
    carried.set(main.former, before === undefined ? [...block.lines] : [...before, '', ...block.lines]);
    counts.sentences++;
    counts.undecided += block.undecided;
  }
  const blocks = plain.flatMap((one, index): readonly CarriedBlock[] => {
    const lines = carried.get(index);
    if (one === undefined) return [];
    // What is mostly gone from the text is not given up: it stays beside what came of it.
    const stays = (kept.get(index) ?? 0) * 2 < one.sentence.tokens.length;
    if (lines === undefined) return stays || !kept.has(index) ? [] : [{ former: index, lines: [] }];
    if (!stays && one.sentence.comments.some(({ key }) => key === STATE_KEYS.reviewed)) counts.reviewed++;
    return [{ former: index, lines: stays ? [...one.lines, '', ...lines.filter((line) => !NAMES.test(line))] : lines }];
  });
  return counts.sentences === 0 ? undefined : { blocks, ...counts };
}

/** True for a block of comments and one line a token alone, whose lines can be made anew. */
function isPlain({ sentence, lines }: FormerGold, { tagKey }: ColumnLayout): boolean {
  const cells = new Set(sentence.cells.map(({ line }) => line));
  return tagKey === undefined && lines.every((line, index) => cells.has(index) || line.startsWith('#'));
}

/** The lines of a block; `main` is the former sentence whose comments it has, undefined where another one has them. */
function blockOf(
  sentence: Sentence,
  sources: readonly (Source | undefined)[],
  former: readonly (FormerGold | undefined)[],
  layout: ColumnLayout,
  main: number | undefined,
): { readonly lines: readonly string[]; readonly undecided: number } {
  const spans = keptSpans(sources, former);
  const inSpan = new Set(spans.flatMap(({ first, end }) => sources.slice(first, end).map((_, index) => first + index)));
  const undecided = sources.flatMap((source, token) => {
    if (inSpan.has(token)) return [];
    const tag = source && former[source.former]?.sentence.tags[source.token];
    return tag === 'O' ? [] : [token];
  });
  const wasUndecided = (source: Source | undefined): boolean =>
    source !== undefined && former[source.former]?.sentence.tags[source.token] === UNDECIDED;
  const tags = tagsOfDecisions({ layer: spans, undecided }, sources.length, layout.tagging ?? 'iob2');
  const text = `# text = ${commentText(sentence.text)}`;
  const comments = main === undefined ? [text] : commentsOf(former[main], text);
  const rows = sources.map((source, token) => {
    const tag = tags[token] ?? UNDECIDED;
    const cells = [...cellsOf(source ?? sources.find((one) => one !== undefined), former, layout)];
    if (source === undefined) cells.forEach((cell, column) => (cells[column] = cell === NOBODY ? NOBODY : '_'));
    cells[layout.form] = sentence.tokens[token]?.form ?? '';
    // What stays decided stays as it is written; only IOB1's tags depend on what stands before them.
    if (tag === UNDECIDED || layout.tagging === 'iob1') cells[layout.tag] = tag;
    if (layout.id !== undefined) cells[layout.id] = String(token + 1);
    if (layout.annotator !== undefined && (tag === UNDECIDED || source === undefined)) cells[layout.annotator] = NOBODY;
    return cells.join(layout.separator);
  });
  return {
    lines: [...comments, ...rows],
    undecided: undecided.filter((token) => !wasUndecided(sources[token])).length,
  };
}

/** The spans of former sentences whose words all stand side by side. */
function keptSpans(
  sources: readonly (Source | undefined)[],
  former: readonly (FormerGold | undefined)[],
): readonly Span[] {
  return sources.flatMap((source, first): readonly Span[] => {
    const sentence = source && former[source.former]?.sentence;
    if (source === undefined || sentence === undefined) return [];
    const span = decidedSpans(sentence).find((one) => one.first === source.token);
    if (span === undefined) return [];
    const end = first + span.end - span.first;
    const whole = sources
      .slice(first, end)
      .every((one, index) => one?.former === source.former && one.token === span.first + index);
    return whole && end <= sources.length ? [{ first, end, label: span.label }] : [];
  });
}

function commentsOf(former: FormerGold | undefined, text: string): readonly string[] {
  if (former === undefined) return [text];
  const { sentence, lines } = former;
  const keys = new Map(sentence.comments.map(({ line, key }) => [line, key]));
  const own = lines.filter((line, index) => line.startsWith('#') && !OF_WORDS.has(keys.get(index) ?? ''));
  const textAt = own.findIndex((line) => /^#\s*text\s*=/.test(line));
  return textAt < 0 ? [...own, text] : own.map((line, index) => (index === textAt ? text : line));
}

function cellsOf(
  source: Source | undefined,
  former: readonly (FormerGold | undefined)[],
  { columns, separator }: ColumnLayout,
): readonly string[] {
  const one = source && former[source.former];
  const line = one?.lines[one.sentence.cells[source?.token ?? 0]?.line ?? -1];
  const cells = line?.replace(/^\uFEFF/, '').split(separator) ?? [];
  return Array.from({ length: columns }, (_, column) => cells[column] ?? '_');
}
