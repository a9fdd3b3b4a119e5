import { parseArgs } from 'node:util';
import type { CorpusItem } from '../core/corpus.ts';
import { LabelledStrings } from '../core/search/inconsistent.ts';
import { QUERY_HELP, parseQuery } from '../core/search/parseQuery.ts';
import type { SearchQuery } from '../core/search/query.ts';
import { SearchRun, inconsistentHits } from '../core/search/searchRun.ts';
import type { RunSentence } from '../core/search/searchRun.ts';
import type { Layer, ModelSource, Source } from '../core/span.ts';
import { readCorpus } from '../node/corpus/corpusInput.ts';
import type { CorpusInput } from '../node/corpus/corpusInput.ts';
import { inputErrors } from './formatChoice.ts';
import { inputOf, inputOptions, inputUsage } from './inputOptions.ts';
import { IssueList } from './issueList.ts';
import { CliError, UsageError } from './io.ts';
import type { CliContext, ExitCode, Verb } from './io.ts';
import { hitJson, hitLine, stringText } from './searchResults.ts';

const usage = `search --corpus PATH QUERY [options]
search --corpus PATH --inconsistent [options]

Finds places in a corpus (a file, or a folder of files) and prints each as FILE:LINE: the sentence with the [place],
and what gold and the models say there. With --inconsistent it lists the strings that gold labels in several ways,
with how often and where.

${QUERY_HELP.map((line) => `  ${line}`).join('\n')}

  --match-case                words in small letters mind case too
  --bert FILE, --t5 FILE      what a model said of the same sentences (as annotate writes it), for bert: and t5:
  --limit N                   print at most N places (all are counted)
${inputUsage}
  --json                      one JSON object with all places and counts
`;

interface Choices {
  readonly corpus: string;
  /** Undefined for the strings with several labels. */
  readonly query: SearchQuery | undefined;
  readonly typed: string;
  readonly predicted: Readonly<Partial<Record<ModelSource, string>>>;
  readonly limit: number;
  readonly input: CorpusInput;
  readonly json: boolean;
}

interface Found {
  readonly file: string;
  /** The index of the sentence in its file. */
  readonly index: number;
  readonly sentence: RunSentence;
  readonly lineOf: ((token: number) => number) | undefined;
}

type SentenceItem = Extract<CorpusItem, { kind: 'sentence' }>;

/** The sentences of a corpus; its problems are told, where somebody listens. */
function* sentencesIn(
  corpus: string,
  input: CorpusInput,
  warn: ((line: string) => void) | undefined,
): Generator<[string, SentenceItem]> {
  const issues = warn === undefined ? undefined : new IssueList(warn);
  for (const found of readCorpus(corpus, input)) {
    issues?.add(found);
    if (found.item.kind === 'sentence') yield [found.file, found.item];
  }
  issues?.finish();
}

/** The sentences of the corpus with what the models said of each, file by file. */
function* sentencesOf({ corpus, predicted, input }: Choices, context: CliContext, again = false): Generator<Found> {
  const warn = again ? undefined : context.warn;
  const progress = (done: number, total: number): void => {
    context.progress(corpus, done, total);
  };
  const models = Object.entries(predicted).map(
    ([source, file]) => [source, file, sentencesIn(file, {}, warn)] as const,
  );
  let place: { file: string; index: number } | undefined;
  for (const [file, { sentence, lineOf }] of sentencesIn(corpus, { ...input, progress }, warn)) {
    const index: number = place?.file === file ? place.index + 1 : 0;
    place = { file, index };
    const layers = new Map<string, Layer | null>([['gold', sentence.layer]]);
    for (const [source, name, sentences] of models) layers.set(source, answer(sentences, name, sentence, file, index));
    const layerOf = (source: Source): Layer | null => layers.get(source) ?? null;
    yield { file, index, sentence: { text: sentence.text, tokens: sentence.tokens, layerOf }, lineOf };
  }
}

function answer(
  sentences: Generator<[string, SentenceItem]>,
  name: string,
  { tokens }: SentenceItem['sentence'],
  file: string,
  index: number,
): Layer | null {
  const next = sentences.next();
  const other = next.done === true ? undefined : next.value[1].sentence;
  const same =
    other?.tokens.length === tokens.length && other.tokens.every(({ form }, at) => form === tokens[at]?.form);
  if (same) return other.layer;
  throw new CliError(
    `${name} does not hold the words of sentence ${index + 1} of ${file} in its place: it has to hold the same sentences in the same order.`,
  );
}

/** Prints places up to the limit, as lines or as the elements of a JSON object that is written as it grows. */
class Printer {
  readonly #choices: Choices;
  readonly #context: CliContext;
  #printed = 0;

