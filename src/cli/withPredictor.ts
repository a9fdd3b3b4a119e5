import { Predictor } from '../node/models/predictor.ts';
import type { PredictorOptions } from '../node/models/predictor.ts';
import { ChannelError } from '../protocol/channel.ts';
import type { PredictorChoices } from './choices.ts';
import { fetchModels } from './fetchModels.ts';
import { CliError } from './io.ts';
import type { CliContext } from './io.ts';

/** What a predictor needs to know, by the options of a command. */
export function predictorOptions(context: CliContext, choices: PredictorChoices): PredictorOptions {
  return {
    modelsRoot: choices.models ?? context.modelsRoot,
    models: choices.own?.choices,
    storage: choices.own?.storage,
    asking: choices.asking,
    processEntry: context.processEntry,
    threads: choices.threads,
    log: (level, message) => {
      // What is an error here is thrown as well, and told once.
      if (level === 'warn') context.warn(message);
    },
  };
}

/** Runs work with a predictor, once the models are there, and puts it away afterwards; why a model cannot be used becomes a CliError. */
export async function withPredictor<T>(
  context: CliContext,
  choices: PredictorChoices,
  work: (predictor: Predictor) => Promise<T>,
): Promise<T> {
  if (choices.own !== undefined) await fetchModels(choices.own, context);
  const predictor = new Predictor(predictorOptions(context, choices));
  try {
    return await work(predictor);
  } catch (error) {
    if (error instanceof ChannelError) throw new CliError(error.message);
    throw error;
  } finally {
    context.clearProgress();
    predictor.dispose();
  }
}
