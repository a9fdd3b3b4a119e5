import assert from 'node:assert/strict';
import { chooseLayers, layers } from '../../scripts/test/layers.mjs';
import {
  exitCode,
  outcomeOfCheck,
  outcomeOfRefusal,
  outcomeOfSuites,
  parseResults,
  readResults,
  summaryLine,
} from '../../scripts/test/results.mjs';

const lines = (...states: ('passed' | 'failed' | 'skipped')[]): string =>
  states.map((state, i) => `${JSON.stringify({ test: { name: `test ${i}`, state, ms: 1 } })}\n`).join('');
const tests = (...states: ('passed' | 'failed' | 'skipped')[]): string => `${lines(...states)}{"end":true}\n`;
const suites = (text: string | undefined, more: { code?: number; timedOut?: boolean; filtered?: boolean } = {}) =>
  outcomeOfSuites({ layer: 'core', text, code: 0, timedOut: false, filtered: false, ...more });

describe('results of a test run', () => {
  it('counts what a results file lists', () => {
    const outcome = suites(tests('passed', 'passed', 'skipped', 'failed'), { code: 1 });
    assert.deepEqual([outcome.passed, outcome.skipped], [2, 1]);
    assert.deepEqual(
      outcome.failures.map((failure) => failure.name),
      ['test 3'],
    );
  });

  it('takes a missing results file for a failure, even with exit code 0', () => {
    const outcome = suites(undefined);
    assert.equal(outcome.passed, 0);
    assert.match(outcome.failures[0]?.error ?? '', /no results file/);
    assert.equal(exitCode([outcome]), 1);
  });

  it('takes a results file without its end for a failure and names the last test', () => {
    const outcome = suites(lines('passed', 'passed'));
    assert.equal(outcome.passed, 2);
    assert.match(outcome.failures[0]?.error ?? '', /did not come to its end; the last test was “test 1”/);
    assert.equal(suites('').failures.length, 1);
  });

  it('takes a damaged or foreign results file for a failure', () => {
    assert.ok(parseResults('{"test": {"na').reason);
    assert.ok(parseResults('[]').reason);
    assert.ok(parseResults('{"test": {"name": "a", "state": "fine"}}\n{"end":true}').reason);
    assert.equal(parseResults(tests('passed')).reason, undefined);
  });

  it('takes a run without any test for a failure', () => {
    assert.match(suites(tests()).failures[0]?.error ?? '', /no test to run/);
    assert.equal(suites(tests(), { filtered: true }).failures.length, 0);
  });

  it('takes a run in which everything was skipped for a failure', () => {
    assert.match(suites(tests('skipped')).failures[0]?.error ?? '', /every test was skipped/);
  });

  it('takes a bad exit code without a failed test for a failure', () => {
    assert.match(suites(tests('passed'), { code: 3 }).failures[0]?.error ?? '', /ended with code 3/);
  });

  it('takes a run that was ended at its time limit for a failure and keeps what had passed', () => {
    const outcome = suites(tests('passed'), { code: 128, timedOut: true });
    assert.equal(outcome.passed, 1);
    assert.match(outcome.failures[0]?.error ?? '', /time limit/);
  });

  it('counts a check as one test', () => {
    assert.equal(outcomeOfCheck({ layer: 'lint', code: 0, timedOut: false }).passed, 1);
    assert.equal(outcomeOfCheck({ layer: 'lint', code: 1, timedOut: false }).failures.length, 1);
    assert.equal(outcomeOfCheck({ layer: 'lint', code: 0, timedOut: true }).failures.length, 1);
  });

  it('ends with one line of counts and mentions skipped tests only where there are some', () => {
    const fine = suites(tests('passed', 'passed'));
    const skipping = suites(tests('passed', 'skipped'));
    assert.equal(summaryLine([fine]), '2 passed, 0 failed');
    assert.equal(
      summaryLine([fine, skipping, outcomeOfRefusal('webview', 'no browser')]),
      '3 passed, 1 failed, 1 skipped',
    );
  });

  it('succeeds only when something passed and nothing failed', () => {
    const fine = suites(tests('passed'));
    assert.equal(exitCode([fine]), 0);
    assert.equal(exitCode([]), 1);
    assert.equal(exitCode([suites(tests(), { filtered: true })]), 1);
    assert.equal(exitCode([fine, outcomeOfRefusal('webview', 'no browser')]), 1);
  });

  it('reads nothing from a file that is not there', async () => {
    assert.equal(await readResults('/nonexistent/results.json'), undefined);
  });
});

describe('layers of tests', () => {
  it('keeps its own order and takes all without a name', () => {
    assert.equal(chooseLayers([]), layers);
    assert.deepEqual(
      chooseLayers(['extension-host', 'core']).map((layer) => layer.name),
      ['core', 'extension-host'],
    );
  });

  it('names the layers when one is unknown', () => {
    assert.throws(() => chooseLayers(['cor']), /No layer cor; there are types, .*core/);
  });
});
