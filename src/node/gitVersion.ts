import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';

const LARGEST_FILE = 256 * 1024 * 1024;
const LONGEST_MS = 30_000;

/**
 * What keeps git from acting on a repository's own configuration: it fetches nothing (a partial clone would, by a command
 * that its configuration names), speaks no protocol, runs no hook, monitor, pager, filter or helper, and takes no folder
 * inside the work tree for a repository.
 */
const SETTINGS = [
  'protocol.allow=never',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'core.askPass=false',
  'credential.helper=',
  'safe.bareRepository=explicit',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

const ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_SSH_COMMAND: 'false',
  GIT_ASKPASS: 'false',
  GIT_PAGER: 'cat',
  GIT_EXTERNAL_DIFF: undefined,
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  LC_ALL: 'C',
} as const;

/**
 * A file as a revision of git has it. Nothing that its repository configures is run, and nothing is fetched: what a partial
 * clone lacks is an error. Rejects with git's own words where there is no such version.
 */
export function gitVersion(file: string, revision: string): Promise<string> {
  const name = path.basename(file);
  // The bytes as they are stored: no filter, no conversion for display.
  const object = ['cat-file', 'blob', '--end-of-options', `${revision}:./${name}`];
  const args = ['-C', path.dirname(file), '--no-pager', '--literal-pathspecs', ...SETTINGS, ...object];
  const options = {
    // Not the workspace: Windows looks for a program in the current folder first.
    cwd: homedir(),
    env: { ...process.env, ...ENVIRONMENT },
    maxBuffer: LARGEST_FILE,
    timeout: LONGEST_MS,
    windowsHide: true,
  };
  return new Promise((resolve, reject) => {
    execFile('git', args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`git has no version ${revision} of ${name} here: ${explained(stderr, error)}`));
    });
  });
}

function explained(stderr: string, error: Error): string {
  const said = stderr.trim() || error.message;
  return /promisor|transport '.*' not allowed|lazy fetch/i.test(said)
    ? 'this partial clone does not hold it, and nothing is fetched. Check that revision out once, then compare again.'
    : said;
}
