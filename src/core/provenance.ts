import type { Origin } from './decisions.ts';

/** What stands in an annotator cell where nobody decided. */
export const NOBODY = '-';

const taken = /\+(?:bert|t5)$/;

/** The name of who decided a word: a person's own, with the models whose answer was taken over with it (`ada+bert`, `ada+bert+t5`). */
export function decidedBy(name: string, origin: Origin): string {
  return [name, ...origin].join('+');
}

/** True where an annotator cell says that the decision was taken over from a model. */
export function isTakenOver(cell: string): boolean {
  return taken.test(cell);
}

/** The person whom an annotator cell names, without the models. */
export function personOf(cell: string): string {
  let name = cell;
  while (taken.test(name)) name = name.replace(taken, '');
  return name;
}
