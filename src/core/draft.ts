import { wordsFrom } from './decisions.ts';
import type { Decisions, Origin } from './decisions.ts';
import type { FailureKind, Prediction } from './prediction.ts';
import { NO_LABEL, sameSpan } from './span.ts';
import type { Layer, ModelSource } from './span.ts';

/** What is decided of the other words with the first correction of a sentence. */
export const CORRECTION_STARTS = ['agreement', 'bert', 't5', 'undecided', 'noEntity'] as const;
export type CorrectionStart = (typeof CORRECTION_STARTS)[number];

/** Ways to decide the words of a sentence on which nobody decided: as no entities, as the models agree, or as one of them has it. */
export const COMPLETIONS = ['noEntity', 'agreed', 'bert', 't5'] as const;
export type CompletionKind = (typeof COMPLETIONS)[number];

/** What can be taken over with a correction, and from whom. Words that it leaves undecided stay so. */
export interface Draft extends Decisions {
  readonly from: Origin;
}

/** A model that is on, with its answer for the sentence; undefined where it has not answered yet. */
export interface Answer {
  readonly source: ModelSource;
  readonly prediction: Pick<Prediction, 'layer' | 'failures'> | undefined;
}

/** The draft in which no other word is part of an entity, which is a person's own decision. */
export const NO_ENTITY: Draft = { layer: [], undecided: [], from: [] };

/** Failures that leave words without an answer. */
const UNANSWERED: ReadonlySet<FailureKind> = new Set([
  'truncated',
  'unparseable',
  'illegalTag',
  'wrongLength',
  'notInText',
  'ambiguousPlace',
  'tokenLimit',
]);

/**
 * The draft of a sentence with `length` words. `answers` are those of the models that are on; one that was asked for and is
 * not on, or has not answered, gives no draft. Spans whose label cannot be written leave their words undecided.
 */
export function draftOf(
  start: CorrectionStart,
  answers: readonly Answer[],
  length: number,
  writable: (label: string) => boolean = (label) => label !== NO_LABEL,
): Draft | undefined {
  if (start === 'undecided') return undefined;
  if (start === 'noEntity') return NO_ENTITY;
  const asked = start === 'agreement' ? answers : answers.filter(({ source }) => source === start);
  const predictions = asked.flatMap(({ prediction }) => (prediction === undefined ? [] : [prediction]));
  if (predictions.length === 0 || predictions.length < asked.length) return undefined;
  const common = commonLayer(predictions.map(({ layer }) => layer)).filter(({ label }) => writable(label));
  const open = new Set<number>();
  for (const { layer, failures } of predictions) {
    for (const span of layer)
      if (!common.some((other) => sameSpan(other, span)))
        for (const word of wordsFrom(span.first, span.end)) open.add(word);
    for (const { kind, first = 0, end = length } of failures)
      if (UNANSWERED.has(kind)) for (const word of wordsFrom(first, end)) open.add(word);
  }
  const layer = common.filter((span) => !wordsFrom(span.first, span.end).some((word) => open.has(word)));
  for (const span of common)
    if (!layer.includes(span)) for (const word of wordsFrom(span.first, span.end)) open.add(word);
  return {
    layer,
    undecided: [...open].filter((word) => word < length).sort((a, b) => a - b),
    from: asked.map(({ source }) => source),
  };
}

/** The spans that all layers have. */
function commonLayer(layers: readonly Layer[]): Layer {
  const [reference = [], ...others] = layers;
  return reference.filter((span) => others.every((layer) => layer.some((other) => sameSpan(other, span))));
}
