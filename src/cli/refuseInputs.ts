import { inputAmong } from '../node/outputPlace.ts';
import { CliError } from './io.ts';

/** Throws CliError where one of the files to be written is one that is read, by whatever name or link. */
export function refuseInputs(outputs: readonly string[], inputs: readonly string[]): void {
  const found = inputAmong(outputs, inputs);
  if (found !== undefined) throw new CliError(`${found} is an input, which is never changed: choose another --out.`);
}
