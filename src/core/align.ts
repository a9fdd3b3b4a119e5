import type { Token } from './token.ts';

/** Where a string stands among tokens: a half-open range, and how exactly it matched. */
export interface Place {
  readonly first: number;
  readonly end: number;
  /** `exact` keeps case; `loose` ignores case and the blanks between words. */
  readonly match: 'exact' | 'loose';
}

/** The forms of tokens, in order. */
export function formsOf(tokens: readonly Token[]): readonly string[] {
  return tokens.map((token) => token.form);
}

/**
 * All ranges of words whose letters, written without blanks, are those of `text`. Blanks never decide, since a generator
 * may write "do n't" as "don't"; case decides only between exact and loose.
 */
export function placesOf(words: readonly string[], text: string): readonly Place[] {
  const exact = squeeze(text);
  const loose = exact.toLowerCase();
  if (exact === '') return [];
  const squeezed = words.map(squeeze);
  const places: Place[] = [];
  for (let first = 0; first < words.length; first++) {
    if (squeezed[first] === '') continue;
    let joined = '';
    for (let end = first; end < words.length && joined.length < exact.length; end++) {
      joined += squeezed[end] ?? '';
      if (joined.toLowerCase() !== loose) continue;
      places.push({ first, end: end + 1, match: joined === exact ? 'exact' : 'loose' });
      break;
    }
  }
  return places;
}

/** The outcome of looking for a string among words of which some are already taken. */
export type Found =
  | { readonly kind: 'found'; readonly place: Place; readonly others: number }
  | { readonly kind: 'taken' }
  | { readonly kind: 'notInText' };

/**
 * The first free place of a string at or after `from` (then the first free one before it), exact matches before loose
 * ones; `others` counts further free places of the same kind, which make the choice ambiguous. `taken` means that the
 * string occurs only where words are taken already.
 */
export function findPlace(words: readonly string[], text: string, taken: readonly boolean[], from: number): Found {
  const places = placesOf(words, text);
  if (places.length === 0) return { kind: 'notInText' };
  const free = places.filter((place) => !taken.slice(place.first, place.end).includes(true));
  const kind = free.some((place) => place.match === 'exact') ? 'exact' : 'loose';
  const candidates = free.filter((place) => place.match === kind);
  const place = candidates.find((candidate) => candidate.first >= from) ?? candidates[0];
  return place === undefined ? { kind: 'taken' } : { kind: 'found', place, others: candidates.length - 1 };
}

function squeeze(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '');
}
