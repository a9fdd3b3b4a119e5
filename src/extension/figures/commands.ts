import type { CommandTable } from '../base/commands.ts';
import type { WithServices } from '../prediction/services.ts';
import { chooseTrainingCorpus } from './trainingCorpus.ts';

export const figureCommands = {
  'entityLens.chooseTrainingCorpus': ({ services }) => chooseTrainingCorpus(services.sessions.active?.document.uri),
} as const satisfies CommandTable<WithServices>;
