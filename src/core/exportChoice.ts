import { tagRenamer } from './classification.ts';
import type { CorpusSentence } from './corpus.ts';
import { wordsFrom } from './decisions.ts';
import type { LabelMap } from './modelTags.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import type { Scheme } from './scheme.ts';
import { sentenceState } from './sentenceState.ts';
import { NO_LABEL } from './span.ts';
import type { Layer, Span } from './span.ts';
import { encodeAs } from './tagging.ts';
import { messageOf } from './errorMessage.ts';

/** Which sentences an export takes: all, those that somebody annotated, or those that somebody looked through. */
export const EXPORT_TAKES = ['all', 'gold', 'reviewed'] as const;
export type ExportTake = (typeof EXPORT_TAKES)[number];

/** Which sentences of a corpus are exported, and with which labels. */
export interface ExportChoice {
  readonly take: ExportTake;
  /** From label to label; `O` leaves the spans of a label out. */
  readonly labelMap: LabelMap;
  readonly scheme: Scheme;
}

/** What a model says of a sentence that nobody annotated. */
export interface Filling {
  readonly layer: Layer;
  /** The name that stands for who decided. */
  readonly by: string;
}

/** A sentence as it is exported, and whether a model annotated it. */
export interface Exported {
  readonly sentence: CorpusSentence;
  readonly filled: boolean;
}

/** True where a person marked the sentence as looked through. */
export function isReviewed({ comments = [] }: Pick<CorpusSentence, 'comments'>): boolean {
  return sentenceState(comments).reviewed !== undefined;
}

/** A layer with other labels, or with none in the simplified scheme. */
export function relabelled(layer: Layer, { labelMap, scheme }: Omit<ExportChoice, 'take'>): Layer {
  if (scheme === 'full' && Object.keys(labelMap).length === 0) return layer;
  const rename = tagRenamer(labelMap);
  return layer.flatMap((span) => {
    const tag = span.label === NO_LABEL ? 'B' : rename(`B-${span.label}`);
    if (tag === 'O') return [];
    const label = scheme === 'simplified' || tag === 'B' ? NO_LABEL : tag.slice(2);
    return label === span.label ? [span] : [{ ...span, label }];
  });
}

/** What of a sentence is exported; undefined where it is left out. */
export function exported(sentence: CorpusSentence, choice: ExportChoice, filling?: Filling): Exported | undefined {
  const { layer } = sentence;
  if (choice.take === 'reviewed' && (layer === null || !isReviewed(sentence))) return undefined;
  if (layer !== null) {
    const renamed = relabelled(layer, choice);
    return { sentence: renamed === layer ? sentence : { ...sentence, layer: renamed }, filled: false };
  }
  if (filling !== undefined) {
    const filled = filledLayer(sentence, filling.layer);
    if (filled === undefined) return undefined;
    const made = relabelled(filled, choice);
    const undecided = sentence.partial === undefined ? undefined : new Set(sentence.partial.undecided);
    const annotators = encodeAs(made, sentence.tokens.length, 'iob2').map((tag, token) =>
      undecided?.has(token) === false ? sentence.annotators?.[token] : tag === 'O' ? undefined : filling.by,
    );
    return {
      sentence: { ...sentence, partial: undefined, layer: made, annotators, filledBy: filling.by },
      filled: true,
    };
  }
  return choice.take === 'all' ? { sentence, filled: false } : undefined;
}

/** What a model says of the undecided words beside what is decided; undefined where a span of it reaches over decided words. */
function filledLayer({ partial }: CorpusSentence, layer: Layer): Layer | undefined {
  if (partial === undefined) return layer;
  const undecided = new Set(partial.undecided);
  const open = ({ first, end }: Span): readonly boolean[] => wordsFrom(first, end).map((token) => undecided.has(token));
  const fresh = layer.filter((span) => open(span).includes(true));
  if (fresh.some((span) => open(span).includes(false))) return undefined;
  return [...partial.layer, ...fresh].sort((a, b) => a.first - b.first);
}

/** Reads a label map as people write it: `GPE=LOC, MISC=O`, or a JSON object. */
export function parseLabelMap(text: string): Result<LabelMap, 'labelMap'> {
  const trimmed = text.trim();
  if (trimmed === '') return ok({});
  if (trimmed.startsWith('{')) return parseJsonMap(trimmed);
  const map: Record<string, string> = {};
  for (const part of trimmed.split(/[,;\n]/).filter((one) => one.trim() !== '')) {
    const [, from, to] = /^\s*(\S+?)\s*(?:=|→|->)\s*(\S+)\s*$/u.exec(part) ?? [];
    if (from === undefined || to === undefined)
      return fail('labelMap', `“${part.trim()}” is not LABEL=LABEL, such as GPE=LOC, or MISC=O to leave a label out.`);
    map[from] = to;
  }
  return ok(map);
}

function parseJsonMap(text: string): Result<LabelMap, 'labelMap'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail('labelMap', `The label map is no JSON (${messageOf(error)}).`);
  }
  const entries = Object.entries(value as object);
  const wrong = entries.find(([, to]) => typeof to !== 'string' || to === '' || /\s/.test(to));
  if (wrong !== undefined) return fail('labelMap', `What the label map says of “${wrong[0]}” is no label.`);
  return ok(Object.fromEntries(entries) as LabelMap);
}
