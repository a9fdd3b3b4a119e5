import type { ReviewEntry, ReviewFilter } from '../../core/reviewEntries.ts';
import { groupNames, whyReview } from '../../core/reviewWords.ts';
import { workCounts, workText } from '../../core/workState.ts';
import type { SentenceCounts } from '../document/sentenceCounts.ts';
import { SOURCE_NAMES } from '../../core/span.ts';

/** Why a sentence is in the queue: its most urgent place, and how many more there are. */
export function reasonText({ items }: Pick<ReviewEntry, 'items'>): string {
  const more = items.length - 1;
  return more === 0 ? whyReview(items[0]) : `${whyReview(items[0])}; ${String(more)} more`;
}

/** How far the work on a document is, as a line for people: each sentence in one state. */
export function progressText(counts: SentenceCounts): string {
  const notes = counts.notes === 0 ? '' : counts.notes === 1 ? ' · 1 note' : ` · ${String(counts.notes)} notes`;
  return workText(workCounts(counts)) + notes;
}

/** The filter in words, empty where there is none. */
export function filterText({ group, label, source, text }: ReviewFilter): string {
  return [group && groupNames[group], label, source && SOURCE_NAMES[source], text?.typed]
    .filter((part) => part !== undefined)
    .join(', ');
}
