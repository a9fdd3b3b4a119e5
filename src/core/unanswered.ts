import { UNDECIDED } from './decisions.ts';

/** Tags of a prediction with O where it says nothing (`_`), and for how many words that is so. */
export function answeredTags(tags: readonly string[]): {
  readonly tags: readonly string[];
  readonly unanswered: number;
} {
  const unanswered = tags.filter((tag) => tag === UNDECIDED).length;
  return { tags: unanswered === 0 ? tags : tags.map((tag) => (tag === UNDECIDED ? 'O' : tag)), unanswered };
}

/** What is said beside the figures of a prediction that leaves words open. */
export function unansweredText(words: number): string {
  return `The prediction says nothing (“_”) of ${words.toLocaleString('en')} ${words === 1 ? 'word' : 'words'} that gold decides; they count as O.`;
}
