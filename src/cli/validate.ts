import { parseArgs } from 'node:util';
import { formatOf } from '../core/formats/registry.ts';
import { corpusFiles, formatOfFile, readCorpus } from '../node/corpus/corpusInput.ts';
import { CorpusInputError } from '../node/corpus/utf8Text.ts';
import { inputErrors } from './formatChoice.ts';
import { inputOf, inputOptions, inputUsage } from './inputOptions.ts';
import { IssueList, TOLD } from './issueList.ts';
import { UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';

const usage = `validate PATH [options]

Reads a corpus (a file, or a folder of files) and tells everything that is wrong in it, one line a problem:
FILE:LINE: error|warning: what is wrong and what to do [kind]. More than ${TOLD} are summed up.
Exit code 0 where there is nothing to tell, 1 where there is.

${inputUsage}
  --format FORMAT             the same as --input-format
`;

function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...inputOptions, format: { type: 'string' } },
  });
  const [target, ...others] = positionals;
  if (target === undefined || others.length > 0) throw new UsageError('validate takes exactly one PATH.');
  const input = inputOf({ ...values, 'input-format': values['input-format'] ?? values.format });
  const format = input.format === undefined ? undefined : formatOf(input.format);
  const issues = new IssueList((line) => {
    context.write(`${line}\n`);
  });
  let [sentences, tokens, annotated] = [0, 0, 0];
  return inputErrors(() => {
    const files = corpusFiles(target);
    const progress = (done: number, total: number): void => {
      context.progress(target, done, total);
    };
    for (const found of readCorpus(target, { ...input, progress })) {
      if (issues.add(found) || found.item.kind !== 'sentence') continue;
      sentences++;
      tokens += found.item.sentence.tokens.length;
      if (found.item.sentence.layer !== null) annotated++;
    }
    context.clearProgress();
    issues.finish();
    const [first] = files;
    if (first === undefined) throw new CorpusInputError(`${target} holds no files.`);
    const title = files.length === 1 ? (format ?? formatOfFile(first)).title : `${files.length} files`;
    context.warn(
      `${target}: ${title}, ${sentences} sentences (${annotated} annotated), ${tokens} tokens, ${issues.count} problems (${issues.errors} errors)`,
    );
    if (sentences > 0 || issues.count > 0) return issues.count === 0 ? 0 : 1;
    context.write(`${target}:1: error: There is no sentence in it [empty]\n`);
    return 1;
  });
}

/** The `validate` command. */
export const validate: Verb = { usage, run };
