// npm run screenshots: pictures of the real workbench for the README and docs, in media/screenshots.
import process from 'node:process';
import { ensureBrowser } from './browser.mjs';
import { inRoot } from './lib/paths.mjs';
import { stopOnSignals } from './lib/processes.mjs';
import { run } from './lib/run.mjs';
import { ensureBuild, ensureDependencies, extensionParts, runMain } from './setup.mjs';
import { ensureWorkbench } from './workbench/install.mjs';

await runMain(async () => {
  stopOnSignals(130);
  await ensureDependencies();
  await ensureBuild(extensionParts);
  await ensureBrowser();
  await ensureWorkbench();
  const program = inRoot('test', 'support', 'screenshots.ts');
  const { code } = await run(process.execPath, ['--import', 'tsx', program, ...process.argv.slice(2)]);
  return code;
});
