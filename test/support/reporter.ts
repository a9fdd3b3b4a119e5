import type { Runner, Test } from 'mocha';
import { appendFileSync, writeFileSync } from 'node:fs';
import { describeError } from './describeError.ts';
import type { ResultsLine, TestOutcome } from './results.ts';

/** What a reporter is told by mocha, with our two options. */
export interface ReporterOptions {
  readonly reporterOptions: { readonly resultsFile: string; readonly print: (line: string) => void };
}

/** Adds lines to a results file. */
export const appendResults = (file: string, ...lines: readonly ResultsLine[]): void => {
  appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
};

const marks = { passed: '✓', failed: '✗', skipped: '-' } as const;

/**
 * Prints a line a test and adds its outcome to a file, which ends with a mark when the run has. A run that dies on the
 * way leaves a file without it, which is how its death is noticed: an extension host that crashes reports success.
 */
export class ResultsReporter {
  readonly #resultsFile: string;
  readonly #print: (line: string) => void;

  constructor(runner: Runner, options: ReporterOptions) {
    const { resultsFile, print } = options.reporterOptions;
    this.#resultsFile = resultsFile;
    this.#print = print;
    writeFileSync(resultsFile, '');
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
      appendResults(resultsFile, { end: true });
    });
  }

  #add(test: Test, state: TestOutcome['state'], error?: string): void {
    const name = test.titlePath().join(' › ');
    const ms = test.duration ?? 0;
    appendResults(this.#resultsFile, { test: { name, state, ms, ...(error === undefined ? {} : { error }) } });
    this.#print(`  ${marks[state]} ${name}${ms >= 500 ? ` (${(ms / 1000).toFixed(1)} s)` : ''}`);
    if (error !== undefined) this.#print(error.replace(/^/gm, '      '));
  }
}
