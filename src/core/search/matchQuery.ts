import type { Pattern } from '../pattern.ts';
import { encode } from '../scheme.ts';
import { overlaps } from '../span.ts';
import type { Layer, Source, Span } from '../span.ts';
import { fitsWildcard } from '../wildcard.ts';
import type { Condition, SearchQuery, TextTerm, TokenTest } from './query.ts';

/** A sentence as a search sees it. */
export interface SearchedSentence {
  readonly forms: readonly string[];
  /** What a source says of it, null where that is not known. */
  readonly layerOf: (source: Source) => Layer | null;
}

/** Tokens first (inclusive) to end (exclusive) of a sentence. */
export type Place = Pick<Span, 'first' | 'end'>;

/** What a search finds in a sentence; `unknown` are the sources on whose missing answer it depends whether there is more. */
export interface Found {
  readonly places: readonly Place[];
  readonly unknown: readonly Source[];
}

const NOTHING: Found = { places: [], unknown: [] };

/** The places of a sentence at which everything holds that a query asks for. */
export function matchQuery({ texts, conditions }: SearchQuery, sentence: SearchedSentence): Found {
  const [text, ...otherTexts] = texts;
  const { forms } = sentence;
  const whole: Place = { first: 0, end: forms.length };
  let candidates: readonly Place[] | undefined;
  if (text !== undefined) {
    candidates = placesOfText(text, forms);
    if (candidates.length === 0) return NOTHING;
    if (!otherTexts.every((other) => placesOfText(other, forms).length > 0)) return NOTHING;
  }
  const unknown = new Set<Source>();
  const known: (Condition & { readonly layer: Layer | null })[] = [];
  for (const condition of conditions) {
    const layer = sentence.layerOf(condition.source);
    if (layer === null && condition.wanted.kind !== 'unknown') unknown.add(condition.source);
    else known.push({ ...condition, layer });
  }
  const holds = (place: Place): boolean =>
    known.every(({ wanted, negated, layer }) => says(wanted, layer, place, forms.length) !== negated);
  if (candidates === undefined) {
    const anchor = known.find(({ wanted, negated }) => !negated && namesSpans(wanted));
    // A source that is not known might name places that no other condition does.
    if (anchor === undefined && conditions.some(({ wanted, negated }) => !negated && namesSpans(wanted)))
      return holdsSomewhere(known, forms.length) ? { places: [], unknown: [...unknown] } : NOTHING;
    candidates = anchor === undefined ? [whole] : placesOf(anchor.wanted, anchor.layer ?? [], forms.length);
  }
  const places = candidates.filter(holds);
  if (unknown.size === 0 || places.length === 0) return { places, unknown: [] };
  return { places: [], unknown: [...unknown] };
}

/** False where a condition on a known source rules the sentence out wherever the place may be. */
function holdsSomewhere(known: readonly (Condition & { readonly layer: Layer | null })[], length: number): boolean {
  return known.every(
    ({ wanted, negated, layer }) =>
      wanted.kind !== 'unknown' || says(wanted, layer, { first: 0, end: length }, length) !== negated,
  );
}

function namesSpans({ kind }: Condition['wanted']): boolean {
  return kind === 'labels' || kind === 'tags' || kind === 'any';
}

function hasLabel(labels: readonly string[], { label }: Span): boolean {
  return labels.includes(label.toLowerCase());
}

/** Whether a tag is one that is wanted: the same, or of the same prefix where only that is named. */
function isTagWanted(tags: readonly string[], tag: string): boolean {
  const small = tag.toLowerCase();
  return tags.includes(small) || (small.length > 1 && tags.includes(small.charAt(0)));
}

/** Whether a source's answer holds what is wanted at a place. */
function says(wanted: Condition['wanted'], layer: Layer | null, place: Place, length: number): boolean {
  if (wanted.kind === 'unknown') return layer === null;
  const spans = (layer ?? []).filter((span) => overlaps(span, { ...place, label: '' }));
  switch (wanted.kind) {
    case 'any':
      return spans.length > 0;
    case 'none':
      return spans.length === 0;
    case 'labels':
      return spans.some((span) => hasLabel(wanted.labels, span));
    case 'tags':
      return encode(layer ?? [], length, 'full')
        .slice(place.first, place.end)
        .some((tag) => isTagWanted(wanted.tags, tag));
  }
}

/** The places that a condition names. */
function placesOf(wanted: Condition['wanted'], layer: Layer, length: number): readonly Place[] {
  if (wanted.kind === 'tags')
    return encode(layer, length, 'full').flatMap((tag, first) =>
      isTagWanted(wanted.tags, tag) ? [{ first, end: first + 1 }] : [],
    );
  return wanted.kind === 'labels' ? layer.filter((span) => hasLabel(wanted.labels, span)) : layer;
}

function placesOfText(term: TextTerm, forms: readonly string[]): readonly Place[] {
  return term.kind === 'line' ? placesInLine(term.pattern, forms) : placesInRow(term.tests, forms);
}

function placesInRow(tests: readonly TokenTest[], forms: readonly string[]): readonly Place[] {
  const places: Place[] = [];
  for (let first = 0; first < forms.length; first++) {
    let end: number | undefined = first;
    for (const test of tests) {
      end = endOfTest(test, forms, end);
      if (end === undefined) break;
    }
    if (end === undefined) continue;
    places.push({ first, end });
    first = end - 1;
  }
  return places;
}

/** The token after those that pass a test from `first` on, undefined where they do not. */
function endOfTest(test: TokenTest, forms: readonly string[], first: number): number | undefined {
  if (test.kind !== 'word') {
    const form = forms[first];
    return form !== undefined && passes(test, form) ? first + 1 : undefined;
  }
  let read = 0;
  let index = first;
  while (read < test.text.length) {
    const form = forms[index++];
    if (form === undefined || form === '') return undefined;
    if (!test.text.startsWith(test.ignoreCase ? form.toLowerCase() : form, read)) return undefined;
    read += test.ignoreCase ? form.toLowerCase().length : form.length;
  }
  return index;
}

function passes(test: Exclude<TokenTest, { kind: 'word' }>, form: string): boolean {
  if (test.kind === 'pattern') return test.pattern.test(form);
  return fitsWildcard(test.ignoreCase ? form.toLowerCase() : form, test.parts, 0);
}

/** Matches of a pattern over the words joined by spaces, widened to whole tokens. */
function placesInLine(pattern: Pattern, forms: readonly string[]): readonly Place[] {
  const line = forms.join(' ');
  const places: Place[] = [];
  let token = 0;
  let start = 0;
  for (const match of pattern.matches(line)) {
    const { end } = match;
    if (end === match.start) continue;
    while (token < forms.length && start + (forms[token]?.length ?? 0) <= match.start) {
      start += (forms[token]?.length ?? 0) + 1;
      token++;
    }
    const first = token;
    let stop = start;
    let last = first;
    while (last < forms.length && stop < end) {
      stop += (forms[last]?.length ?? 0) + 1;
      last++;
    }
    if (last > first && first >= (places.at(-1)?.end ?? 0)) places.push({ first, end: last });
  }
  return places;
}
