import { tagParts } from '../scheme.ts';
import type { Lesson } from './evidence.ts';

/** The label of a tag, undefined for O, for a bare B or I and for what is no tag. */
export function labelOfTag(tag: string | null): string | undefined {
  const parts = tagParts(tag ?? 'O');
  return (parts.prefix === 'B' || parts.prefix === 'I') && tag?.length !== 1 ? parts.label : undefined;
}

/** Those of the labels that a lesson shows or that `known` says the model knows: what nobody has seen cannot be predicted. */
export function teachable(
  labels: readonly string[],
  lessons: readonly Pick<Lesson, 'tags'>[],
  known: (label: string) => boolean,
): readonly string[] {
  const seen = new Set(lessons.flatMap(({ tags }) => tags.map(labelOfTag)));
  return labels.filter((label) => seen.has(label) || known(label));
}
