import type { CommandTable } from '../base/commands.ts';
import { exportCorpus } from './exportCommand.ts';
import { importCorpus } from './importCommand.ts';
import type { Importing } from './importCommand.ts';

export const exchangeCommands = {
  'entityLens.exportCorpus': exportCorpus,
  'entityLens.importCorpus': importCorpus,
} as const satisfies CommandTable<Importing>;
