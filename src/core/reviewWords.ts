import { NO_LABEL } from './span.ts';
import type { ReviewItem } from './queue.ts';
import type { ReviewGroup } from './reviewEntries.ts';

/** What the groups of the queue are called. */
export const groupNames: Readonly<Record<ReviewGroup, string>> = {
  modelsAgainstGold: 'Both models against gold',
  inProgress: 'In progress',
  otherLabel: 'Models disagree: label',
  otherBorders: 'Models disagree: borders',
  oneSided: 'Models disagree: only one sees it',
  unsure: 'BERT is unsure',
  inconsistent: 'Labelled differently elsewhere',
  illegal: 'Illegal tags',
};

const NO_SPAN = '–';

/** A number from 0 to 1 as whole percent. */
export function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}

function side(labels: string | undefined): string {
  if (labels === undefined || labels === NO_SPAN) return 'no entity';
  return labels === NO_LABEL ? 'an entity' : labels;
}

/** Why a place is in the queue, in words and numbers, without its words. */
export function whyReview({ reason, labels, urgency, difference }: ReviewItem): string {
  const [first, ...others] = labels.split(' / ');
  const borders = difference === 'border' ? 'other borders: ' : '';
  switch (reason) {
    case 'modelsAgainstGold':
      return `${borders}gold ${side(first)}, both models ${side(others[0])}, at least ${percent(urgency)} sure`;
    case 'modelsDisagree':
      return `${borders}BERT ${side(first)}, T5 ${side(others[0])}, at least ${percent(urgency)} sure`;
    case 'inProgress':
      return labels === '1' ? '1 word undecided' : `${labels} words undecided`;
    case 'unsure':
      return `BERT only ${percent(1 - urgency)} sure of ${side(first)}`;
    case 'inconsistent':
      return `${first ?? ''} here, but ${others.join(' or ')} in ${percent(urgency)} of its places`;
    case 'illegal':
      return 'the tag cannot stand here';
  }
}
