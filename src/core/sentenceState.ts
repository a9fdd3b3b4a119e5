import { REVIEW_REASONS } from './queue.ts';
import type { IgnoredPlace } from './queue.ts';

/** The comments of a column file that hold what people decided about a sentence besides its spans. */
export const STATE_KEYS = { reviewed: 'reviewed', note: 'note', ignored: 'ignored' } as const;

/** What the comments of a sentence say of the work on it. */
export interface SentenceState {
  /** Who looked the sentence through and when, as written: `NAME DATE`; undefined where nobody did. */
  readonly reviewed: string | undefined;
  readonly note: string | undefined;
  /** Places that a person wants no hint about. */
  readonly ignored: readonly IgnoredPlace[];
}

type Comments = readonly { readonly key: string; readonly value: string }[];

/** What the comments of a sentence say; unreadable entries of `# ignored` are left out. */
export function sentenceState(comments: Comments): SentenceState {
  const valueOf = (key: string): string | undefined => {
    const value = comments.find((comment) => comment.key === key)?.value.trim();
    return value === '' ? undefined : value;
  };
  return {
    reviewed: valueOf(STATE_KEYS.reviewed),
    note: valueOf(STATE_KEYS.note),
    ignored: (valueOf(STATE_KEYS.ignored) ?? '').split(',').flatMap(ignoredPlace),
  };
}

function ignoredPlace(text: string): readonly IgnoredPlace[] {
  const match = /^(\w+) (\d+)(?:-(\d+))?$/.exec(text.trim());
  const reason = REVIEW_REASONS.find((one) => one === match?.[1]);
  if (match === null || reason === undefined) return [];
  const first = Number(match[2]) - 1;
  const end = Number(match[3] ?? match[2]);
  return first >= 0 && first < end ? [{ reason, first, end }] : [];
}

/** The value of `# ignored`: each place as its reason and its first to last token, counted from 1 as in the file; null for no places. */
export function ignoredValue(places: readonly IgnoredPlace[]): string | null {
  if (places.length === 0) return null;
  return places
    .map(({ reason, first, end }) => {
      const last = end === first + 1 ? '' : `-${String(end)}`;
      return `${reason} ${String(first + 1)}${last}`;
    })
    .join(', ');
}

/** The value of `# reviewed`: a name and the day by the calendar of this place, as YYYY-MM-DD. */
export function reviewedValue(name: string, day: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${name} ${String(day.getFullYear())}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
