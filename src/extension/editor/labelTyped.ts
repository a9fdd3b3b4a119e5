import type { LabelInUse } from '../settings/labels.ts';

/** What typed characters mean in the list of labels: a label at once, the one that Enter takes, or a filter alone. */
export type Typed =
  | { readonly kind: 'picked'; readonly label: LabelInUse }
  | { readonly kind: 'first'; readonly label: LabelInUse }
  | { readonly kind: 'filter' };

/**
 * A key picks its label at once where no other label has a name in which it could be typed further; else the key's label,
 * or the first one whose name begins so, is the one that Enter takes.
 */
export function labelTyped(labels: readonly LabelInUse[], value: string): Typed {
  const typed = value.trim().toLowerCase();
  if (typed === '') return { kind: 'filter' };
  const keyed = labels.find(({ key }) => key === typed);
  const begin = labels.filter(({ name }) => name.toLowerCase().startsWith(typed));
  // A name that goes on after what was typed may be what a person is typing, the key's own label included.
  const goesOn = begin.some(({ name }) => name.length > typed.length);
  if (keyed !== undefined && !goesOn) return { kind: 'picked', label: keyed };
  const first = keyed ?? begin.find(({ name }) => name.length === typed.length) ?? begin[0];
  return first === undefined ? { kind: 'filter' } : { kind: 'first', label: first };
}
