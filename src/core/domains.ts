import type { Evaluation } from './evaluation.ts';
import type { FailureMode } from './failure.ts';
import type { Interval } from './significance.ts';
import { ratio } from './tally.ts';

/** Failures against gold by what is wrong: the borders of a span, its label, or that it is there or not. */
export type FailureGroup = 'borders' | 'label' | 'missed' | 'spurious';

const GROUPS: Readonly<Partial<Record<FailureMode, FailureGroup>>> = {
  borderLeft: 'borders',
  borderRight: 'borders',
  borderBoth: 'borders',
  split: 'borders',
  merged: 'borders',
  label: 'label',
  bordersAndLabel: 'label',
  missed: 'missed',
  spurious: 'spurious',
};

/** A group of failures of one label, and by how many per hundred spans of the reference it differs between two corpora. */
export interface GroupChange {
  readonly group: FailureGroup;
  readonly label: string;
  readonly perHundred: number;
}

/** One system on two corpora: labelled span F1 on both, the second minus the first, and which failures grew and shrank most. */
export interface Shift {
  readonly system: string;
  readonly from: string;
  readonly to: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly difference: number | null;
  readonly interval: Interval | null;
  readonly grew: GroupChange | null;
  readonly shrank: GroupChange | null;
}

/** Failures per hundred spans of the reference, by group and label; faults of raw output concern no label and are not among them. */
function rates({ failureLabels, counts }: Evaluation): ReadonlyMap<string, GroupChange> {
  const gold = [...counts.labels.values()].reduce((sum, tally) => sum + tally.gold, 0);
  const found = new Map<string, GroupChange>();
  for (const [mode, labels] of failureLabels) {
    const group = GROUPS[mode];
    if (group === undefined) continue;
    for (const [label, count] of labels) {
      const key = `${group} ${label}`;
      const perHundred = (found.get(key)?.perHundred ?? 0) + 100 * (ratio(count, gold) ?? 0);
      found.set(key, { group, label, perHundred });
    }
  }
  return found;
}

/** The failures whose rates grew and shrank most from one corpus to another; null where none did. */
export function groupChanges(from: Evaluation, to: Evaluation): Pick<Shift, 'grew' | 'shrank'> {
  const [before, after] = [rates(from), rates(to)];
  const changes = [...new Map([...before, ...after])].map(([key, { group, label }]): GroupChange => {
    const perHundred = (after.get(key)?.perHundred ?? 0) - (before.get(key)?.perHundred ?? 0);
    return { group, label, perHundred };
  });
  changes.sort((a, b) => b.perHundred - a.perHundred);
  const [most, least] = [changes[0], changes.at(-1)];
  return {
    grew: most !== undefined && most.perHundred > 0 ? most : null,
    shrank: least !== undefined && least.perHundred < 0 ? least : null,
  };
}

/** A group of failures in words, such as "ORG borders" or "missed PER". */
export function groupName({ group, label }: Pick<GroupChange, 'group' | 'label'>): string {
  const name = label === '_' ? 'spans' : label;
  switch (group) {
    case 'borders':
      return label === '_' ? 'borders' : `${name} borders`;
    case 'label':
      return `wrong label for ${name}`;
    case 'missed':
    case 'spurious':
      return `${group} ${name}`;
  }
}

/** A figure of F1 as people say it: two digits, no zero before the point, unless it is one of ±1. */
export function spokenRatio(value: number): string {
  return Math.abs(value).toFixed(2).replace(/^0/, '');
}

/** What a change of corpus does to a system, in a sentence of its own figures. */
export function shiftSentence({ system, from, to, difference, interval, grew, shrank }: Shift): string {
  const way = `${from} → ${to}:`;
  if (difference === null) return `${way} ${system} cannot be compared, as one of the two has no spans.`;
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${spokenRatio(value)}`;
  const range = interval === null ? '' : ` [${signed(interval.low)}, ${signed(interval.high)}]`;
  const chance = interval !== null && interval.low <= 0 && interval.high >= 0 ? ', which may be chance' : '';
  const cause = (change: Shift['grew'], word: string): string =>
    change === null
      ? ''
      : `, ${word} ${groupName(change)} (${change.perHundred < 0 ? '−' : '+'}${Math.abs(change.perHundred).toFixed(1)} per hundred gold spans)`;
  if (spokenRatio(difference) === '.00') return `${way} ${system} stays the same${range}${cause(grew, 'with more')}.`;
  const what = difference < 0 ? 'loses' : 'gains';
  const why = difference < 0 ? cause(grew, 'mostly') : cause(shrank, 'mostly fewer');
  return `${way} ${system} ${what} ${spokenRatio(difference)}${range}${chance}${why}.`;
}
