// npm run --silent cli -- COMMAND …: Entity Lens without an editor. What it prints on stdout is the command's own output.
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { inRoot } from './lib/paths.mjs';
import { ensureBuild, ensureDependencies, runMain } from './setup.mjs';

process.env['ENTITY_LENS_QUIET_STDOUT'] = '1';
await runMain(async () => {
  await ensureDependencies();
  await ensureBuild(['cli', 'inference']);
});
if (process.exitCode === 0) {
  // npm runs scripts in the package's folder; the files that a person names lie where the person is.
  const started = process.env['INIT_CWD'];
  const script = process.env['npm_lifecycle_event'];
  if (started !== undefined && (script === 'cli' || script === 'evaluate')) process.chdir(started);
  process.exitCode = undefined;
  await import(pathToFileURL(inRoot('dist', 'cli.mjs')).href);
}
