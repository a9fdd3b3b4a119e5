import type { CommandTable } from '../base/commands.ts';
import type { WithServices } from '../prediction/services.ts';
import { forgetHubToken } from './askToken.ts';
import { selectModel } from './selectModel.ts';

export const modelCommands = {
  'entityLens.selectModel': selectModel,
  'entityLens.forgetHubToken': forgetHubToken,
} as const satisfies CommandTable<WithServices>;
