import type { CommandTable } from '../base/commands.ts';
import { evaluateCorpus, exportReport, showEvaluation } from './evaluationCommands.ts';
import type { Evaluating } from './evaluationCommands.ts';

export const evaluationCommands = {
  'entityLens.evaluateCorpus': evaluateCorpus,
  'entityLens.showEvaluation': showEvaluation,
  'entityLens.exportReport': exportReport,
} as const satisfies CommandTable<Evaluating>;
