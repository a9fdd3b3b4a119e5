import process from 'node:process';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const SHOWN = 10;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const end = performance.now() + Number(values.seconds) * 1000;
const { inputs, failures } = fuzz(Number(values.seed), () => performance.now() < end);
for (const { target, seed, input, problem } of failures.slice(0, SHOWN))
  process.stdout.write(`${target}, seed ${seed}: ${problem}\n${JSON.stringify(input).slice(0, 2000)}\n\n`);
process.stdout.write(`${inputs} inputs, ${failures.length} failures.\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