  constructor(choices: Choices, context: CliContext) {
    this.#choices = choices;
    this.#context = context;
    const { typed, json, query } = choices;
    const title = query === undefined ? '{"inconsistent":true' : `{"query":${JSON.stringify(typed)}`;
    if (json) context.write(`${title},"places":[`);
  }

  add(hit: Parameters<typeof hitLine>[0], { file, lineOf }: Found): void {
    if (this.#printed >= this.#choices.limit) return;
    this.#printed++;
    const at = { file, line: lineOf?.(hit.first) };
    if (this.#choices.json) this.#context.write(`${this.#printed > 1 ? ',' : ''}\n${hitJson(hit, at)}`);
    else this.#context.write(`${hitLine(hit, at)}\n`);
  }

  end(found: number, counts: Readonly<Record<string, unknown>>): void {
    if (this.#choices.json) {
      const rest = JSON.stringify({ printed: this.#printed, found, ...counts }).slice(1);
      this.#context.write(`\n],${rest}\n`);
    } else if (this.#printed < found) this.#context.warn(`${this.#printed} of ${found} places were printed (--limit).`);
  }
}

const names: Readonly<Record<Source, string>> = {
  gold: 'nobody annotated them',
  bert: 'the answer of BERT is not known there (--bert FILE)',
  t5: 'the answer of T5 is not known there (--t5 FILE)',
};

function find(query: SearchQuery, choices: Choices, context: CliContext): void {
  const run = new SearchRun(query);
  const printer = new Printer(choices, context);
  const files = new Set<string>();
  for (const found of sentencesOf(choices, context)) {
    for (const hit of run.next(found.sentence, found.index)) {
      files.add(found.file);
      printer.add(hit, found);
    }
  }
  context.clearProgress();
  printer.end(run.found, { sentences: run.sentences, unknown: Object.fromEntries(run.unknown) });
  context.warn(`${run.found} places in ${files.size} files, of ${run.sentences} sentences.`);
  for (const [source, count] of run.unknown) context.warn(`${count} sentences could not be judged: ${names[source]}.`);
}

function listInconsistent(choices: Choices, context: CliContext): void {
  const strings = new LabelledStrings();
  const add = ({ sentence }: Found): void => {
    strings.add(
      sentence.tokens.map(({ form }) => form),
      sentence.layerOf('gold'),
    );
  };
  for (const found of sentencesOf(choices, context)) add(found);
  const listed = strings.inconsistent();
  const byText = new Map(listed.map((string) => [string.text, string]));
  const plain = listed.map(({ text, labels, total }) => ({ text, labels: Object.fromEntries(labels), total }));
  if (!choices.json) for (const string of listed) context.write(`${stringText(string)}\n`);
  const printer = new Printer(choices, context);
  let places = 0;
  for (const found of sentencesOf(choices, context, true))
    for (const { hit } of inconsistentHits(byText, found.sentence, found.index)) {
      places++;
      printer.add(hit, found);
    }
  context.clearProgress();
  printer.end(places, { strings: plain });
  context.warn(`${listed.length} strings with several labels, at ${places} places.`);
}

function readArguments(args: readonly string[]): Choices {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      corpus: { type: 'string' },
      'match-case': { type: 'boolean', default: false },
      inconsistent: { type: 'boolean', default: false },
      bert: { type: 'string' },
      t5: { type: 'string' },
      limit: { type: 'string' },
      ...inputOptions,
      json: { type: 'boolean', default: false },
    },
  });
  const { corpus, inconsistent, bert, t5, json } = values;
  if (corpus === undefined) throw new UsageError('--corpus PATH is missing.');
  const typed = positionals.join(' ');
  if (inconsistent && typed !== '') throw new UsageError('--inconsistent takes no query.');
  const limit = values.limit === undefined ? Infinity : Number(values.limit);
  if (!(limit === Infinity || (Number.isInteger(limit) && limit >= 0)))
    throw new UsageError(`--limit is a number from 0, not “${values.limit ?? ''}”.`);
  const parsed = inconsistent ? undefined : parseQuery(typed, { matchCase: values['match-case'] });
  if (parsed?.ok === false) throw new UsageError(`${parsed.message}.`);
  const predicted = { ...(bert === undefined ? {} : { bert }), ...(t5 === undefined ? {} : { t5 }) };
  return { corpus, query: parsed?.value, typed, predicted, limit, input: inputOf(values), json };
}

function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const choices = readArguments(args);
  return inputErrors(() => {
    if (choices.query === undefined) listInconsistent(choices, context);
    else find(choices.query, choices, context);
    return 0;
  });
}

/** The `search` command. */
export const search: Verb = { usage, run };
