import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CorpusItem } from '../core/corpus.ts';
import type { Format, OffsetUnit, WriteOptions } from '../core/formats/format.ts';
import { LossCounter } from '../core/formats/losses.ts';
import type { Tagging } from '../core/tagging.ts';
import { readCorpus } from '../host/corpusInput.ts';
import { CorpusOutput, isFilledFolder } from '../host/corpusOutput.ts';
import { formatNamed, formatNames, inputErrors } from './formatChoice.ts';
import { IssueList } from './issueList.ts';
import { CliError, UsageError } from './io.ts';
import { planSplit, seedOf, sharesOf } from './splitPlan.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';

const usage = `convert --from PATH --to FORMAT --out PATH [options]

Writes a corpus (a file, or a folder of files) in another format. Problems of the input and what the new format cannot
hold are told on stderr; the result is put in its place as the last step.

  --from PATH                 what to read; it is never changed
  --to FORMAT                 ${formatNames('write').join(' ')}
  --out PATH                  a file (- is stdout), or a folder for brat and hf
  --input-format FORMAT       how to read (default: told from name and content)
                              ${formatNames('read').join(' ')}
  --strict                    write nothing where the input has problems or something would be lost
  --force                     replace files in a folder that is there already
  --tagging iob1|iob2         how conll2003 writes spans that come from another format (default iob2)
  --tags O,B-PER,I-PER,…      what numbered tags of the input mean, in order
  --input-offsets, --offsets  codePoint|utf16|byte: how characters are counted (default: what fits; code points)
  --annotator NAME            who annotated what has no name of its own (default -)
  --crlf                      end lines with CRLF where they are made anew
  --split 80,10,10            hf: shares of train, validation and test, by document, alike in their labels
  --seed N                    of the split (default 1)
  --name, --licence, --language, --provenance, --model
                              what the card of a dataset (hf) says; the last three may be given several times
`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
  'input-format': { type: 'string' },
  strict: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  tagging: { type: 'string' },
  tags: { type: 'string' },
  'input-offsets': { type: 'string' },
  offsets: { type: 'string' },
  annotator: { type: 'string', default: '-' },
  crlf: { type: 'boolean', default: false },
  name: { type: 'string' },
  licence: { type: 'string' },
  language: { type: 'string', multiple: true },
  provenance: { type: 'string', multiple: true },
  model: { type: 'string', multiple: true },
  split: { type: 'string' },
  seed: { type: 'string', default: '1' },
} as const;

function offsetUnit(text: string | undefined): OffsetUnit | undefined {
  if (text === undefined || text === 'codePoint' || text === 'utf16' || text === 'byte') return text;
  throw new UsageError(`Offsets are counted as codePoint, utf16 or byte, not “${text}”.`);
}

function taggingOf(text: string | undefined): Tagging | undefined {
  if (text === undefined || text === 'iob1' || text === 'iob2') return text;
  throw new UsageError(`--tagging is iob1 or iob2, not “${text}”.`);
}

/** Where text goes: a file or folder that is put in its place at the end, or stdout. */
interface Target {
  readonly write: (output: { readonly file: string; readonly text: string }) => void;
  readonly finish: () => void;
  readonly discard: () => void;
}

function targetOf(out: string, format: Format, force: boolean, context: CliContext): Target {
  if (out === '-') {
    if (format.shape !== 'file') throw new UsageError(`${format.id} is a folder: --out must name one.`);
    return {
      write: ({ text }) => {
        context.write(text);
      },
      finish: () => undefined,
      discard: () => undefined,
    };
  }
  if (format.shape !== 'file' && !force && isFilledFolder(out))
    throw new CliError(`${out} is there already and holds files: choose another folder, or say --force.`);
  const output = new CorpusOutput(out, format.shape === 'file' ? 'file' : 'folder');
  return {
    write: (piece) => {
      output.write(piece);
    },
    finish: () => {
      output.finish(force);
    },
    discard: () => {
      output.discard();
    },
  };
}

function run(args: readonly string[], context: CliContext): ExitCode {
  const { values } = parseArgs({ args: [...args], options });
  const { from, out } = values;
  if (from === undefined) throw new UsageError('--from PATH is missing.');
  if (out === undefined) throw new UsageError('--out PATH is missing.');
  const format = formatNamed(values.to, 'write');
  if (format?.write === undefined) throw new UsageError('--to FORMAT is missing.');
  const input = formatNamed(values['input-format'], 'read');
  if (out !== '-' && path.resolve(out) === path.resolve(from))
    throw new CliError(`${out} is the input, which is never changed: choose another --out.`);
  const writeOptions: WriteOptions = {
    name: values.name ?? path.basename(from).replace(/\.[^.]+$/, ''),
    annotator: values.annotator,
    eol: values.crlf ? '\r\n' : '\n',
    tagging: format.id === 'conll2003' ? taggingOf(values.tagging) : undefined,
    offsets: offsetUnit(values.offsets),
    card: {
      licence: values.licence,
      languages: values.language ?? [],
      provenance: values.provenance ?? [],
      models: values.model ?? [],
    },
  };
  const shares = values.split === undefined ? undefined : sharesOf(values.split);
  const seed = seedOf(values.seed);
  if (shares !== undefined && format.id !== 'hf') throw new UsageError('--split is for --to hf.');
  const readOptions = {
    format: input?.id,
    tagNames: values.tags?.split(','),
    offsets: offsetUnit(values['input-offsets']),
    progress: (done: number, total: number): void => {
      context.progress(from, done, total);
      if (context.signal.aborted) throw new CliError('Ended before everything was written; nothing was changed.');
    },
  };
  return inputErrors(() => {
    const splitOf = shares === undefined ? undefined : planSplit(from, readOptions, shares, seed);
    const writer = format.write?.({ ...writeOptions, splitOf });
    const target = targetOf(out, format, values.force, context);
    const issues = new IssueList(context.warn);
    const losses = new LossCounter(format);
    let [sentences, spans] = [0, 0];
    const put = (item: CorpusItem): void => {
      losses.add(item);
      if (item.kind === 'sentence') {
        sentences++;
        spans += item.sentence.layer?.length ?? 0;
      }
      for (const piece of writer?.add(item) ?? []) target.write(piece);
    };
    try {
      for (const found of readCorpus(from, readOptions)) if (!issues.add(found)) put(found.item);
      for (const piece of writer?.end() ?? []) target.write(piece);
      context.clearProgress();
      issues.finish();
      for (const { message } of losses.losses()) context.warn(`${format.title}: ${message}.`);
      const refused = refusal(sentences, issues.count, losses.losses().length, values.strict, from);
      if (refused !== undefined) throw new CliError(refused);
      target.finish();
    } catch (error) {
      target.discard();
      throw error;
    }
    context.warn(`${sentences} sentences, ${spans} spans${out === '-' ? '' : `: ${out}`}`);
    return 0;
  });
}

function refusal(
  sentences: number,
  problems: number,
  losses: number,
  strict: boolean,
  from: string,
): string | undefined {
  if (sentences === 0) return `${from} holds no sentences that could be read: nothing was written.`;
  if (!strict || problems + losses === 0) return undefined;
  return `Nothing was written, because of --strict: ${problems} problems, ${losses} kinds of loss.`;
}

/** The `convert` command. */
export const convert: Verb = { usage, run };
