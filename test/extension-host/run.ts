// The child process of the host layer: opens a real VS Code whose extension host runs the suites of dist/test/extension-host.
// node --import tsx test/extension-host/run.ts --results FILE [--seconds N] [-g PATTERN]
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { inRoot, resultsRoot } from '../../scripts/lib/paths.mjs';
import { startSession } from '../support/session.ts';
import { linePrefix } from './line.ts';

const { values } = parseArgs({
  options: {
    results: { type: 'string' },
    seconds: { type: 'string', default: '300' },
    grep: { type: 'string', short: 'g' },
    // For a build that lies elsewhere.
    extension: { type: 'string' },
    tests: { type: 'string', default: inRoot('dist', 'test', 'extension-host', 'index.cjs') },
    workspace: { type: 'string', default: inRoot('samples') },
  },
});
if (values.results === undefined) throw new Error('--results FILE is missing');
await rm(values.results, { force: true });

const session = await startSession({
  workspace: values.workspace,
  ...(values.extension === undefined ? {} : { extension: values.extension }),
  tests: values.tests,
  env: {
    ENTITY_LENS_TEST_RESULTS: path.resolve(values.results),
    ...(values.grep === undefined ? {} : { ENTITY_LENS_TEST_GREP: values.grep }),
  },
});
const log: string[] = [];
const ending = new Promise<number>((resolve) => {
  const end = (code: number, reason: string): void => {
    log.push(reason);
    resolve(code);
  };
  void session.page.exposeFunction('codeAutomationLog', (type: string, parts: readonly unknown[]) => {
    for (const line of parts.map(String).join(' ').split('\n')) {
      log.push(`[${type}] ${line}`);
      if (line.startsWith(linePrefix)) process.stdout.write(`${line.slice(linePrefix.length)}\n`);
    }
  });
  void session.page.exposeFunction('codeAutomationExit', (code: number) => {
    end(code, `The extension host ended with code ${code.toString()}.`);
  });
  session.page.on('crash', () => {
    end(1, 'The browser page crashed.');
  });
  void session.server.ended.then((code) => {
    end(1, `VS Code's server ended with code ${code.toString()} in the middle of the run.`);
  });
  setTimeout(
    () => {
      end(1, `The suites did not end within ${values.seconds} seconds.`);
    },
    Number(values.seconds) * 1000,
  ).unref();
});
let code = 1;
try {
  await session.page.goto(session.url);
  code = await ending;
} finally {
  // A host that crashes ends with code 0, and then the results have no end.
  const results = await readFile(values.results, 'utf8').catch(() => '');
  if (code !== 0 || !results.includes('"end"')) {
    await mkdir(resultsRoot, { recursive: true });
    const file = path.join(resultsRoot, 'host.log');
    await writeFile(file, `${log.join('\n')}\n`);
    process.stdout.write(`${log.at(-1) ?? 'Nothing was logged.'} Everything that was logged: ${file}\n`);
  }
  await session.end();
}
process.exitCode = code === 0 ? 0 : 1;
