import type { Tally } from '../tally.ts';

/** What conlleval (the version of 2004-01-26) counts. A tag without a hyphen has the label '', and so has one with the label 0. */
export interface ConllevalCounts {
  readonly tokens: number;
  readonly correctTokens: number;
  readonly total: Tally;
  /** In the order in which conlleval prints them, by their UTF-8 bytes. */
  readonly labels: readonly (readonly [label: string, tally: Tally])[];
}

/** A running conlleval. */
export interface Conlleval {
  /** The gold tag and the guessed tag of the next token. */
  readonly add: (gold: string, guessed: string) => void;
  /** The end of a sentence: a blank line in conlleval's input. */
  readonly boundary: () => void;
  /** What was counted so far, with the chunk that may still be open taken as complete. */
  readonly counts: () => ConllevalCounts;
}

interface Chunks {
  correct: number;
  predicted: number;
  gold: number;
}

/** A tag split at its first hyphen, with the counts of its label, and what is known of the steps to other tags. */
interface Tag {
  readonly prefix: string;
  readonly label: string;
  readonly chunks: Chunks;
  readonly steps: Map<Tag, Step>;
}

/** Whether a chunk ends before the second of two tags, and whether one starts at it. */
interface Step {
  readonly ends: boolean;
  readonly starts: boolean;
}

/** Prefixes (before, now) between which a chunk ends, and at which one starts. S is in neither, and B after E is missing: chunks of such tags are told apart only where the label changes. */
const ENDS: ReadonlySet<string> = new Set(['BB', 'BO', 'IB', 'IO', 'EE', 'EI', 'EO']);
const STARTS: ReadonlySet<string> = new Set(['BB', 'IB', 'OB', 'OI', 'EE', 'EI', 'OE']);

function isOutside({ prefix }: Tag): boolean {
  return prefix === 'O' || prefix === '.';
}

function isBracket({ prefix }: Tag): boolean {
  return prefix === '[' || prefix === ']';
}

function stepOf(before: Tag, now: Tag): Step {
  const known = before.steps.get(now);
  if (known !== undefined) return known;
  const prefixes = before.prefix + now.prefix;
  const changes = before.label !== now.label;
  const step = {
    ends: (changes && !isOutside(before)) || ENDS.has(prefixes) || isBracket(before),
    starts: (changes && !isOutside(now)) || STARTS.has(prefixes) || isBracket(now),
  };
  before.steps.set(now, step);
  return step;
}

/** Tags by their text; texts that conlleval cannot tell apart (`B` and `B-`) are the same object. */
function tagTable(): { readonly labels: ReadonlyMap<string, Chunks>; readonly tagOf: (text: string) => Tag } {
  const labels = new Map<string, Chunks>();
  const byText = new Map<string, Tag>();
  const tags: Tag[] = [];
  const add = (text: string): Tag => {
    const hyphen = text.indexOf('-');
    const prefix = hyphen < 0 ? text : text.slice(0, hyphen);
    const written = hyphen < 0 ? '' : text.slice(hyphen + 1);
    // Perl takes the label 0 for no label.
    const label = written === '0' ? '' : written;
    const chunks = labels.get(label) ?? { correct: 0, predicted: 0, gold: 0 };
    labels.set(label, chunks);
    let tag = tags.find((one) => one.prefix === prefix && one.label === label);
    if (tag === undefined) {
      tag = { prefix, label, chunks, steps: new Map() };
      tags.push(tag);
    }
    byText.set(text, tag);
    return tag;
  };
  return { labels, tagOf: (text) => byText.get(text) ?? add(text) };
}

function byBytes(a: string, b: string): number {
  const [left, right] = [Array.from(a, codePoint), Array.from(b, codePoint)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/**
 * Counts as conlleval does while it reads: a chunk starts at B, at I after O, and where the label changes; a chunk is correct
 * where both sides start and end one of the same label together and never differ in label between. Memory does not grow with the text.
 */
export function conlleval(): Conlleval {
  const { labels, tagOf } = tagTable();
  const outside = tagOf('O');
  let lastGold = outside;
  let lastGuessed = outside;
  let inCorrect = false;
  let tokens = 0;
  let correctTokens = 0;

  const step = (gold: Tag, guessed: Tag): void => {
    const ofGold = stepOf(lastGold, gold);
    const ofGuess = stepOf(lastGuessed, guessed);
    if (inCorrect) {
      const complete = ofGold.ends && ofGuess.ends && lastGold.label === lastGuessed.label;
      if (complete) lastGold.chunks.correct++;
      if (complete || ofGold.ends !== ofGuess.ends || gold.label !== guessed.label) inCorrect = false;
    }
    if (ofGold.starts && ofGuess.starts && gold.label === guessed.label) inCorrect = true;
    if (ofGold.starts) gold.chunks.gold++;
    if (ofGuess.starts) guessed.chunks.predicted++;
    lastGold = gold;
    lastGuessed = guessed;
  };

  return {
    add(goldText, guessedText) {
      const gold = tagOf(goldText);
      const guessed = tagOf(guessedText);
      step(gold, guessed);
      tokens++;
      if (gold === guessed) correctTokens++;
    },
    boundary() {
      step(outside, outside);
    },
    counts() {
      const open = inCorrect ? lastGold.label : undefined;
      const found = [...labels]
        .map(([label, chunks]): [string, Tally] => [
          label,
          { ...chunks, correct: chunks.correct + (label === open ? 1 : 0) },
        ])
        .filter(([, { predicted, gold }]) => predicted + gold > 0)
        .sort(([a], [b]) => byBytes(a, b));
      const sum = (of: (tally: Tally) => number): number => found.reduce((total, [, tally]) => total + of(tally), 0);
      const total = { correct: sum((t) => t.correct), predicted: sum((t) => t.predicted), gold: sum((t) => t.gold) };
      return { tokens, correctTokens, total, labels: found };
    },
  };
}

/** The number as C prints it with %.2f; where the double lies exactly between two hundredths, C takes the even one and toFixed the larger. */
export function twoDecimals(value: number): string {
  const eighths = value * 8;
  const isTie = Number.isInteger(eighths) && eighths % 2 !== 0;
  if (!isTie) return value.toFixed(2);
  const below = Math.floor(value * 100);
  return ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

function figures({ correct, predicted, gold }: Tally): string {
  const precision = percent(correct, predicted);
  const recall = percent(correct, gold);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const [p, r, f] = [precision, recall, f1].map((value) => twoDecimals(value).padStart(6));
  return `precision: ${p ?? ''}%; recall: ${r ?? ''}%; FB1: ${f ?? ''}`;
}

function byteLength(text: string): number {
  return Array.from(text, codePoint).reduce(
    (sum, code) => sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4),
    0,
  );
}

/**
 * What conlleval prints, to the last digit. The number behind a label is the found (predicted) phrases. The empty label is
 * printed twice where both sides have it, as conlleval does.
 */
export function conllevalReport({ tokens, correctTokens, total, labels }: ConllevalCounts): string {
  const lines = [
    `processed ${tokens} tokens with ${total.gold} phrases; found: ${total.predicted} phrases; correct: ${total.correct}.`,
  ];
  if (tokens > 0)
    lines.push(`accuracy: ${twoDecimals(percent(correctTokens, tokens)).padStart(6)}%; ${figures(total)}`);
  for (const [label, tally] of labels) {
    const line = `${' '.repeat(Math.max(0, 17 - byteLength(label)))}${label}: ${figures(tally)}  ${tally.predicted}`;
    const twice = label === '' && tally.gold > 0 && tally.predicted > 0;
    lines.push(line);
    if (twice) lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}
