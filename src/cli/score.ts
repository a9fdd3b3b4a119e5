import { parseArgs } from 'node:util';
import { simplifiedTag, taggedOfTags } from '../core/compare.ts';
import { countSentence, sumCounts } from '../core/counts.ts';
import type { Counts } from '../core/counts.ts';
import { conlleval, conllevalReport } from '../core/report/conlleval.ts';
import { evaluationJson } from '../core/report/evaluationJson.ts';
import { UNDECIDED } from '../core/decisions.ts';
import { answeredTags, unansweredText } from '../core/unanswered.ts';
import { countedText } from '../core/workState.ts';
import { labelsOf } from '../core/metrics.ts';
import type { IllegalPolicy, Scheme } from '../core/scheme.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { UnreadLineError, formOf, readTagSentences } from './tagFile.ts';
import type { TagSentence } from './tagFile.ts';

/** The labels of Universal NER; they fix the tags of the token macro mean wherever a corpus holds no others. */
const COMMON_LABELS = ['PER', 'ORG', 'LOC'];

/** Two files that do not hold the same sentences. */
class MismatchError extends Error {
  override readonly name = 'MismatchError';
}

/** The same sentence of both files. */
interface SentencePair {
  readonly gold: TagSentence;
  readonly predicted: TagSentence;
}

function* pairs(goldPath: string, predictedPath: string, docStarts: boolean): Generator<SentencePair> {
  const predictions = readTagSentences(predictedPath, docStarts);
  for (const gold of readTagSentences(goldPath, docStarts)) {
    const next = predictions.next();
    if (next.done === true)
      throw new MismatchError(`${predictedPath} ends before the sentence at ${goldPath}:${gold.line}.`);
    const predicted = next.value;
    const length = Math.max(gold.forms.length, predicted.forms.length);
    for (let index = 0; index < length; index++)
      if (gold.forms[index] !== predicted.forms[index])
        throw new MismatchError(
          `The sentences at ${goldPath}:${gold.line} and ${predictedPath}:${predicted.line} differ at token ${index + 1}: “${formOf(gold, index) ?? '(none)'}” and “${formOf(predicted, index) ?? '(none)'}”.`,
        );
    yield { gold, predicted };
  }
  const left = predictions.next();
  if (left.done !== true)
    throw new MismatchError(`${goldPath} ends before the sentence at ${predictedPath}:${left.value.line}.`);
}

interface Choices {
  readonly gold: string;
  readonly predicted: string;
  readonly scheme: Scheme;
  readonly policy: IllegalPolicy;
  readonly labels: readonly string[] | undefined;
}

/** The counts of all complete sentences, and what besides them there is. */
interface Counted {
  readonly counts: Counts;
  /** Sentences of gold that are not counted, by their state. */
  readonly untouched: number;
  readonly inProgress: number;
  /** Words of complete sentences on which the prediction says nothing (`_`); they count as O. */
  readonly unanswered: number;
}

function countFiles({ gold, predicted, scheme, policy }: Choices): Counted {
  let untouched = 0;
  let inProgress = 0;
  let unanswered = 0;
  const one = function* (): Generator<Counts> {
    for (const pair of pairs(gold, predicted, false)) {
      if (pair.gold.tags.includes(UNDECIDED)) {
        if (pair.gold.tags.every((tag) => tag === UNDECIDED)) untouched++;
        else inProgress++;
        continue;
      }
      const answer = answeredTags(pair.predicted.tags);
      unanswered += answer.unanswered;
      yield countSentence(taggedOfTags(pair.gold.tags), taggedOfTags(answer.tags), scheme, policy);
    }
  };
  const counts = sumCounts(one());
  return { counts, untouched, inProgress, unanswered };
}

/** A word that ends a sentence for conlleval, as a blank line does. */
const CONLLEVAL_BOUNDARY = '-X-';

