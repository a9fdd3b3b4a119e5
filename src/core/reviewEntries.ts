import type { ReviewItem, ReviewReason } from './queue.ts';
import type { Sentence } from './sentence.ts';
import type { Source } from './span.ts';
import { Pattern } from './pattern.ts';

/** The groups of the queue in their order: its reasons, the disagreements told apart by how the models differ. */
export const REVIEW_GROUPS = [
  'modelsAgainstGold',
  'inProgress',
  'otherLabel',
  'otherBorders',
  'oneSided',
  'unsure',
  'inconsistent',
  'illegal',
] as const;

/** One group of the queue. */
export type ReviewGroup = (typeof REVIEW_GROUPS)[number];

/** A sentence of the queue with all its places, the most urgent first; that one decides its group. */
export interface ReviewEntry {
  readonly sentence: number;
  readonly group: ReviewGroup;
  readonly items: readonly [ReviewItem, ...(readonly ReviewItem[])];
}

/** What the queue is narrowed to; what is undefined lets everything through. */
export interface ReviewFilter {
  readonly group?: ReviewGroup | undefined;
  /** A label that one of the sides of a place has. */
  readonly label?: string | undefined;
  /** A source that has an entity at the place; with a label, one of that label. */
  readonly source?: Source | undefined;
  /** Finds a sentence by its text. */
  readonly text?: TextPattern | undefined;
}

/** What a person searches for, as typed and as it is matched. */
export interface TextPattern {
  readonly typed: string;
  readonly pattern: Pattern;
}

const groupOf: Readonly<Record<Exclude<ReviewReason, 'modelsDisagree'>, ReviewGroup>> = {
  modelsAgainstGold: 'modelsAgainstGold',
  inProgress: 'inProgress',
  unsure: 'unsure',
  inconsistent: 'inconsistent',
  illegal: 'illegal',
};

/** The group of one place. */
export function reviewGroup({ reason, difference }: Pick<ReviewItem, 'reason' | 'difference'>): ReviewGroup {
  if (reason !== 'modelsDisagree') return groupOf[reason];
  if (difference === 'label') return 'otherLabel';
  return difference === 'border' ? 'otherBorders' : 'oneSided';
}

/** The sentences that pass a filter by what they are about, in the order of groups, then of the queue; each once. */
export function reviewEntries(
  items: readonly ReviewItem[],
  sentences: readonly Pick<Sentence, 'text'>[],
  filter: ReviewFilter = {},
): readonly ReviewEntry[] {
  const bySentence = new Map<number, [ReviewItem, ...ReviewItem[]]>();
  for (const item of items) {
    if (filter.group !== undefined && reviewGroup(item) !== filter.group) continue;
    if (!passesSides(item, filter)) continue;
    if (!matchesText(sentences[item.sentence]?.text ?? '', filter)) continue;
    const there = bySentence.get(item.sentence);
    if (there === undefined) bySentence.set(item.sentence, [item]);
    else there.push(item);
  }
  const entries = [...bySentence].map(([sentence, places]): ReviewEntry => {
    return { sentence, group: reviewGroup(places[0]), items: places };
  });
  return REVIEW_GROUPS.flatMap((group) => entries.filter((entry) => entry.group === group));
}

const NO_SPAN = '–';

/** What each source says at a place, as far as the reason of the place is about it. */
function sidesOf({ reason, labels }: Pick<ReviewItem, 'reason' | 'labels'>): readonly (readonly [Source, string])[] {
  const [first = NO_SPAN, second = NO_SPAN] = labels.split(' / ');
  switch (reason) {
    case 'modelsAgainstGold':
      return [
        ['gold', first],
        ['bert', second],
        ['t5', second],
      ];
    case 'modelsDisagree':
      return [
        ['bert', first],
        ['t5', second],
      ];
    case 'inProgress':
      return [];
    case 'unsure':
      return [['bert', first]];
    case 'inconsistent':
    case 'illegal':
      return [['gold', first === '' ? 'illegal' : first]];
  }
}

function passesSides(item: ReviewItem, { label, source }: ReviewFilter): boolean {
  if (source === undefined && label !== undefined && item.reason === 'inProgress') return false;
  if (source === undefined) return label === undefined || item.labels.split(/[ /]+/).includes(label);
  return sidesOf(item).some(([one, labels]) => {
    if (one !== source || labels === NO_SPAN) return false;
    return label === undefined || labels.split(' ').includes(label);
  });
}

/** True where a sentence's text passes the filter. */
export function matchesText(text: string, { text: wanted }: ReviewFilter): boolean {
  return wanted === undefined || wanted.pattern.test(text);
}

/** Reads what a person searches for: `/pattern/` is a regular expression (`/pattern/i` without regard to case), anything else plain text without regard to case. Undefined where the expression is none. */
export function textPattern(typed: string): TextPattern | undefined {
  const match = /^\/(.+)\/(i?)$/s.exec(typed);
  try {
    const pattern =
      match === null
        ? new Pattern(typed.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), { ignoreCase: true })
        : new Pattern(match[1] ?? '', { ignoreCase: match[2] === 'i' });
    return { typed, pattern };
  } catch {
    return undefined;
  }
}
