// npm run bench [-- FILE] [--threads N] [--sentences N]: the model process against the bare runtime, as a ratio.
// npm run bench -- score [--tokens N]: how fast two files are compared.
import process from 'node:process';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureBuild, ensureDependencies, runMain } from './setup.mjs';

await runMain(async () => {
  await ensureDependencies();
  const [first, ...others] = process.argv.slice(2);
  const scoring = first === 'score';
  if (!scoring) await ensureBuild(['inference']);
  const bench = inRoot('test', 'bench', scoring ? 'score.ts' : 'inference.ts');
  const args = scoring ? others : process.argv.slice(2);
  const { code } = await run(process.execPath, ['--import', 'tsx', bench, ...args]);
  if (code !== 0) throw new Error('The measurement failed.');
});
