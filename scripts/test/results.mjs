import { readFile } from 'node:fs/promises';
import { parseJson } from '../lib/json.mjs';

/** @typedef {{ name: string, state: 'passed' | 'failed' | 'skipped', ms: number, error?: string }} TestOutcome */
/** @typedef {{ layer: string, passed: number, skipped: number, failures: readonly TestOutcome[] }} LayerOutcome */

/**
 * @param {unknown} value
 * @returns {value is TestOutcome}
 */
const isOutcome = (value) =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'state' in value &&
  (value.state === 'passed' || value.state === 'failed' || value.state === 'skipped');

/**
 * @param {string} line
 * @returns {unknown} nothing for a line that was cut off
 */
const parseLine = (line) => {
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
};

/**
 * What a results file says: a line a test, then a mark of the end. Without the mark, or with a line that is something
 * else, there is a reason not to trust it, beside the tests that it does name.
 * @param {string} text
 * @returns {{ tests: readonly TestOutcome[], reason?: string }}
 */
export const parseResults = (text) => {
  const values = text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine);
  const isEnd = (/** @type {unknown} */ value) => typeof value === 'object' && value !== null && 'end' in value;
  const tests = values.flatMap((value) =>
    typeof value === 'object' && value !== null && 'test' in value && isOutcome(value.test) ? [value.test] : [],
  );
  const ends = values.filter(isEnd).length;
  if (tests.length + ends !== values.length)
    return { tests, reason: 'the results file holds something else than results' };
  if (ends === 0)
    return { tests, reason: `the run did not come to its end; the last test was “${tests.at(-1)?.name ?? 'none'}”` };
  return { tests };
};

/**
 * One failure that no test reported itself.
 * @param {string} layer
 * @param {string} reason
 * @returns {TestOutcome}
 */
const ownFailure = (layer, reason) => ({
  name: `the ${layer} layer as a whole`,
  state: 'failed',
  ms: 0,
  error: reason,
});

/**
 * What became of a layer. A run that left no results, reports success without one passed test, or ended badly without a
 * failed test counts as one failure: its tests did not run, or not to their end.
 * @param {object} run
 * @param {string} run.layer
 * @param {string | undefined} run.text the results file's contents, nothing when there is no file
 * @param {number} run.code exit code of the child process
 * @param {boolean} run.timedOut
 * @param {boolean} run.filtered whether only tests of some name were asked for, so that none at all is fine
 * @returns {LayerOutcome}
 */
export const outcomeOfSuites = ({ layer, text, code, timedOut, filtered }) => {
  const { tests, reason: doubt } =
    text === undefined ? { tests: [], reason: 'no results file was written' } : parseResults(text);
  const failed = tests.filter((test) => test.state === 'failed');
  const passed = tests.filter((test) => test.state === 'passed').length;
  const skipped = tests.filter((test) => test.state === 'skipped').length;
  const ending = timedOut ? 'it was ended at its time limit' : `it ended with code ${code}`;
  /** @type {string | undefined} */
  let reason;
  if (doubt !== undefined) reason = `${doubt}; ${ending}`;
  else if (timedOut) reason = ending;
  else if (failed.length === 0 && code !== 0) reason = `no test failed, yet ${ending}`;
  else if (tests.length === 0 && !filtered) reason = 'there was no test to run';
  else if (passed === 0 && failed.length === 0 && skipped > 0 && !filtered) reason = 'every test was skipped';
  const failures = reason === undefined ? failed : [...failed, ownFailure(layer, reason)];
  return { layer, passed, skipped, failures };
};

/**
 * A check is one test.
 * @param {{ layer: string, code: number, timedOut: boolean }} run
 * @returns {LayerOutcome}
 */
export const outcomeOfCheck = ({ layer, code, timedOut }) => {
  if (code === 0 && !timedOut) return { layer, passed: 1, skipped: 0, failures: [] };
  const error = timedOut ? 'it was ended at its time limit' : `it ended with code ${code}; its messages are above`;
  return { layer, passed: 0, skipped: 0, failures: [{ name: layer, state: 'failed', ms: 0, error }] };
};

/**
 * A layer that could not start.
 * @param {string} layer
 * @param {string} reason
 * @returns {LayerOutcome}
 */
export const outcomeOfRefusal = (layer, reason) => ({
  layer,
  passed: 0,
  skipped: 0,
  failures: [ownFailure(layer, reason)],
});

/**
 * @param {string} file
 * @returns {Promise<string | undefined>}
 */
export const readResults = (file) => readFile(file, 'utf8').catch(() => undefined);

/**
 * The last line of a run.
 * @param {readonly LayerOutcome[]} outcomes
 */
export const summaryLine = (outcomes) => {
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failures.length, 0);
  const skipped = outcomes.reduce((sum, outcome) => sum + outcome.skipped, 0);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
};

/**
 * 0 only when something passed and nothing failed.
 * @param {readonly LayerOutcome[]} outcomes
 */
export const exitCode = (outcomes) =>
  outcomes.some((outcome) => outcome.passed > 0) && outcomes.every((outcome) => outcome.failures.length === 0) ? 0 : 1;
