import { strict as assert } from 'node:assert';
import path from 'node:path';
import { CliError, UsageError } from '../../../src/cli/io.ts';
import type { CliContext, Verb } from '../../../src/cli/io.ts';
import { repository } from './command.ts';

/** What a verb left when it ran in this process. */
export interface VerbOutcome {
  readonly code: number;
  readonly text: string;
  readonly warnings: readonly string[];
}

/** Runs a verb in this process, with the exit codes that the command line gives to what it throws. */
export async function runVerb(verb: Verb, args: readonly string[]): Promise<VerbOutcome> {
  let text = '';
  const warnings: string[] = [];
  const context: CliContext = {
    write: (part) => {
      text += part;
    },
    warn: (line) => {
      warnings.push(line);
    },
    progress: () => undefined,
    clearProgress: () => undefined,
    signal: new AbortController().signal,
    modelsRoot: path.join(repository, 'models'),
    processEntry: path.join(repository, 'dist', 'inference.mjs'),
  };
  try {
    return { code: await verb.run(args, context), text, warnings };
  } catch (error) {
    assert.ok(error instanceof Error);
    warnings.push(error.message);
    const wrongCall = error instanceof UsageError || ('code' in error && /^ERR_PARSE_ARGS/.test(String(error.code)));
    assert.ok(wrongCall || error instanceof CliError, String(error.stack));
    return { code: wrongCall ? 2 : 1, text, warnings };
  }
}
