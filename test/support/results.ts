/** What became of one test. */
export interface TestOutcome {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  /** Message and stack of a failure. */
  readonly error?: string;
}

/** The file that a run writes when it has ended, and only then. */
export interface ResultsFile {
  readonly tests: readonly TestOutcome[];
}
