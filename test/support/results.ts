/** What became of one test. */
export interface TestOutcome {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  /** Message and stack of a failure. */
  readonly error?: string;
}

/**
 * One line of the file that a run writes as it goes. The last line says that the run came to its end; without it
 * something died or hung on the way.
 */
export type ResultsLine = { readonly test: TestOutcome } | { readonly end: true };
