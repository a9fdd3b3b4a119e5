import { estimatedPieces } from './sentenceChunks.ts';
import { decode, simplify, tagParts } from './scheme.ts';
import type { Scheme } from './scheme.ts';
import { NO_LABEL } from './span.ts';

/** How a generator is to answer: every word followed by its tag as one piece, or a list `text = LABEL ; text = LABEL` (texts alone in the simplified scheme). */
export type AnswerFormat = 'copyTags' | 'entityList';

/** One tagged sentence that a prompt shows; tags are of the full scheme. */
export interface Example {
  readonly words: readonly string[];
  readonly tags: readonly string[];
}

/** The pieces of text from which a prompt is made; models/README.md defines the placeholders. */
export interface PromptTemplate {
  readonly answer: AnswerFormat;
  /** The format of the examples' answers, where it differs. */
  readonly exampleAnswer?: AnswerFormat | undefined;
  /** With the placeholders `{scheme}`, `{labels}`, `{examples}` and `{sentence}`. */
  readonly template: string;
  /** With `{sentence}` and `{answer}`. */
  readonly example: string;
  readonly exampleSeparator: string;
  /** What stands for `{examples}` where none are shown; `-` where undefined. */
  readonly noExamples?: string | undefined;
  /** How many examples a prompt shows. */
  readonly k: number;
  readonly examples: readonly Example[];
  /** What stands for each tag in a `copyTags` answer; empty for entity lists. */
  readonly tagTokens: Readonly<Record<string, string>>;
}

/** What stands where a list has no members. */
const NONE = '-';

/** Markers of T5's tokenizer that a word must not be read as. */
const MARKER = /<(?=\/?(?:s|pad|unk|mask|extra_id_\d+)>)/gu;

/** A word as it stands in a prompt: without inner blanks, and with every marker or tag token broken up, so that text can never pose as a tag. */
export function plainWord(word: string, template: PromptTemplate): string {
  let plain = word.replace(/\s+/gu, '').replace(MARKER, '< ');
  for (const token of Object.values(template.tagTokens)) {
    if (token.length > 1) plain = plain.replaceAll(token, `${token.slice(0, 1)} ${token.slice(1)}`);
  }
  return plain;
}

/** The answer that a sentence with these full-scheme tags should get. */
export function answerText(example: Example, format: AnswerFormat, scheme: Scheme, template: PromptTemplate): string {
  const words = example.words.map((word) => plainWord(word, template));
  if (format === 'copyTags') {
    const tags = scheme === 'full' ? example.tags : example.tags.map(prefixOf);
    return words.map((word, index) => `${word} ${tokenOf(tags[index] ?? 'O', template)}`).join(' ');
  }
  const { layer } = scheme === 'full' ? decode(example.tags, 'repair') : simplify(example.tags, 'repair');
  const items = layer.map((span) => {
    const text = words.slice(span.first, span.end).join(' ');
    return span.label === NO_LABEL ? text : `${text} = ${span.label}`;
  });
  return items.length === 0 ? NONE : items.join(' ; ');
}

/** The tokens that stand for the scheme's tags in a copyTags answer, in the order of `tags`. */
export function tagTokensOf(tags: readonly string[], template: PromptTemplate): readonly string[] {
  return tags.map((tag) => tokenOf(tag, template));
}

/** A prompt's text with its first `k` examples; the sentence stands whole, whatever its length. */
export function buildPrompt(
  template: PromptTemplate,
  words: readonly string[],
  scheme: Scheme,
  labels: readonly string[],
  k: number = template.k,
): string {
  const format = template.exampleAnswer ?? template.answer;
  const examples = template.examples.slice(0, Math.max(0, k)).map((example) =>
    fill(template.example, {
      sentence: sentenceText(example.words, template),
      answer: answerText(example, format, scheme, template),
    }),
  );
  return fill(template.template, {
    scheme,
    labels: labels.length === 0 ? NONE : labels.join(' '),
    examples: examples.length === 0 ? (template.noExamples ?? NONE) : examples.join(template.exampleSeparator),
    sentence: sentenceText(words, template),
  });
}

/** The prompt with as many of its examples as fit `pieces` pieces by estimate: examples go first, the sentence always stays whole. */
export function buildPromptWithin(
  template: PromptTemplate,
  words: readonly string[],
  scheme: Scheme,
  labels: readonly string[],
  pieces: number,
): string {
  for (let k = template.k; ; k--) {
    const prompt = buildPrompt(template, words, scheme, labels, k);
    const estimate = prompt.split(/\s+/u).reduce((sum, chunk) => sum + estimatedPieces(chunk), 0);
    if (k <= 0 || estimate <= pieces) return prompt;
  }
}

/** The words of a sentence as a prompt shows them, joined by blanks. */
export function sentenceText(words: readonly string[], template: PromptTemplate): string {
  return words.map((word) => plainWord(word, template)).join(' ');
}

// One pass, so that a placeholder inside a sentence stays text.
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

function prefixOf(tag: string): string {
  const { prefix } = tagParts(tag);
  return prefix === 'unknown' ? 'O' : prefix;
}

function tokenOf(tag: string, template: PromptTemplate): string {
  return Object.hasOwn(template.tagTokens, tag) ? (template.tagTokens[tag] ?? tag) : tag;
}
