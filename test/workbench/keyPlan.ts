import { applyCorrection } from '../../src/core/correction.ts';
import { sameSpan } from '../../src/core/span.ts';
import type { Layer } from '../../src/core/span.ts';
import { nextSpan, reshaped } from '../../src/core/spanEdits.ts';
import type { Reshape } from '../../src/core/spanEdits.ts';
import { moved, nextName, rangeOf } from '../../webview/panel/sentence/selection.ts';
import type { Selection } from '../../webview/panel/state.ts';

/** What a trained person sees of a sentence in the panel: what the models say, what is selected, and the gold that is there. */
export interface Seen {
  readonly tokens: readonly string[];
  readonly bert: Layer;
  readonly t5: Layer;
  readonly gold: Layer | null;
  readonly selection: Selection;
}

/** A key press and what is to be seen after it. */
export interface Stroke {
  readonly key: string;
  readonly after: Seen;
}

const reshapes: Readonly<Record<string, Reshape>> = {
  'Alt+ArrowRight': 'extendEnd',
  'Alt+ArrowLeft': 'shrinkEnd',
  'Alt+Shift+ArrowLeft': 'extendStart',
  'Alt+Shift+ArrowRight': 'shrinkStart',
  'Shift+S': 'split',
  'Shift+M': 'merge',
};

const labels = { p: 'PER', l: 'LOC', g: 'ORG' } as const;

/** The strokes that can be made, each with what it leads to. */
function strokes(seen: Seen): readonly Stroke[] {
  const { tokens, bert, t5, selection } = seen;
  const { length } = tokens;
  const gold = seen.gold ?? [];
  const range = rangeOf(selection);
  const found: Stroke[] = [];
  const to = (key: string, part: Partial<Seen>): void => {
    found.push({ key, after: { ...seen, ...part } });
  };
  const select = (first: number, end: number): Selection => ({ ...selection, anchor: first, focus: end - 1, row: 0 });
  to('b', { gold: bert });
  to('t', { gold: t5 });
  to('e', { gold: [] });
  for (const [key, label] of Object.entries(labels)) {
    const made = applyCorrection(gold, { kind: 'setSpan', ...range, label }, length);
    if (made.ok) to(key, { gold: made.value });
  }
  const cleared = applyCorrection(gold, { kind: 'clear', ...range }, length);
  if (cleared.ok) to('o', { gold: cleared.value });
  for (const [key, how] of Object.entries(reshapes)) {
    const made = reshaped(gold, range, how, length);
    if (made.ok) to(key, { gold: made.value.layer, selection: select(made.value.first, made.value.end) });
  }
  for (const [key, direction] of [
    ['.', 1],
    [',', -1],
  ] as const) {
    const place = nextSpan([...(seen.gold === null ? [] : [gold]), bert, t5], range, direction);
    if (place !== undefined) to(key, { selection: select(place.first, place.end) });
  }
  for (const [key, direction] of [
    ['Control+ArrowLeft', -1],
    ['Control+ArrowRight', 1],
  ] as const) {
    const place = nextName(selection, tokens, direction);
    if (place !== undefined) to(key, { selection: place });
  }
  const grid = { tokens: length, rows: 3, lines: [{ first: 0, end: length }] };
  for (const [key, step] of [
    ['ArrowLeft', 'left'],
    ['ArrowRight', 'right'],
    ['Home', 'start'],
    ['End', 'end'],
  ] as const) {
    to(key, { selection: moved(selection, step, false, grid) });
    to(`Shift+${key}`, { selection: moved(selection, step, true, grid) });
  }
  return found;
}

/** Spans that are wrong or missing. */
export function wrongSpans(layer: Layer, truth: Layer): number {
  const without = (some: Layer, others: Layer): number =>
    some.filter((span) => !others.some((other) => sameSpan(span, other))).length;
  return without(layer, truth) + without(truth, layer);
}

/** The fewest strokes to a state with fewer wrong spans, found breadth first. */
function nearest(seen: Seen, truth: Layer): readonly Stroke[] | undefined {
  const now = wrongSpans(seen.gold ?? [], truth);
  const keyOf = ({ gold, selection }: Seen): string => JSON.stringify([gold, selection.anchor, selection.focus]);
  const known = new Set([keyOf(seen)]);
  let best: readonly Stroke[] | undefined;
  let least = now;
  let front: (readonly Stroke[])[] = [[]];
  while (front.length > 0) {
    const next: (readonly Stroke[])[] = [];
    for (const path of front)
      for (const stroke of strokes(path.at(-1)?.after ?? seen)) {
        if (known.has(keyOf(stroke.after))) continue;
        known.add(keyOf(stroke.after));
        const longer = [...path, stroke];
        const wrong = stroke.after.gold === null ? now : wrongSpans(stroke.after.gold, truth);
        if (wrong < least && (best === undefined || best.length === longer.length)) {
          best = longer;
          least = wrong;
        }
        // Detours over a worse layer are nothing that a person would find.
        if (stroke.after.gold === seen.gold) next.push(longer);
      }
    if (best !== undefined) return best;
    front = next;
  }
  return undefined;
}

/**
 * The strokes of a person who knows the truth and all keys: begins with a model or with nothing, mends place by place, and
 * goes on with the last stroke where that is a label or an empty sentence, else with the space bar.
 */
export function keyPlan(seen: Seen, truth: Layer): readonly Stroke[] {
  const models = strokes(seen).filter(({ key }) => ['b', 't', ...(truth.length === 0 ? ['e'] : [])].includes(key));
  const plans = [[], ...models.map((stroke) => [stroke])].flatMap((start) => {
    const plan: Stroke[] = [...start];
    for (;;) {
      const last = plan.at(-1)?.after ?? seen;
      if (last.gold !== null && wrongSpans(last.gold, truth) === 0) return [goingOn(plan)];
      const more = nearest(last, truth);
      if (more === undefined) return [];
      plan.push(...more);
    }
  });
  const [best] = plans.sort((a, b) => a.length - b.length);
  if (best === undefined) throw new Error('no way to the truth was found');
  return best;
}

function goingOn(plan: readonly Stroke[]): readonly Stroke[] {
  const last = plan.at(-1);
  if (last !== undefined && (last.key in labels || last.key === 'e' || last.key === 'o'))
    return [...plan.slice(0, -1), { ...last, key: `Shift+${last.key.toUpperCase()}` }];
  return last === undefined ? plan : [...plan, { key: ' ', after: last.after }];
}
