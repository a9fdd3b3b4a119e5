import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parseJson } from './json.mjs';

const execFileAsync = promisify(execFile);

/** @typedef {{ pid: number, parent: number, command: string }} ProcessEntry */

/**
 * One line of `/proc/PID/stat`: the name in brackets may itself hold brackets and blanks, so the fields are counted
 * from the last closing one.
 * @param {string} stat
 * @returns {number} the parent's pid
 */
export const parentOfStat = (stat) => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[1]);
};

/** @returns {Promise<ProcessEntry[]>} */
const listFromProc = async () => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(
    pids.map(async (pid) => {
      try {
        const [stat, command] = await Promise.all([
          readFile(`/proc/${pid}/stat`, 'utf8'),
          readFile(`/proc/${pid}/cmdline`, 'utf8'),
        ]);
        return [{ pid: Number(pid), parent: parentOfStat(stat), command: command.replaceAll('\0', ' ').trim() }];
      } catch {
        return []; // It ended while the list was read.
      }
    }),
  );
  return entries.flat();
};

/** @returns {Promise<ProcessEntry[]>} */
const listFromPs = async () => {
  const { stdout } = await execFileAsync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,command='], { maxBuffer: 2 ** 26 });
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? '' }] : [];
  });
};

/** @returns {Promise<ProcessEntry[]>} */
const listFromWindows = async () => {
  const script =
    'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,CommandLine | ConvertTo-Json -Compress';
  const { stdout } = await execFileAsync('powershell.exe', ['-NoProfile', '-Command', script], {
    maxBuffer: 2 ** 26,
  });
  const rows = /** @type {{ ProcessId: number, ParentProcessId: number, CommandLine: string | null }[]} */ (
    parseJson(stdout)
  );
  return rows.map((row) => ({ pid: row.ProcessId, parent: row.ParentProcessId, command: row.CommandLine ?? '' }));
};

/** Every process of this machine that we may see. */
export const listProcesses = () => {
  if (process.platform === 'win32') return listFromWindows();
  return process.platform === 'linux' ? listFromProc() : listFromPs();
};

/**
 * A process's descendants, without itself, children before grandchildren.
 * @param {readonly ProcessEntry[]} entries
 * @param {number} pid
 * @returns {ProcessEntry[]}
 */
export const descendantsOf = (entries, pid) => {
  const children = entries.filter((entry) => entry.parent === pid && entry.pid !== pid);
  return [...children, ...children.flatMap((child) => descendantsOf(entries, child.pid))];
};

/** @param {number} pid */
export const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
const signalQuietly = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has already ended.
  }
};

/**
 * Ends processes politely and, after `graceMs`, what is left of them by force.
 * @param {readonly number[]} pids
 * @param {number} graceMs
 */
const endAll = async (pids, graceMs) => {
  for (const pid of pids) signalQuietly(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && pids.some(isAlive)) await delay(50);
  for (const pid of pids.filter(isAlive)) signalQuietly(pid, 'SIGKILL');
};

/**
 * Ends a process and everything that it started.
 * @param {number | undefined} pid
 * @param {number} [graceMs]
 */
export const endTree = async (pid, graceMs = 3000) => {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    await execFileAsync('taskkill', ['/pid', String(pid), '/T', '/F']).catch(() => undefined);
    return;
  }
  const started = descendantsOf(await listProcesses(), pid);
  await endAll([pid, ...started.map((entry) => entry.pid)], graceMs);
};

/** Ends everything that this process started, and not itself. */
const endChildren = async () => {
  const children = (await listProcesses()).filter((entry) => entry.parent === process.pid);
  await Promise.all(children.map((child) => endTree(child.pid)));
};

let stopping = false;

/** Whether this process is ending its children because it was asked to stop. */
export const isStopping = () => stopping;

/**
 * On Ctrl+C, on the end of the terminal, on a polite kill, and when the process that started us is gone (npm passes a
 * kill on to its shell only): ends all children, then this process.
 * @param {number} code exit code of a run that was stopped so
 */
export const stopOnSignals = (code) => {
  const stop = () => {
    if (stopping) return;
    stopping = true;
    process.stdout.write('\n· Stopping\n');
    void endChildren().finally(() => process.exit(code));
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop);
  // The terminal or the pipe may be gone already.
  process.stdout.on('error', () => undefined);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 1000).unref();
};
