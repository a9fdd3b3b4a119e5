/** What other scorers printed for one worked case: F of conlleval (= seqeval's default), seqeval strict IOB2, and nervaluate; `undefined` where the scorer printed none. */
export interface WorkedCase {
  readonly name: string;
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  readonly conlleval: readonly [precision: number, recall: number, f1: number];
  readonly strictF1: number;
  readonly nervaluate: readonly [strict: number, exact: number, partial: number, type: number] | undefined;
}

/** Sentences are written as tags between blanks. */
export const WORKED_CASES: readonly WorkedCase[] = [
  {
    name: 'E1 exact',
    gold: ['B-PER I-PER O B-LOC'],
    predicted: ['B-PER I-PER O B-LOC'],
    conlleval: [1, 1, 1],
    strictF1: 1,
    nervaluate: [1, 1, 1, 1],
  },
  {
    name: 'E2 too long',
    gold: ['O B-PER I-PER O'],
    predicted: ['B-PER I-PER I-PER O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 0, 0.5, 1],
  },
  {
    name: 'E3 wrong type',
    gold: ['O B-LOC I-LOC O'],
    predicted: ['O B-ORG I-ORG O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 1, 1, 0],
  },
  {
    name: 'E4 orphan I',
    gold: ['O B-PER I-PER O'],
    predicted: ['O I-PER I-PER O'],
    conlleval: [1, 1, 1],
    strictF1: 0,
    nervaluate: [1, 1, 1, 1],
  },
  {
    name: 'E5 type switch in span',
    gold: ['B-PER I-PER O O'],
    predicted: ['B-PER I-LOC O O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 0, 1 / 3, 2 / 3],
  },
  {
    name: 'E6 merged neighbours',
    gold: ['B-LOC B-LOC O'],
    predicted: ['B-LOC I-LOC O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 0, 1 / 3, 2 / 3],
  },
  {
    name: 'E7 split',
    gold: ['B-LOC I-LOC O'],
    predicted: ['B-LOC B-LOC O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 0, 1 / 3, 2 / 3],
  },
  {
    name: 'E8 missed',
    gold: ['B-LOC I-LOC O O'],
    predicted: ['O O O O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 0, 0, 0],
  },
  {
    name: 'E9 spurious',
    gold: ['O O O O'],
    predicted: ['O B-ORG I-ORG O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 0, 0, 0],
  },
  {
    name: 'E10 two sentences',
    gold: ['O B-PER I-PER O B-ORG', 'B-LOC O B-LOC I-LOC'],
    predicted: ['O B-PER I-PER O B-LOC', 'B-LOC O B-LOC O'],
    conlleval: [0.5, 0.5, 0.5],
    strictF1: 0.5,
    nervaluate: [0.5, 0.75, 0.75, 0.75],
  },
  {
    name: 'E11 I at sentence start',
    gold: ['O B-PER', 'I-PER O'],
    predicted: ['O B-PER', 'I-PER O'],
    conlleval: [1, 1, 1],
    strictF1: 1,
    nervaluate: [1, 1, 1, 1],
  },
  {
    name: 'E12 I for B at sentence start',
    gold: ['O B-PER', 'B-PER O'],
    predicted: ['O B-PER', 'I-PER O'],
    conlleval: [1, 1, 1],
    strictF1: 2 / 3,
    nervaluate: [1, 1, 1, 1],
  },
  {
    name: 'E13 orphans',
    gold: ['B-PER O B-LOC O B-ORG O'],
    predicted: ['I-PER O I-LOC I-LOC B-ORG O'],
    conlleval: [2 / 3, 2 / 3, 2 / 3],
    strictF1: 0.5,
    nervaluate: [2 / 3, 2 / 3, 5 / 6, 1],
  },
  {
    name: 'E14 B/I/O tags',
    gold: ['B I O B O B I'],
    predicted: ['B I O B O B O'],
    conlleval: [2 / 3, 2 / 3, 2 / 3],
    strictF1: 2 / 3,
    nervaluate: undefined,
  },
  {
    name: 'E15 wrong type beside a right one',
    gold: ['B-PER B-LOC I-LOC O'],
    predicted: ['B-PER B-ORG I-ORG O'],
    conlleval: [0.5, 0.5, 0.5],
    strictF1: 0.5,
    nervaluate: [0.5, 1, 1, 0.5],
  },
  {
    name: 'E16 empty',
    gold: ['O O O'],
    predicted: ['O O O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: undefined,
  },
  {
    name: 'E17 fragment',
    gold: ['B-PER I-PER I-PER I-PER O'],
    predicted: ['B-PER I-PER O B-PER O'],
    conlleval: [0, 0, 0],
    strictF1: 0,
    nervaluate: [0, 0, 1 / 3, 2 / 3],
  },
  {
    name: 'E18 README of nervaluate',
    gold: ['O B-PER I-PER O O O B-ORG I-ORG', 'O B-LOC B-PER I-PER O O B-DATE'],
    predicted: ['O O B-PER I-PER O O B-ORG I-ORG', 'O B-LOC I-LOC B-PER O O B-DATE'],
    conlleval: [0.4, 0.4, 0.4],
    strictF1: 0.4,
    nervaluate: [0.4, 0.4, 0.4, 1],
  },
  {
    name: 'E19 class absent in gold',
    gold: ['B-PER O B-PER O'],
    predicted: ['B-PER O B-ORG O'],
    conlleval: [0.5, 0.5, 0.5],
    strictF1: 0.5,
    nervaluate: [0.5, 1, 1, 0.5],
  },
];

/** The worked case whose name begins with this id. */
export function workedCase(id: string): WorkedCase {
  const found = WORKED_CASES.find((one) => one.name.startsWith(`${id} `));
  if (found === undefined) throw new Error(`no worked case ${id}`);
  return found;
}
