import { transitionFailures } from './classification.ts';
import { placeEntities } from './entityList.ts';
import type { Failure, Prediction } from './prediction.ts';
import { tagTokensOf } from './prompt.ts';
import type { PromptTemplate } from './prompt.ts';
import { decode, encode, tagsOf } from './scheme.ts';
import type { Scheme } from './scheme.ts';
import { fitsWildcard } from './wildcard.ts';

/** What a generator gave back for one prompt. */
export interface GeneratedAnswer {
  readonly text: string;
  /** Natural logarithm of the probability of what was generated. */
  readonly logProbability: number;
  /** With forced words: the tag token chosen for each word and its probability among the legal ones. */
  readonly choices: readonly { readonly token: string; readonly probability: number }[] | null;
  /** False where the answer was cut at the limit of pieces. */
  readonly finished: boolean;
  readonly generatedPieces: number;
}

/** The sentence that an answer is read against. */
export interface Asked {
  readonly words: readonly string[];
  readonly scheme: Scheme;
  readonly labels: readonly string[];
  readonly prompt: string;
}

/** How many words ahead a free answer may skip before its word counts as not in the text. */
const SKIP = 8;

/** The prediction behind a generator's answer, with a failure for each way in which it was not legal. */
export function parseAnswer(answer: GeneratedAnswer, asked: Asked, template: PromptTemplate): Prediction {
  const raw = { prompt: asked.prompt, answer: answer.text };
  const cut: readonly Failure[] = answer.finished ? [] : [{ kind: 'tokenLimit', detail: 'the answer was cut short' }];
  // The geometric mean over pieces: an answer that was not forced has no probability of a single tag.
  const mean = Math.min(1, Math.exp(answer.logProbability / Math.max(1, answer.generatedPieces)));
  if (template.answer === 'entityList') {
    const { layer, failures } = placeEntities(answer.text, asked.words, asked.scheme, asked.labels);
    return {
      layer,
      tags: encode(layer, asked.words.length, asked.scheme),
      probabilities: asked.words.map(() => mean),
      failures: [...failures, ...cut],
      raw,
    };
  }
  const read =
    answer.choices === null
      ? { ...parseCopyTags(answer.text, asked, template), probabilities: asked.words.map(() => mean) }
      : chosenTags(answer.choices, asked, template);
  return {
    layer: decode(read.tags, 'repair').layer,
    tags: read.tags,
    probabilities: read.probabilities,
    failures: [...read.failures, ...transitionFailures(read.tags), ...cut],
    raw,
  };
}

/** The tags that a free copyTags answer gives to the words; words that it does not reach are O. */
export function parseCopyTags(
  text: string,
  asked: Asked,
  template: PromptTemplate,
): { readonly tags: readonly string[]; readonly failures: readonly Failure[] } {
  const tags = tagsOf(asked.scheme, asked.labels);
  const byToken = new Map(tagTokensOf(tags, template).map((token, index) => [token, tags[index] ?? 'O']));
  const { pairs, rest } = pairsOf(text, template, byToken);
  const result = new Array<string>(asked.words.length).fill('O');
  const failures: Failure[] = [];
  if (rest !== '') failures.push({ kind: 'unparseable', detail: rest.slice(0, 200) });
  let next = 0;
  let matched = 0;
  for (const { word, token } of pairs) {
    const place = placeAhead(asked.words, word, next);
    if (place === undefined) {
      const again = asked.words.slice(0, next).some((form) => sameWord(form, word));
      failures.push({ kind: again ? 'repetition' : 'notInText', detail: word.slice(0, 200) });
      continue;
    }
    const tag = byToken.get(token);
    if (tag === undefined) failures.push({ kind: 'illegalTag', first: place, end: place + 1, detail: token });
    result[place] = tag ?? 'O';
    next = place + 1;
    matched++;
  }
  if (matched !== asked.words.length) {
    const detail = `${String(matched)} of ${String(asked.words.length)} words were answered`;
    failures.push({ kind: 'wrongLength', detail });
  }
  return { tags: result, failures };
}

function chosenTags(
  choices: readonly { readonly token: string; readonly probability: number }[],
  asked: Asked,
  template: PromptTemplate,
): {
  readonly tags: readonly string[];
  readonly probabilities: readonly number[];
  readonly failures: readonly Failure[];
} {
  const tags = tagsOf(asked.scheme, asked.labels);
  const tokens = tagTokensOf(tags, template);
  const failures: Failure[] = [];
  const chosen = asked.words.map((_, index) => {
    const token = choices[index]?.token;
    const tag = token === undefined ? undefined : tags[tokens.indexOf(token)];
    if (token !== undefined && tag === undefined) {
      failures.push({ kind: 'illegalTag', first: index, end: index + 1, detail: token });
    }
    return tag ?? 'O';
  });
  if (choices.length < asked.words.length) {
    const detail = `${String(choices.length)} of ${String(asked.words.length)} words fit the model's limit`;
    failures.push({ kind: 'tokenLimit', first: choices.length, end: asked.words.length, detail });
  }
  return { tags: chosen, probabilities: asked.words.map((_, index) => choices[index]?.probability ?? 0), failures };
}

interface Pair {
  readonly word: string;
  readonly token: string;
}

/** Cuts an answer behind each tag token of either scheme, known or of the same shape. */
function pairsOf(
  text: string,
  template: PromptTemplate,
  byToken: ReadonlyMap<string, string>,
): { readonly pairs: readonly Pair[]; readonly rest: string } {
  const literal = [...new Set([...byToken.keys(), ...Object.values(template.tagTokens)])]
    .sort((a, b) => b.length - a.length)
    .map((token) => token.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  // Tokens in brackets stand apart from words by themselves; plain words (`O`, `B-PER`) must be whole words.
  const shapes = literal.map((token) => (token.startsWith('<') ? token : `(?<=\\s|^)${token}(?=\\s|$)`));
  const splitter = new RegExp(`(${[...shapes, '<[BIO](?:-[^<>\\s]+)?>'].join('|')})`, 'u');
  const parts = text.replace(/<\/s>|<pad>/gu, ' ').split(splitter);
  const pairs: Pair[] = [];
  for (let index = 1; index < parts.length; index += 2) {
    pairs.push({ word: (parts[index - 1] ?? '').trim(), token: parts[index] ?? '' });
  }
  return { pairs, rest: (parts.at(-1) ?? '').trim() };
}

function placeAhead(words: readonly string[], word: string, from: number): number | undefined {
  const end = Math.min(words.length, from + SKIP);
  for (let index = from; index < end; index++) {
    if (sameWord(words[index] ?? '', word)) return index;
  }
  return undefined;
}

// A piece that the vocabulary lacks comes back as <unk>, which may stand for any letters.
function sameWord(form: string, written: string): boolean {
  const a = form.normalize('NFKC').replace(/\s+/gu, '');
  const b = written.normalize('NFKC').replace(/\s+/gu, '');
  if (a === b) return true;
  if (!b.includes('<unk>')) return false;
  return fitsWildcard(a, b.split('<unk>'), 1);
}
