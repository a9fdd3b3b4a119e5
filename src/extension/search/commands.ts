import type { CommandTable } from '../base/commands.ts';
import { findInconsistent, openSearchResult, searchAgain, searchCorpus, toggleSearchCase } from './searchCommands.ts';
import type { Searching } from './searchCommands.ts';

export const searchCommands = {
  'entityLens.searchCorpus': searchCorpus,
  'entityLens.findInconsistent': findInconsistent,
  'entityLens.searchAgain': searchAgain,
  'entityLens.stopSearch': ({ search }) => {
    search.stop();
  },
  'entityLens.clearSearch': ({ search }) => {
    search.clear();
  },
  'entityLens.toggleSearchCase': toggleSearchCase,
  'entityLens.nextSearchResult': ({ searchView }) => searchView.step(1),
  'entityLens.previousSearchResult': ({ searchView }) => searchView.step(-1),
  'entityLens.openSearchResult': openSearchResult,
} as const satisfies CommandTable<Searching>;
