// The child process of one test layer: node --import tsx test/support/main.ts --results FILE [-g PATTERN] SUITE...
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runSuites } from './runSuites.ts';

/** How long a finished run may take to end by itself before what it left open counts as a failure. */
const LINGER_MS = 10_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    results: { type: 'string' },
    timeout: { type: 'string', default: '10000' },
    grep: { type: 'string', short: 'g' },
  },
});
if (values.results === undefined) throw new Error('--results FILE is missing');

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const failures = await runSuites({
  files: positionals,
  resultsFile: values.results,
  timeoutMs: Number(values.timeout),
  grep: values.grep,
  print,
});
process.exitCode = failures > 0 ? 1 : 0;
setTimeout(() => {
  print(`The tests ended but left these open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(3);
}, LINGER_MS).unref();
