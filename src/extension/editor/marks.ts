import type { Scheme } from '../../core/scheme.ts';
import { NO_LABEL, SOURCES, SOURCE_NAMES, sameSpan } from '../../core/span.ts';
import type { Layer, Source, Span } from '../../core/span.ts';
import { nextStretch } from '../../core/decisions.ts';
import { decidedLayerOf, disputedStretches, layersOf, spanProbability } from '../document/layers.ts';
import type { Layered } from '../document/layers.ts';
import type { LabelInUse } from '../settings/labels.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';

/** How a mark looks: one form a source, one for a disagreement, and one for words that nobody decided in a sentence in progress. */
export type MarkForm = Source | 'disagreement' | 'undecided';

/** Something to draw over tokens first..end (half-open) of one sentence, and words to write beside it. `slot` is a place in the cycle of label colours from 1, 0 for none. */
export interface Mark {
  readonly form: MarkForm;
  readonly slot: number;
  readonly text: string;
  readonly first: number;
  readonly end: number;
}

/** What is drawn and how. */
export interface MarkOptions {
  readonly scheme: Scheme;
  readonly labels: readonly Pick<LabelInUse, 'name' | 'color'>[];
  readonly shown: ReadonlySet<Source | 'disagreements'>;
  readonly labelText: boolean;
  /** Model spans whose probability is below this are left out. */
  readonly threshold: number;
}

/** What is to be drawn over a session, by its settings. */
export function markOptions(services: Pick<Services, 'settings'>, session: Session): MarkOptions {
  const { decorations, threshold } = services.settings(session.document.uri);
  const shown = new Set<Source | 'disagreements'>(SOURCES.filter((source) => decorations[source]));
  if (decorations.disagreements) shown.add('disagreements');
  const { scheme, labelSet: labels } = session;
  return { scheme, labels, shown, labelText: decorations.labelText, threshold };
}

/** The place of a label in the cycle of colours, from 1; 0 for a span without a label. */
export function colorSlot(label: string, labels: MarkOptions['labels']): number {
  return labels.find(({ name }) => name === label)?.color ?? 0;
}

/** The marks of one sentence. */
export function marksOf(sentence: Layered, options: MarkOptions): readonly Mark[] {
  const layers = new Map(layersOf(sentence, options.scheme));
  const marks: Mark[] = [];
  const { partial } = sentence;
  const isOpen = ({ first, end }: Pick<Span, 'first' | 'end'>): boolean =>
    partial === undefined || partial.undecided.some((word) => first <= word && word < end);
  if (options.shown.has('disagreements')) {
    for (const { first, end } of disputedStretches(layers).filter(isOpen)) {
      marks.push({ form: 'disagreement', slot: 0, text: '', first, end });
    }
  }
  if (partial !== undefined) {
    if (options.shown.has('gold'))
      for (
        let open = nextStretch(partial.undecided, -1);
        open !== undefined;
        open = nextStretch(partial.undecided, open.end)
      )
        marks.push({ form: 'undecided', slot: 0, text: '', ...open });
    layers.set('gold', decidedLayerOf(sentence, options.scheme) ?? []);
  }
  for (const [source, layer] of layers) {
    if (!options.shown.has(source)) continue;
    for (const span of layer) {
      if ((spanProbability(sentence, source, span) ?? 1) < options.threshold) continue;
      const slot = colorSlot(span.label, options.labels);
      const text = options.labelText ? spanText(source, span, layers) : '';
      marks.push({ form: source, slot, text, first: span.first, end: span.end });
    }
  }
  return marks;
}

/** Words to write behind a token. */
export interface Note {
  readonly token: number;
  readonly text: string;
}

/**
 * What the marks of a sentence say, in one note a place: `PER` behind a span, `≠ BERT LOC · T5 PER + ORG` behind a stretch
 * over which the sources disagree. In columns a note stands at the first word of its place, and gold needs none.
 */
export function notesOf(marks: readonly Mark[], kind: 'prose' | 'columns'): readonly Note[] {
  const disputed = marks.filter(({ form }) => form === 'disagreement');
  const notes = new Map<Mark, Mark[]>(disputed.map((stretch) => [stretch, []]));
  for (const mark of marks) {
    if (mark.form === 'disagreement' || mark.text === '' || (kind === 'columns' && mark.form === 'gold')) continue;
    const stretch = disputed.find(({ first, end }) => first <= mark.first && mark.end <= end);
    if (stretch === undefined) notes.set(mark, [mark]);
    else notes.get(stretch)?.push(mark);
  }
  return [...notes].map(([place, said]) => ({
    token: kind === 'prose' ? place.end - 1 : place.first,
    text: [...(place.form === 'disagreement' ? ['≠'] : []), ...wordsOf(said)].join(' '),
  }));
}

/** What each source says, its name only once: `BERT LOC · T5 PER + ORG`. */
function wordsOf(marks: readonly Mark[]): readonly string[] {
  const said = SOURCES.flatMap((source) => {
    const [first, ...others] = marks.filter(({ form }) => form === source).map(({ text }) => text);
    if (first === undefined) return [];
    const labels = others.map((text) => text.slice(text.lastIndexOf(' ') + 1)).filter((label) => label !== first);
    return [first, ...labels].join(' + ');
  });
  return said.length === 0 ? [] : [said.join(' · ')];
}

/**
 * The words beside a span. Gold says its label. Beside gold only a model that says something else speaks, with its name;
 * without gold one model speaks for both where they agree, and each for itself where they do not.
 */
function spanText(source: Source, span: Span, layers: ReadonlyMap<Source, Layer>): string {
  const label = span.label === NO_LABEL ? '' : span.label;
  if (source === 'gold') return label;
  const named = [SOURCE_NAMES[source], label].filter((word) => word !== '').join(' ');
  const saidBy = (other: Source): boolean | undefined => layers.get(other)?.some((one) => sameSpan(one, span));
  const gold = saidBy('gold');
  if (gold !== undefined) return gold ? '' : named;
  const other = saidBy(source === 'bert' ? 't5' : 'bert');
  if (other === false) return named;
  return other === true && source === 't5' ? '' : label;
}
