// npm run bench [-- FILE] [--threads N] [--sentences N]: the model process against the bare runtime, as a ratio.
import process from 'node:process';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureBuild, ensureDependencies, runMain } from './setup.mjs';

await runMain(async () => {
  await ensureDependencies();
  await ensureBuild(['inference']);
  const bench = inRoot('test', 'bench', 'inference.ts');
  const { code } = await run(process.execPath, ['--import', 'tsx', bench, ...process.argv.slice(2)]);
  if (code !== 0) throw new Error('The measurement failed.');
});
