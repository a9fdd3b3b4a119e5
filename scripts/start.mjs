// npm start [-- --port N] [--no-open] [--desktop]: VS Code with Entity Lens loaded and the samples opened.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { say } from './lib/log.mjs';
import { inRoot, root, workbenchRoot } from './lib/paths.mjs';
import { isStopping, stopOnSignals } from './lib/processes.mjs';
import { ensureBuild, ensureDependencies, extensionParts, runMain } from './setup.mjs';
import { DEFAULT_PORT, parseStartArguments, usage } from './start/arguments.mjs';
import { startDesktop } from './start/desktop.mjs';
import { openBrowser } from './start/openBrowser.mjs';
import { ensureWorkbench } from './workbench/install.mjs';
import { nextFreePort, tryPort } from './workbench/port.mjs';
import { quietSettings, startServer, writeSettings } from './workbench/server.mjs';
import { workbenchUrl } from './workbench/url.mjs';

/**
 * The port that was asked for, or the first free one from the usual one on.
 * @param {number | undefined} wanted
 */
const choosePort = async (wanted) => {
  if (wanted !== undefined) {
    const port = await tryPort(wanted);
    if (port !== undefined) return port;
    throw new Error(`Port ${wanted} on 127.0.0.1 is taken or not allowed; choose another with --port.`);
  }
  const port = await nextFreePort(DEFAULT_PORT);
  if (port !== DEFAULT_PORT) say(`Port ${DEFAULT_PORT} is taken, so this uses ${port}.`);
  return port;
};

/**
 * Serves until a signal stops the process.
 * @param {import('./start/arguments.mjs').StartArguments} args
 * @returns {Promise<never>}
 */
const serve = async ({ port: wanted, open }) => {
  const installation = await ensureWorkbench();
  const port = await choosePort(wanted);
  // Data of its own for each port, so that two runs at once do not share a lock or a log.
  const dataFolder = path.join(workbenchRoot, `data-${port}`);
  await mkdir(dataFolder, { recursive: true });
  await writeSettings(dataFolder, quietSettings, { keep: true });
  say('Starting VS Code’s server');
  const server = await startServer({ installation, port, dataFolder });
  const url = workbenchUrl({ port, folder: inRoot('samples'), extension: installation.extension });
  console.log(`\nEntity Lens is running in VS Code at\n\n  ${url}\n\nPress Ctrl+C to stop.`);
  if (open && !(await openBrowser(url))) say('No browser was opened here: open the address in one yourself.');
  const code = await server.ended;
  // Ctrl+C reaches the server as well as us.
  if (isStopping()) return new Promise(() => undefined);
  throw new Error(`VS Code’s server ended by itself with code ${code}.`);
};

await runMain(async () => {
  const args = parseStartArguments(process.argv.slice(2));
  if (args.help) {
    console.log(usage);
    return 0;
  }
  stopOnSignals(0);
  await ensureDependencies();
  await ensureBuild(extensionParts);
  if (args.desktop) return startDesktop({ extension: root, folder: inRoot('samples') });
  return serve(args);
});
