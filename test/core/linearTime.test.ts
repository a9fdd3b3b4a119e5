import { describe, it } from 'mocha';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { ProseScanner } from '../../src/core/proseScan.ts';
import { splitSentences } from '../../src/core/splitSentences.ts';
import { tokenize } from '../../src/core/tokenize.ts';
import { assertLinear } from './support/linear.ts';

const SIZE = 20_000;
const upTo = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** What is repeated, or made otherwise of a size. */
const texts: Readonly<Record<string, string | ((size: number) => string)>> = {
  'hyphens and digits': '-1',
  'a hyphenated word with dots': `${'a-'.repeat(150)}.`,
  clitics: "a's",
  commas: ',',
  'closing brackets after an address': (size) => `http://x${upTo(')', size)}`,
  'brackets in one another': (size) => upTo('(', size / 2) + upTo(')', size / 2),
  'a mail address that is none': 'a.',
  'Han characters': '中',
  'Thai letters': 'ภาษาไทย',
  flags: '🇩🇪',
  'combining marks': (size) => `a${upTo('\u0301', size)}`,
  'titles that end no sentence': 'Dr. ',
  'initials that end no sentence': 'a. b. ',
  'white space': (size) => `a${upTo(' ', size)}b`,
  'short lines': 'a\n',
  'blank lines': '\n',
  'list markers': '- ',
  'quotation marks': '"',
  underscores: (size) => `-${upTo('_', size)}`,
  'lone surrogates': '\uD800',
};
const rows = (size: number, row: (index: number) => string): string =>
  Array.from({ length: Math.ceil(size / 30) }, (_, index) => row(index)).join('');

const columns: Readonly<Record<string, (size: number) => string>> = {
  'a comment of white space': (size) => `# a${upTo(' ', size)}b\n1\tx\tO\t-\t-\n`,
  'a comment of equal signs': (size) => `# ${upTo('= ', size)}\n1\tx\tO\t-\t-\n`,
  'pairs of the last cell': (size) => `1\ta${'\t_'.repeat(7)}\t${upTo('|', size)}\n`,
  'a row of tabs': (size) => `${upTo('a\t', size)}\n`,
  'ranges that say that everything is one word': (size) =>
    `# text = ${upTo('w ', size / 15)}\n${rows(size, (index) => `${String(index + 1)}-99999\tw\t_\t-\t-\n${String(index + 1)}\tw\tO\t-\t-\n`)}`,
  'a sentence without end': (size) => rows(size, (index) => `${String(index + 1)}\tword\tI-PER\t-\tme\n`),
  'a label of backslashes': (size) => `1\ta\tB-${upTo('\\', size)}\t-\t-\n`,
};

describe('the time of reading grows with the size alone', () => {
  for (const [name, unit] of Object.entries(texts))
    it(`of prose: ${name}`, () => {
      const made = (size: number): string => (typeof unit === 'string' ? upTo(unit, size) : unit(size));
      assertLinear('sentences', SIZE, (size) => splitSentences(made(size)));
      assertLinear('words', SIZE, (size) => tokenize(made(size)));
    });

  for (const [name, made] of Object.entries(columns))
    it(`of columns: ${name}`, () => {
      assertLinear('columns', 2 * SIZE, (size) => parseColumns(made(size)));
    });

  it('of a line that comes in many pieces', () => {
    assertLinear('prose', 20 * SIZE, (size) => {
      const scanner = new ProseScanner();
      for (let position = 0; position < size; position += 10) scanner.push('abcdefghi ');
      return scanner.end();
    });
  });
});
