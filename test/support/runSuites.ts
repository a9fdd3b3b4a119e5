import type { ReporterConstructor } from 'mocha';
import { describeError } from './describeError.ts';
import { appendResults, ResultsReporter } from './reporter.ts';

/** One run of mocha over some files. */
export interface SuiteRun {
  readonly files: readonly string[];
  readonly resultsFile: string;
  readonly timeoutMs: number;
  /** Only tests whose full name matches this regular expression. */
  readonly grep?: string | undefined;
  readonly print: (line: string) => void;
}

/** Runs the suites and writes the results file; gives the number of failures. */
export const runSuites = async (run: SuiteRun): Promise<number> => {
  try {
    const { default: Mocha } = await import('mocha');
    const mocha = new Mocha({
      ui: 'bdd',
      timeout: run.timeoutMs,
      color: false,
      forbidOnly: true,
      ...(run.grep === undefined ? {} : { grep: new RegExp(run.grep) }),
    });
    // Mocha only calls the constructor; its types ask for everything that its own reporters inherit.
    mocha.reporter(ResultsReporter as unknown as ReporterConstructor, {
      resultsFile: run.resultsFile,
      print: run.print,
    });
    for (const file of run.files) mocha.addFile(file);
    await mocha.loadFilesAsync();
    return await new Promise((resolve) => {
      mocha.run(resolve);
    });
  } catch (error) {
    // A suite that cannot even be loaded is a failed test with that name.
    const test = { name: 'loading the suites', state: 'failed', ms: 0, error: describeError(error) } as const;
    appendResults(run.resultsFile, { test }, { end: true });
    run.print(describeError(error));
    return 1;
  }
};
