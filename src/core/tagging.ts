import { tagParts } from './scheme.ts';
import type { Decoded } from './scheme.ts';
import { NO_LABEL } from './span.ts';
import type { Layer, Span } from './span.ts';

/**
 * The ways in which column files write spans as tags: IOB1 (B only between neighbours of one label), IOB2, BIOES, BILOU,
 * and IO, whose tags are bare labels, so that neighbours of one label are one span.
 */
export type Tagging = 'iob1' | 'iob2' | 'bioes' | 'bilou' | 'io';

type Role = 'outside' | 'begin' | 'inside' | 'end' | 'single' | 'unknown';

const roles: Readonly<Record<string, Role>> = {
  B: 'begin',
  I: 'inside',
  M: 'inside',
  E: 'end',
  L: 'end',
  S: 'single',
  U: 'single',
};

/** What a tag of any of the four says, and its label. */
function roleOf(tag: string): { readonly role: Role; readonly label: string } {
  const parts = tagParts(tag);
  if (parts.prefix === 'O') return { role: 'outside', label: NO_LABEL };
  if (parts.prefix !== 'unknown') return { role: roles[parts.prefix] ?? 'unknown', label: parts.label };
  const asInside = tagParts(`I${tag.slice(1)}`);
  const role = asInside.prefix === 'I' ? (roles[tag.charAt(0)] ?? 'unknown') : 'unknown';
  return { role, label: asInside.prefix === 'I' ? asInside.label : NO_LABEL };
}

/** True for what is a tag in any of those with prefixes. */
export function isTag(tag: string): boolean {
  return roleOf(tag).role !== 'unknown';
}

/** The tags of a layer over `length` tokens. Every layer can be written and read back in each but IO, which joins neighbours of one label. */
export function encodeAs(layer: Layer, length: number, tagging: Tagging): readonly string[] {
  const tags = new Array<string>(length).fill('O');
  layer.forEach((span, position) => {
    if (tagging === 'io') {
      tags.fill(span.label === NO_LABEL ? 'I' : span.label, span.first, span.end);
      return;
    }
    const suffix = span.label === NO_LABEL ? '' : `-${span.label}`;
    const before = layer[position - 1];
    const neighbour = before?.end === span.first && before.label === span.label;
    for (let index = span.first; index < span.end; index++) {
      const place = index === span.first ? 'first' : index === span.end - 1 ? 'last' : 'between';
      tags[index] = `${prefixOf(tagging, place, span.end - span.first === 1, neighbour)}${suffix}`;
    }
  });
  return tags;
}

function prefixOf(
  tagging: Exclude<Tagging, 'io'>,
  place: 'first' | 'between' | 'last',
  alone: boolean,
  neighbour: boolean,
): string {
  if (tagging === 'iob1') return place === 'first' && neighbour ? 'B' : 'I';
  if (alone && tagging !== 'iob2') return tagging === 'bioes' ? 'S' : 'U';
  if (place === 'last' && !alone && tagging !== 'iob2') return tagging === 'bioes' ? 'E' : 'L';
  return place === 'first' ? 'B' : 'I';
}

/** The layer behind bare labels: a run of one label is a span. */
function decodeLabels(tags: readonly string[]): Decoded {
  const layer: Span[] = [];
  tags.forEach((tag, index) => {
    if (tag === 'O') return;
    const last = layer.at(-1);
    if (last?.end === index && last.label === tag) layer[layer.length - 1] = { ...last, end: index + 1 };
    else layer.push({ first: index, end: index + 1, label: tag });
  });
  return { layer, illegal: [] };
}

/**
 * The layer behind tags of any kind. What breaks the rules of `tagging` is read as well as it can be and listed:
 * an inside or end without a begin starts a span, prefixes of another tagging keep their meaning, unknown tags are O.
 */
export function decodeAs(tags: readonly string[], tagging: Tagging): Decoded {
  if (tagging === 'io') return decodeLabels(tags);
  const layer: Span[] = [];
  const illegal = new Set<number>();
  const bounded = tagging === 'bioes' || tagging === 'bilou';
  let open: { first: number; label: string } | undefined;
  const close = (end: number, ended: boolean): void => {
    if (open === undefined) return;
    layer.push({ first: open.first, end, label: open.label });
    if (bounded && !ended) illegal.add(end - 1);
    open = undefined;
  };
  tags.forEach((tag, index) => {
    const { role, label } = roleOf(tag);
    const continues = open?.label === label && (role === 'inside' || role === 'end');
    if (!continues) close(index, false);
    if (role === 'unknown' || !prefixesOf[tagging].includes(tag.charAt(0))) illegal.add(index);
    if (role === 'outside' || role === 'unknown') return;
    if (!continues) {
      open = { first: index, label };
      if (role === 'end' || (role === 'inside' && tagging !== 'iob1')) illegal.add(index);
    }
    if (role === 'end' || role === 'single') close(index + 1, true);
  });
  close(tags.length, false);
  return { layer, illegal: [...illegal].sort((a, b) => a - b) };
}

/** BMES, as Chinese corpora have it, is BIOES with another letter for inside. */
const prefixesOf = { iob1: 'OBI', iob2: 'OBI', bioes: 'OBIESM', bilou: 'OBILU' } as const;

/** BIOES or BILOU where a tag has a prefix that only they have. */
export function boundedTagging(tags: readonly string[]): 'bioes' | 'bilou' | undefined {
  for (const tag of tags) {
    if (tag.length > 1 && tag[1] !== '-') continue;
    const prefix = tag[0];
    if (prefix === 'E' || prefix === 'S' || prefix === 'M') return 'bioes';
    if (prefix === 'L' || prefix === 'U') return 'bilou';
  }
  return undefined;
}

/** What a list of tags betrays about how a file writes spans; undefined where every reading fits. */
export function taggingEvidence(tags: readonly string[]): Tagging | undefined {
  const bounded = boundedTagging(tags);
  if (bounded !== undefined) return bounded;
  for (const [index, tag] of tags.entries()) {
    const { role, label } = roleOf(tag);
    const before = roleOf(tags[index - 1] ?? 'O');
    const follows = before.role !== 'outside' && before.label === label;
    if (role === 'inside' && !follows) return 'iob1';
    if (role === 'begin' && !follows) return 'iob2';
  }
  return undefined;
}
