import type { CommandTable } from '../base/commands.ts';
import { compareAnnotators, decideConflict, goToConflict, nextConflict } from './compareCommands.ts';
import type { Comparing } from './compareCommands.ts';

export const compareCommands = {
  'entityLens.compareAnnotators': compareAnnotators,
  'entityLens.decideForFirst': (needs, argument) => decideConflict(needs, 'a', argument),
  'entityLens.decideForSecond': (needs, argument) => decideConflict(needs, 'b', argument),
  'entityLens.decideOtherwise': (needs, argument) => decideConflict(needs, 'other', argument),
  'entityLens.nextConflict': (needs) => nextConflict(needs, undefined),
  'entityLens.goToConflict': goToConflict,
} as const satisfies CommandTable<Comparing>;
