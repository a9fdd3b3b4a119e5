import type { CellName } from './confusion.ts';
import { NOTHING } from './counts.ts';
import type { FailureCase } from './failure.ts';
import { verdictRange } from './pairing.ts';
import type { Verdict } from './pairing.ts';

/** Where a sentence stands in a corpus that is read from files. */
export interface SentencePlace {
  readonly file: string;
  /** The 1-based line of a token. */
  readonly lineOf: (token: number) => number;
}

/** One place of a corpus as it reads in its sentence: a failure, or what a cell of a matrix counts. */
export interface Example {
  readonly sentence: string;
  readonly before: string;
  readonly text: string;
  readonly after: string;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly detail: string | undefined;
  /** The file and the 1-based lines of the first and the last word, where they are known. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly lastLine: number | undefined;
}

/** The parts of a sentence that an example is made of. */
export interface ExampleSentence {
  readonly id: string | undefined;
  readonly forms: readonly string[];
  readonly place?: SentencePlace | undefined;
}

/** Words shown before and after. */
const WORDS_AROUND = 8;

/** A place of a sentence with the words around it. */
export function exampleOf(sentence: ExampleSentence, at: Omit<FailureCase, 'mode'>): Example {
  const { forms, id, place } = sentence;
  const { first, end, gold, predicted, detail } = at;
  return {
    sentence: id ?? '',
    before: forms.slice(Math.max(0, first - WORDS_AROUND), first).join(' '),
    text: forms.slice(first, end).join(' '),
    after: forms.slice(end, end + WORDS_AROUND).join(' '),
    expected: gold && `${gold.label}: ${forms.slice(gold.first, gold.end).join(' ')}`,
    found: predicted && `${predicted.label}: ${forms.slice(predicted.first, predicted.end).join(' ')}`,
    detail,
    file: place?.file,
    line: place?.lineOf(first),
    lastLine: place?.lineOf(Math.max(first, end - 1)),
  };
}

/** What is to be seen at a place, in words: both spans, or what a fault looked like. */
export function noteOf({ expected, found, detail }: Example): string {
  const parts = [
    ...(expected === undefined ? [] : [`gold ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
    ...(detail === undefined ? [] : [detail]),
  ];
  return parts.join('; ');
}

/** Lists by key that take only the first so many each, and do not make what they would not take. */
export class ExampleLists<Key extends string> {
  readonly lists = new Map<Key, Example[]>();

  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(key: Key, make: () => Example): void {
    const list = this.lists.get(key);
    if (list === undefined) {
      if (this.#limit > 0) this.lists.set(key, [make()]);
    } else if (list.length < this.#limit) list.push(make());
  }
}

/** The key of a cell's examples. */
export function cellKey({ level, row, column }: CellName): string {
  return `${level}\t${row}\t${column}`;
}

/** Adds what a sentence counts in the cells of both matrices. Tokens that both sides leave out are not kept: nobody looks for them. */
export function addCellExamples(
  lists: ExampleLists<string>,
  sentence: ExampleSentence,
  verdicts: readonly Verdict[],
  reference: readonly string[],
  answer: readonly string[],
): void {
  for (const verdict of verdicts) {
    const { gold, predicted } = verdict;
    const key = cellKey({ level: 'span', row: gold?.label ?? NOTHING, column: predicted?.label ?? NOTHING });
    lists.add(key, () =>
      exampleOf(sentence, {
        ...verdictRange(verdict),
        ...(gold === undefined ? {} : { gold }),
        ...(predicted === undefined ? {} : { predicted }),
      }),
    );
  }
  for (let token = 0; token < Math.max(reference.length, answer.length); token++) {
    const [row, column] = [reference[token] ?? 'O', answer[token] ?? 'O'];
    if (row === 'O' && column === 'O') continue;
    lists.add(cellKey({ level: 'token', row, column }), () =>
      exampleOf(sentence, {
        first: token,
        end: token + 1,
        detail: row === column ? row : `${row} taken for ${column}`,
      }),
    );
  }
}
