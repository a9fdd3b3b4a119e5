import type { Random } from '../../src/core/random.ts';

/** One of a list. */
export function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

/** What breaks readers: separators, escapes, marks, halves of characters. */
const awkward = [
  ...['\t', '\n', '\r', '\r\n', ' ', '|', '=', '\\', '"', '#', '_', '-', ',', ':', '{', '}', '[', ']', '<', '>', '\0'],
  ...[
    '\uFEFF',
    '\u0085',
    '\u2028',
    '\u00A0',
    '\uD83D',
    '😀',
    'é',
    '中',
    '\u202E',
    'B-',
    'I-PER',
    'O',
    'NER=B-PER',
    '-DOCSTART-',
  ],
  ...[
    '# text = ',
    '# sent_id = x\n',
    '1-3\tdu\t_\t-\t-\n',
    '8.1',
    '99999999999',
    '-1',
    '1e400',
    'null',
    '__proto__',
    'SpaceAfter=No',
  ],
];

/** A text with some changes: pieces taken out, doubled, moved, replaced by something awkward. */
export function mutated(random: Random, text: string): string {
  let result = text;
  for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--) {
    const from = Math.floor(random() * (result.length + 1));
    const to = Math.min(result.length, from + Math.floor(random() ** 3 * 40));
    const piece = result.slice(from, to);
    const replacement = pick(random, [
      () => '',
      () => piece + piece,
      () => pick(random, awkward),
      () => pick(random, awkward).repeat(1 + Math.floor(random() * 5)),
      () => piece + result.slice(Math.floor(random() * result.length)).slice(0, 30),
    ])();
    result = result.slice(0, from) + replacement + result.slice(to);
  }
  return result;
}

/** A text of awkward pieces and of these. */
export function madeText(random: Random, pieces: readonly string[], most: number): string {
  const count = 1 + Math.floor(random() * most);
  return Array.from({ length: count }, () => (random() < 0.2 ? pick(random, awkward) : pick(random, pieces))).join('');
}
