// npm run fuzz [-- --seconds N] [--seed S]: tries broken files on every reader, corrections and undo on broken column files, and
// made queries and messages, each input made from a seed alone. Exit code 1 where any of them failed.
import process from 'node:process';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureDependencies, runMain } from './setup.mjs';

await runMain(async () => {
  await ensureDependencies();
  const { code } = await run(process.execPath, [
    '--import',
    'tsx',
    inRoot('test', 'fuzz', 'main.ts'),
    ...process.argv.slice(2),
  ]);
  return code;
});
