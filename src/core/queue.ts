import { nextStretch } from './decisions.ts';
import { pairSpans, verdictRange } from './pairing.ts';
import type { VerdictKind } from './pairing.ts';
import type { Prediction } from './prediction.ts';
import { overlaps, sameLayer } from './span.ts';
import type { Layer } from './span.ts';
import { spanKey } from './breakdown.ts';
import { smallest } from './lists.ts';

/**
 * Why a place should be looked at, most urgent first: both models say the same against gold; the sentence is in progress and
 * nobody decided these words; the models differ; BERT was
 * unsure; the same words have other labels elsewhere in gold; a tag of gold cannot follow the one before it.
 */
export type ReviewReason =
  'modelsAgainstGold' | 'inProgress' | 'modelsDisagree' | 'unsure' | 'inconsistent' | 'illegal';

/** The reasons in the order of the queue. */
export const REVIEW_REASONS = [
  'modelsAgainstGold',
  'inProgress',
  'modelsDisagree',
  'unsure',
  'inconsistent',
  'illegal',
] as const satisfies readonly ReviewReason[];

/** How two answers differ at a place: other label, other borders (with or without another label), or a span that only one has. */
export type Difference = 'label' | 'border' | 'oneSided';

/** A place at which a person wants no hint for this reason: tokens first..end (half-open). */
export interface IgnoredPlace {
  readonly reason: ReviewReason;
  readonly first: number;
  readonly end: number;
}

/** A sentence as the queue sees it; predictions are those of the full scheme or all of the simplified one. */
export interface ReviewSentence {
  readonly forms: readonly string[];
  readonly gold: Layer | null;
  /** The undecided words (ascending) of a sentence in progress; undefined for any other. */
  readonly undecided?: readonly number[] | undefined;
  /** Tokens of gold whose tag could not follow the one before it. */
  readonly illegal: readonly number[];
  /** True where a person looked the sentence through: only illegal tags bring it back. */
  readonly reviewed?: boolean;
  readonly ignored?: readonly IgnoredPlace[];
  readonly bert?: Pick<Prediction, 'layer' | 'probabilities'> | undefined;
  readonly t5?: Pick<Prediction, 'layer' | 'probabilities'> | undefined;
}

/** One place to look at: tokens first..end (half-open) of a sentence, and how urgent it is among its reason, 0 to 1. */
export interface ReviewItem {
  readonly sentence: number;
  readonly first: number;
  readonly end: number;
  readonly reason: ReviewReason;
  readonly urgency: number;
  /** The labels that stand against each other, such as `ORG / LOC`; `–` where there is no span. */
  readonly labels: string;
  /** How the two sides differ; undefined where the reason has only one side. */
  readonly difference?: Difference | undefined;
}

/** What an annotator may leave out. */
export interface ReviewOptions {
  /** BERT is unsure of a span where a tag of it is less probable than this. */
  readonly unsureBelow?: number;
}

const UNSURE_BELOW = 0.7;
const NO_SPAN = '–';

/** Tokens first..end of a sentence. */
interface Range {
  readonly first: number;
  readonly end: number;
}

/** A range in which two layers differ. */
interface Differing extends Range {
  readonly difference: Difference;
}

type Answer = Pick<Prediction, 'layer' | 'probabilities'>;
/** A place to look at in a sentence that is known otherwise. */
export type Place = Omit<ReviewItem, 'sentence'>;

function weakest({ probabilities }: Answer, { first, end }: Range): number {
  return smallest(probabilities.slice(first, end), 1);
}

function within(layer: Layer, { first, end }: Range): Layer {
  return layer.filter((span) => overlaps(span, { first, end, label: '' }));
}

function labelsIn(...layers: readonly Layer[]): string {
  return layers.map((layer) => layer.map((span) => span.label).join(' ') || NO_SPAN).join(' / ');
}

const differenceOf: Readonly<Record<Exclude<VerdictKind, 'correct'>, Difference>> = {
  label: 'label',
  border: 'border',
  both: 'border',
  missed: 'oneSided',
  spurious: 'oneSided',
};

/** The places at which two layers differ, each with what it concerns on both sides. */
function differences(a: Layer, b: Layer): readonly Differing[] {
  return pairSpans(a, b).flatMap((verdict) =>
    verdict.kind === 'correct' ? [] : [{ ...verdictRange(verdict), difference: differenceOf[verdict.kind] }],
  );
}

function againstGold(gold: Layer, bert: Answer, t5: Answer): Place[] {
  return differences(gold, bert.layer).flatMap((range) => {
    const said = within(bert.layer, range);
    if (!sameLayer(said, within(t5.layer, range))) return [];
    const urgency = Math.min(weakest(bert, range), weakest(t5, range));
    return [{ ...range, reason: 'modelsAgainstGold', urgency, labels: labelsIn(within(gold, range), said) }];
  });
}

/** Where the models differ and gold, if there is any, takes neither side: what a person decided is settled. */
function disagreements(gold: Layer | null, bert: Answer, t5: Answer): Place[] {
  return differences(bert.layer, t5.layer).flatMap((range) => {
    const sides = [within(bert.layer, range), within(t5.layer, range)] as const;
    const decided = gold === null ? undefined : within(gold, range);
    if (decided !== undefined && sides.some((side) => sameLayer(side, decided))) return [];
    const urgency = Math.min(weakest(bert, range), weakest(t5, range));
    return [{ ...range, reason: 'modelsDisagree', urgency, labels: labelsIn(...sides) }];
  });
}

