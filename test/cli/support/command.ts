import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** What a finished command left. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs, and what its environment has besides. */
export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function finished(
  program: string,
  args: readonly string[],
  { cwd = repository, env = {} }: Surroundings = {},
): Promise<Outcome> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** Runs the built command line. */
export function cli(...args: readonly string[]): Promise<Outcome> {
  return finished(process.execPath, [path.join(repository, 'dist', 'cli.mjs'), ...args]);
}

/** Runs it somewhere else. */
export function cliIn(surroundings: Surroundings, ...args: readonly string[]): Promise<Outcome> {
  return finished(process.execPath, [path.join(repository, 'dist', 'cli.mjs'), ...args], surroundings);
}

/** Runs it as the documentation says. */
export function npmCli(...args: readonly string[]): Promise<Outcome> {
  return finished(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', 'cli', '--', ...args]);
}
