import type { Runner, Test } from 'mocha';
import { writeFileSync } from 'node:fs';
import { describeError } from './describeError.ts';
import type { ResultsFile, TestOutcome } from './results.ts';

/** What a reporter is told by mocha, with our two options. */
export interface ReporterOptions {
  readonly reporterOptions: { readonly resultsFile: string; readonly print: (line: string) => void };
}

const marks = { passed: '✓', failed: '✗', skipped: '-' } as const;

/**
 * Prints a line a test and writes all outcomes to a file when the run has ended. A run that dies on the way leaves no
 * file, which is how its death is noticed: an extension host that crashes reports success.
 */
export class ResultsReporter {
  readonly #tests: TestOutcome[] = [];
  readonly #print: (line: string) => void;

  constructor(runner: Runner, options: ReporterOptions) {
    const { resultsFile, print } = options.reporterOptions;
    this.#print = print;
    runner.on('pass', (test) => {
      this.#add(test, 'passed');
    });
    runner.on('pending', (test) => {
      this.#add(test, 'skipped');
    });
    // A failing hook comes here too, as a test of its own.
    runner.on('fail', (test, error: unknown) => {
      this.#add(test, 'failed', describeError(error));
    });
    runner.on('end', () => {
      const results: ResultsFile = { tests: this.#tests };
      writeFileSync(resultsFile, JSON.stringify(results));
    });
  }

  #add(test: Test, state: TestOutcome['state'], error?: string): void {
    const name = test.titlePath().join(' › ');
    const ms = test.duration ?? 0;
    this.#tests.push({ name, state, ms, ...(error === undefined ? {} : { error }) });
    this.#print(`  ${marks[state]} ${name}${ms >= 500 ? ` (${(ms / 1000).toFixed(1)} s)` : ''}`);
    if (error !== undefined) this.#print(error.replace(/^/gm, '      '));
  }
}
