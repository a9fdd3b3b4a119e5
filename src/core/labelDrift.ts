/** The parts of a corpus that is split for training and testing. */
export const SPLITS = ['train', 'dev', 'test'] as const;

/** One part of a split corpus. */
export type Split = (typeof SPLITS)[number];

/** Which corpus a file belongs to, and which part of it it is. */
export interface SplitFile {
  /** The path without its ending and without the word that names the part; empty where that is all. */
  readonly corpus: string;
  readonly split: Split;
}

/** How the share of a label among all spans differs between two parts. */
export interface LabelShare {
  readonly label: string;
  /** Shares of 0 to 1. */
  readonly from: number;
  readonly to: number;
  /** `to` minus `from` in percentage points. */
  readonly points: number;
  /** Whether the shares are at least DRIFT_POINTS apart, and further than chance explains. */
  readonly drifts: boolean;
}

/** How the labels of two parts of a corpus differ. */
export interface Drift {
  readonly from: Split;
  readonly to: Split;
  readonly spans: readonly [from: number, to: number];
  /** The Jensen-Shannon divergence of the two distributions of labels in bits: 0 for the same, 1 for no label in common. */
  readonly divergence: number;
  /** All labels of both parts, the largest difference first. */
  readonly labels: readonly LabelShare[];
}

/** Percentage points from which on a label is said to drift. */
export const DRIFT_POINTS = 5;
/** The z value of two proportions beyond which a difference is no chance at the 95 % level. */
const BEYOND_CHANCE = 1.96;

const words: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  dev: 'dev',
  valid: 'dev',
  validation: 'dev',
  val: 'dev',
  test: 'test',
  testing: 'test',
  tst: 'test',
};

/** Told by a word of the file's name, else of its folders, the last one first: `en_ewt.train.iob2`, `train/news.conll`. */
export function splitOf(path: string): SplitFile | undefined {
  const parts = path.replace(/\.[^./]+$/, '').split('/');
  for (let index = parts.length - 1; index >= 0; index--) {
    const pieces = (parts[index] ?? '').split(/([^\p{L}\p{N}]+)/u);
    const at = pieces.findLastIndex((piece) => Object.hasOwn(words, piece.toLowerCase()));
    const split = words[(pieces[at] ?? '').toLowerCase()];
    if (split === undefined) continue;
    // The sign before the word goes with it: en_ewt.train.iob2 is of en_ewt. Files in the folder of a part are all of it.
    const own = [...pieces.slice(0, Math.max(0, at - 1)), ...pieces.slice(at + 1)].join('');
    return { corpus: [...parts.slice(0, index), own].filter((part) => part !== '').join('/'), split };
  }
  return undefined;
}

/** The Jensen-Shannon divergence of two distributions given as counts, in bits; null where one of them is empty. */
export function divergence(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number | null {
  const [sumA, sumB] = [sum(a), sum(b)];
  if (sumA === 0 || sumB === 0) return null;
  let bits = 0;
  for (const label of new Set([...a.keys(), ...b.keys()])) {
    const p = (a.get(label) ?? 0) / sumA;
    const q = (b.get(label) ?? 0) / sumB;
    const middle = (p + q) / 2;
    if (p > 0) bits += (p / 2) * Math.log2(p / middle);
    if (q > 0) bits += (q / 2) * Math.log2(q / middle);
  }
  return Math.max(0, bits);
}

/** How labels drift from each part to each later one; parts without a span are left out. */
export function labelDrift(counts: ReadonlyMap<Split, ReadonlyMap<string, number>>): readonly Drift[] {
  return SPLITS.flatMap((from, index) => SPLITS.slice(index + 1).map((to) => [from, to] as const)).flatMap(
    ([from, to]): readonly Drift[] => {
      const [a, b] = [counts.get(from), counts.get(to)];
      const bits = a === undefined || b === undefined ? null : divergence(a, b);
      if (a === undefined || b === undefined || bits === null) return [];
      const spans = [sum(a), sum(b)] as const;
      const labels = [...new Set([...a.keys(), ...b.keys()])].map((label) =>
        labelShare(label, a.get(label) ?? 0, b.get(label) ?? 0, spans),
      );
      labels.sort((x, y) => Math.abs(y.points) - Math.abs(x.points) || (x.label < y.label ? -1 : 1));
      return [{ from, to, spans, divergence: bits, labels }];
    },
  );
}

function labelShare(label: string, a: number, b: number, [sumA, sumB]: readonly [number, number]): LabelShare {
  const from = a / sumA;
  const to = b / sumB;
  const pooled = (a + b) / (sumA + sumB);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / sumA + 1 / sumB));
  const beyond = error > 0 && Math.abs(to - from) / error > BEYOND_CHANCE;
  const points = (to - from) * 100;
  return { label, from, to, points, drifts: beyond && Math.abs(points) >= DRIFT_POINTS };
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
