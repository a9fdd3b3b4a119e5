import type { ReviewEntry, ReviewFilter } from '../../core/reviewEntries.ts';
import { groupNames, whyReview } from '../../core/reviewWords.ts';
import type { SentenceCounts } from '../document/sentenceCounts.ts';
import { SOURCE_NAMES } from '../../core/span.ts';

/** How far the work on a document is; each sentence is counted once, by the most that was done with it. */
export interface Progress {
  readonly sentences: number;
  readonly reviewed: number;
  readonly gold: number;
  readonly untouched: number;
  readonly notes: number;
}

/** Why a sentence is in the queue: its most urgent place, and how many more there are. */
export function reasonText({ items }: Pick<ReviewEntry, 'items'>): string {
  const more = items.length - 1;
  return more === 0 ? whyReview(items[0]) : `${whyReview(items[0])}; ${String(more)} more`;
}

/** What was done with the sentences that were counted. */
export function progressOf({ sentences, gold, reviewed, reviewedWithGold, notes }: SentenceCounts): Progress {
  const goldOnly = gold - reviewedWithGold;
  return { sentences, reviewed, gold: goldOnly, notes, untouched: sentences - reviewed - goldOnly };
}

/** The progress as a line for people. */
export function progressText({ sentences, reviewed, gold, untouched, notes }: Progress): string {
  const parts = [
    `${String(reviewed)} of ${String(sentences)} reviewed`,
    `${String(gold)} with gold`,
    `${String(untouched)} untouched`,
  ];
  if (notes > 0) parts.push(notes === 1 ? '1 note' : `${String(notes)} notes`);
  return parts.join(' · ');
}

/** The filter in words, empty where there is none. */
export function filterText({ group, label, source, text }: ReviewFilter): string {
  return [group && groupNames[group], label, source && SOURCE_NAMES[source], text?.typed]
    .filter((part) => part !== undefined)
    .join(', ');
}
