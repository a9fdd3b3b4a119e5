import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { CliError, progressBar, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { printable } from './printable.ts';

/** The commands, of which only the one that is called is loaded: what the others need would be in memory beside the corpus. */
const verbs: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Verb> }>> = {
  adapt: {
    summary: 'compare ways of learning from corrections',
    load: async () => (await import('./adapt.ts')).adapt,
  },
  annotate: { summary: 'tag a text with a model', load: async () => (await import('./annotate.ts')).annotate },
  convert: { summary: 'write a corpus in another format', load: async () => (await import('./convert.ts')).convert },
  evaluate: {
    summary: 'score a model on a corpus with gold tags',
    load: async () => (await import('./evaluate.ts')).evaluate,
  },
  merge: { summary: 'add up the shards of a folder', load: async () => (await import('./merge.ts')).merge },
  report: { summary: 'evaluate and write a report', load: async () => (await import('./report.ts')).report },
  score: { summary: 'compare two column files', load: async () => (await import('./score.ts')).score },
  search: { summary: 'find words and labels in a corpus', load: async () => (await import('./search.ts')).search },
  study: {
    summary: "the reference study's table with ours beside it",
    load: async () => (await import('./study.ts')).study,
  },
  validate: { summary: 'check a corpus of any format', load: async () => (await import('./validate.ts')).validate },
};

const overview = `Entity Lens without an editor.

${Object.entries(verbs)
  .map(([name, verb]) => `  ${name.padEnd(10)} ${verb.summary}`)
  .join('\n')}

npm run --silent cli -- COMMAND --help tells the options of a command.
Exit codes: 0 done, 1 the input cannot be used or the work failed, 2 a wrong call.
`;

/** Progress is drawn where stderr is a terminal, or where it is asked for. */
function progressWriter(asked: boolean): Pick<CliContext, 'progress' | 'clearProgress'> {
  const terminal = process.stderr.isTTY;
  let last = '';
  let drawn = 0;
  return {
    progress: (what, done, total, text = String) => {
      if (!terminal && !asked) return;
      const line = progressBar(path.basename(what), done, total, text);
      const now = performance.now();
      // A log does not need every step; a terminal is redrawn in place.
      if (line === last || (now - drawn < (terminal ? 50 : 1000) && done < total)) return;
      process.stderr.write(terminal ? `\r\u001b[2K${line}` : `${line}\n`);
      last = line;
      drawn = now;
    },
    clearProgress: () => {
      if (terminal && last !== '') process.stderr.write('\r\u001b[2K');
      last = '';
    },
  };
}

/** Ctrl+C as a signal, once a command asks for it; until then, and the second time, it ends the process as usual. */
function interruptions(): { readonly signal: () => AbortSignal; readonly end: () => void } {
  const stop = new AbortController();
  let heeded = false;
  const onInterrupt = (): void => {
    stop.abort();
  };
  return {
    signal: () => {
      if (!heeded) process.once('SIGINT', onInterrupt);
      heeded = true;
      return stop.signal;
    },
    end: () => {
      process.off('SIGINT', onInterrupt);
    },
  };
}

async function main(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  const warn = (line: string): void => {
    process.stderr.write(`${printable(line)}\n`);
  };
  const write = (text: string): void => {
    process.stdout.write(process.stdout.isTTY ? printable(text) : text);
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read the output has enough of it.
    if (error.code === 'EPIPE') process.exit(0);
    warn(`The output cannot be written: ${error.code === 'ENOSPC' ? 'the disk is full' : error.message}.`);
    process.exit(1);
  });
  if (name === '--help' || name === '-h' || name === 'help') {
    write(overview);
    return 0;
  }
  const entry = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (entry === undefined) {
    warn(`${name === undefined ? 'A command is missing' : `There is no command “${name}”`}.\n\n${overview}`);
    return 2;
  }
  const verb = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    write(verb.usage);
    return 0;
  }
  const here = path.dirname(fileURLToPath(import.meta.url));
  const interruption = interruptions();
  try {
    return await verb.run(
      rest.filter((argument) => argument !== '--progress'),
      {
        write,
        warn,
        ...progressWriter(rest.includes('--progress')),
        get signal() {
          return interruption.signal();
        },
        modelsRoot: path.resolve(here, '..', 'models'),
        processEntry: path.join(here, 'inference.mjs'),
      },
    );
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) {
      warn(`${error.message}\n\n${verb.usage}`);
      return 2;
    }
    warn(
      error instanceof CliError
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
    return 1;
  } finally {
    interruption.end();
  }
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

process.exitCode = await main(process.argv.slice(2));
