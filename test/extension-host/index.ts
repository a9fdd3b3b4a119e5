import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runSuites } from '../support/runSuites.ts';
import { linePrefix } from './line.ts';

/** Called by VS Code's extension host in place of a person's work: runs the suites that were built beside this file. */
export const run = async (): Promise<void> => {
  const resultsFile = process.env['ENTITY_LENS_TEST_RESULTS'];
  if (resultsFile === undefined)
    throw new Error('ENTITY_LENS_TEST_RESULTS is not set: start this with npm test -- extension-host.');
  const failures = await runSuites({
    files: readdirSync(__dirname)
      .filter((name) => name.endsWith('.test.cjs'))
      .sort()
      .map((name) => path.join(__dirname, name)),
    resultsFile,
    timeoutMs: 60_000,
    grep: process.env['ENTITY_LENS_TEST_GREP'],
    print: (line) => {
      for (const part of line.split('\n')) console.log(`${linePrefix}${part}`);
    },
  });
  if (failures > 0) throw new Error(`${failures.toFixed(0)} tests failed`);
};
