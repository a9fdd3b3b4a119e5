import type { CommandTable } from '../base/commands.ts';
import { acceptAgreed, labelOccurrences } from './bulkCommands.ts';
import { ignorePlace, labelPlace } from './placeCommands.ts';
import { replaceLabel } from './replaceLabel.ts';
import {
  acceptAndNext,
  clearQueueFilter,
  editNote,
  filterQueue,
  goToQueued,
  markReviewed,
  nextInQueue,
} from './reviewCommands.ts';
import type { Reviewing } from './reviewSteps.ts';

export const reviewCommands = {
  'entityLens.acceptBertAndNext': (needs, argument) => acceptAndNext(needs, 'bert', argument),
  'entityLens.acceptT5AndNext': (needs, argument) => acceptAndNext(needs, 't5', argument),
  'entityLens.nextInQueue': nextInQueue,
  'entityLens.goToQueued': goToQueued,
  'entityLens.markReviewed': markReviewed,
  'entityLens.editNote': editNote,
  'entityLens.filterQueue': filterQueue,
  'entityLens.clearQueueFilter': clearQueueFilter,
  'entityLens.acceptAgreed': acceptAgreed,
  'entityLens.labelOccurrences': labelOccurrences,
  'entityLens.labelPlace': labelPlace,
  'entityLens.ignorePlace': ignorePlace,
  'entityLens.replaceLabel': replaceLabel,
} as const satisfies CommandTable<Reviewing>;
