import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { repository } from '../../cli/support/command.ts';

const TAIL = 2000;

/** Runs a program to its end; a message says why where it failed. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-TAIL);
    });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code) => {
      resolve(code === 0 ? undefined : said);
    });
  });
}

/**
 * A virtual environment with these packages of PyPI, made once and kept. A message says why there is none: no Python, or no PyPI
 * that has them.
 */
export async function environment(
  name: string,
  packages: readonly string[],
): Promise<{ readonly bin: string } | { readonly missing: string }> {
  const folder = path.join(repository, '.workbench', `serving-${name}`);
  const bin = path.join(folder, 'bin');
  if (existsSync(path.join(folder, 'whole'))) return { bin };
  const made = await run('python3', ['-m', 'venv', folder]);
  if (made !== undefined) return { missing: `no Python with venv: ${made}` };
  const pip = ['install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:', ...packages];
  const installed = await run(path.join(bin, 'pip'), pip);
  if (installed !== undefined) return { missing: `no ${packages.join(', ')} from PyPI: ${installed}` };
  await run('touch', [path.join(folder, 'whole')]);
  return { bin };
}

/** A server that runs beside the tests; what it says last is kept. */
export interface RunningServer {
  readonly said: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts a program in a group of its own, so that its children end with it. */
export function startServer(program: string, args: readonly string[], cwd: string): RunningServer {
  const env = { ...process.env, RAY_USAGE_STATS_ENABLED: '0', PYTHONUNBUFFERED: '1' };
  const child: ChildProcess = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-TAIL);
    });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  return {
    said: () => said,
    stop: async () => {
      if (child.exitCode === null && child.pid !== undefined) {
        process.kill(-child.pid, 'SIGTERM');
        const kill = setTimeout(() => {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        }, 10_000);
        await ended;
        clearTimeout(kill);
      }
    },
  };
}
