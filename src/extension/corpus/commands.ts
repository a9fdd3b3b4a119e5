import type { CommandTable } from '../base/commands.ts';
import { annotateCorpusDocument, chooseCorpusFolder, useWorkspaceAsCorpus } from './corpusCommands.ts';
import type { WithCorpus } from './corpusCommands.ts';

export const corpusCommands = {
  'entityLens.chooseCorpusFolder': chooseCorpusFolder,
  'entityLens.useWorkspaceAsCorpus': useWorkspaceAsCorpus,
  'entityLens.refreshCorpus': ({ corpus }) => corpus.refresh(),
  'entityLens.stopCorpusCount': ({ corpus }) => {
    corpus.stop();
  },
  'entityLens.annotateCorpusDocument': annotateCorpusDocument,
} as const satisfies CommandTable<WithCorpus>;