/** What conlleval prints of the two files, read as `word gold guess` with a blank line after each sentence. */
function conllevalOf({ gold, predicted, scheme }: Choices): string {
  const running = conlleval();
  const tagOf = scheme === 'full' ? (tag: string): string => tag : simplifiedTag;
  for (const pair of pairs(gold, predicted, true)) {
    // What nobody decided is no gold; conlleval itself would take `_` for a tag.
    if (pair.gold.tags.includes(UNDECIDED)) continue;
    const guesses = answeredTags(pair.predicted.tags).tags;
    pair.gold.tags.forEach((tag, index) => {
      if (pair.gold.forms[index] === CONLLEVAL_BOUNDARY) running.boundary();
      else running.add(tagOf(tag), tagOf(guesses[index] ?? 'O'));
    });
    running.boundary();
  }
  return conllevalReport(running.counts());
}

function scoreJson(choices: Choices, warn: (line: string) => void): string {
  const counted = countFiles(choices);
  const { counts, untouched, inProgress, unanswered } = counted;
  if (untouched + inProgress > 0)
    warn(`Counted: ${countedText(counts.sentences, inProgress)}${untouched > 0 ? `, ${untouched} untouched` : ''}.`);
  if (unanswered > 0) warn(unansweredText(unanswered));
  const seen = labelsOf(counts);
  const labels = choices.labels ?? (seen.every((label) => COMMON_LABELS.includes(label)) ? COMMON_LABELS : seen);
  const { scheme, policy } = choices;
  return `${JSON.stringify({ scheme, policy, ...evaluationJson(counts, scheme, labels, choices.labels), inProgress, untouched, unanswered }, null, 2)}\n`;
}

const usage = `score --gold FILE --pred FILE [options]

Compares two column files with the same sentences.

  --gold FILE                 the reference
  --pred FILE                 what is scored
  --scheme full|simplified    the tag set; simplified drops the labels and decodes again (default full)
  --policy repair|strict      what an I- tag without its B- means: an entity (conlleval), or nothing (default repair)
  --labels PER,ORG,LOC        the labels whose tags enter the token macro mean (default: those that either file has)
  --format json|conlleval     all figures, or exactly what conlleval prints (default json)
  --json                      the same as --format json
`;

const SCHEMES: readonly string[] = ['full', 'simplified'] satisfies Scheme[];
const POLICIES: readonly string[] = ['repair', 'strict'] satisfies IllegalPolicy[];

function isScheme(text: string): text is Scheme {
  return SCHEMES.includes(text);
}

function isPolicy(text: string): text is IllegalPolicy {
  return POLICIES.includes(text);
}

function readArguments(args: readonly string[]): Choices & { readonly format: 'json' | 'conlleval' } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      gold: { type: 'string' },
      pred: { type: 'string' },
      scheme: { type: 'string', default: 'full' },
      policy: { type: 'string', default: 'repair' },
      labels: { type: 'string' },
      format: { type: 'string', default: 'json' },
      json: { type: 'boolean', default: false },
    },
  });
  const { gold, pred, scheme, policy, format } = values;
  if (gold === undefined || pred === undefined) throw new UsageError('Both --gold FILE and --pred FILE are needed.');
  if (!isScheme(scheme)) throw new UsageError(`--scheme is full or simplified, not “${scheme}”.`);
  if (!isPolicy(policy)) throw new UsageError(`--policy is repair or strict, not “${policy}”.`);
  if (format !== 'json' && format !== 'conlleval')
    throw new UsageError(`--format is json or conlleval, not “${format}”.`);
  if (values.json && format !== 'json') throw new UsageError('--json and --format conlleval exclude each other.');
  if (format === 'conlleval' && policy === 'strict') throw new UsageError('conlleval knows only --policy repair.');
  const labels = values.labels?.split(',').filter((label) => label !== '');
  return { gold, predicted: pred, scheme, policy, labels, format };
}

function run(args: readonly string[], context: Pick<CliContext, 'write' | 'warn'>): ExitCode {
  const choices = readArguments(args);
  try {
    context.write(choices.format === 'json' ? scoreJson(choices, context.warn) : conllevalOf(choices));
  } catch (error) {
    const known = error instanceof MismatchError || error instanceof UnreadLineError || isFileError(error);
    throw known ? new CliError(error.message) : error;
  }
  return 0;
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

/** The `score` command. */
export const score: Verb = { usage, run };