function unsurePlaces(bert: Answer, below: number): Place[] {
  return bert.probabilities.flatMap((probability, index) => {
    if (probability >= below) return [];
    const spans = within(bert.layer, { first: index, end: index + 1 });
    const { first, end } = spans[0] ?? { first: index, end: index + 1 };
    return [{ first, end, reason: 'unsure', urgency: 1 - weakest(bert, { first, end }), labels: labelsIn(spans) }];
  });
}

/** How often each string of gold has each label. */
export type StringLabels = Map<string, Map<string, number>>;

/** The strings of a sentence's gold spans with their labels, as `StringLabels` counts them. */
export function goldStrings({
  forms,
  gold,
}: ReviewSentence): readonly { readonly key: string; readonly label: string }[] {
  return (gold ?? []).map((span) => ({ key: spanKey(forms, span), label: span.label }));
}

/** Counts a string's label once more or once less; true where the string has or had more than one label, so that others are concerned. */
export function countString(strings: StringLabels, key: string, label: string, sign: 1 | -1): boolean {
  const labels = strings.get(key) ?? new Map<string, number>();
  const several = labels.size > 1;
  const count = (labels.get(label) ?? 0) + sign;
  if (count > 0) labels.set(label, count);
  else labels.delete(label);
  if (labels.size > 0) strings.set(key, labels);
  else strings.delete(key);
  return several || labels.size > 1;
}

function inconsistencies(sentence: ReviewSentence, strings: ReadonlyMap<string, ReadonlyMap<string, number>>): Place[] {
  return (sentence.gold ?? []).flatMap((span) => {
    const labels = strings.get(spanKey(sentence.forms, span));
    if (labels === undefined || labels.size < 2) return [];
    const total = [...labels.values()].reduce((sum, count) => sum + count, 0);
    const others = [...labels.keys()].filter((label) => label !== span.label).sort();
    return [
      {
        first: span.first,
        end: span.end,
        reason: 'inconsistent',
        urgency: 1 - (labels.get(span.label) ?? 0) / total,
        labels: [span.label, ...others].join(' / '),
      },
    ];
  });
}

/** The first place of each range; the list comes most urgent reason first. */
function distinct(places: readonly Place[]): readonly Place[] {
  if (places.length < 2) return places;
  const first = new Map<string, Place>();
  for (const place of places) {
    const key = `${place.first}-${place.end}`;
    if (!first.has(key)) first.set(key, place);
  }
  return [...first.values()];
}

/** The places of a sentence that depend on nothing but itself. */
export function ownPlaces(
  { forms, gold, undecided, bert, t5 }: ReviewSentence,
  { unsureBelow = UNSURE_BELOW }: ReviewOptions = {},
): readonly Place[] {
  const places: readonly Place[] = [
    ...(gold !== null && bert !== undefined && t5 !== undefined ? againstGold(gold, bert, t5) : []),
    ...(bert !== undefined && t5 !== undefined ? disagreements(gold, bert, t5) : []),
    ...(bert === undefined || gold !== null ? [] : unsurePlaces(bert, unsureBelow)),
  ];
  const stretch = nextStretch(undecided ?? [], -1);
  if (undecided === undefined || stretch === undefined) return places;
  const urgency = 1 - undecided.length / forms.length;
  const open = places.filter((place) => undecided.some((word) => place.first <= word && word < place.end));
  return [{ ...stretch, reason: 'inProgress', urgency, labels: String(undecided.length) }, ...open];
}

/** All places of a sentence, each once: its own, and where its strings have other labels elsewhere. */
export function placesOf(
  sentence: ReviewSentence,
  own: readonly Place[],
  strings: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly Place[] {
  const illegal = sentence.illegal.map((token): Place => ({
    first: token,
    end: token + 1,
    reason: 'illegal',
    urgency: 1,
    labels: '',
  }));
  const places = sentence.reviewed === true ? illegal : [...own, ...inconsistencies(sentence, strings), ...illegal];
  const ignored = sentence.ignored ?? [];
  if (places.length === 0) return places;
  const wanted = ({ reason, first, end }: Place): boolean =>
    !ignored.some((other) => other.reason === reason && other.first === first && other.end === end);
  return distinct(ignored.length === 0 ? places : places.filter(wanted));
}

const rank = new Map<ReviewReason, number>(REVIEW_REASONS.map((reason, index) => [reason, index]));

/** The order of the queue: by reason, then by urgency, then by place. */
export function compareItems(a: ReviewItem, b: ReviewItem): number {
  return (
    (rank.get(a.reason) ?? 0) - (rank.get(b.reason) ?? 0) ||
    b.urgency - a.urgency ||
    a.sentence - b.sentence ||
    a.first - b.first
  );
}

/**
 * The places of a corpus that are worth a look, by reason, then by urgency, then by place. Urgency is how confident the
 * models are in what they say (the weakest token of the place), how unsure BERT is, or how rare the label of gold is for its
 * words. A place is listed once, under its first reason. What gold decides is no longer a disagreement of the models or a
 * doubt of BERT.
 */
export function reviewQueue(sentences: readonly ReviewSentence[], options: ReviewOptions = {}): readonly ReviewItem[] {
  const strings: StringLabels = new Map();
  for (const sentence of sentences)
    for (const { key, label } of goldStrings(sentence)) countString(strings, key, label, 1);
  return sentences
    .flatMap((sentence, index) =>
      placesOf(sentence, ownPlaces(sentence, options), strings).map((place): ReviewItem => ({
        sentence: index,
        ...place,
      })),
    )
    .sort(compareItems);
}
