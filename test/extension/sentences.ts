import fc from 'fast-check';
import { decode, encode, simplify } from '../../src/core/scheme.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import type { Prediction } from '../../src/core/prediction.ts';
import type { Layer } from '../../src/core/span.ts';
import type { Token } from '../../src/core/token.ts';
import type { SessionSentence } from '../../src/extension/document/session.ts';

/** Tokens of words joined by single spaces. */
export function tokensOf(words: readonly string[]): readonly Token[] {
  let start = 0;
  return words.map((form) => {
    const token = { form, start, end: start + form.length };
    start = token.end + 1;
    return token;
  });
}

/** A prediction from tags as a model would give them. */
export function prediction(tags: string, scheme: Scheme = 'full', probability = 0.9): Prediction {
  const raw = tags.split(' ');
  const layer = scheme === 'full' ? decode(raw, 'repair').layer : simplify(raw, 'repair').layer;
  return { tags: raw, layer, probabilities: raw.map(() => probability), failures: [] };
}

/** A sentence from its text and the tags of each source that has some. */
export function sentence(
  text: string,
  tags: { readonly gold?: string; readonly bert?: Prediction; readonly t5?: Prediction } = {},
): SessionSentence {
  const gold = tags.gold?.split(' ');
  const decoded = gold === undefined ? undefined : decode(gold, 'repair');
  return {
    text,
    tokens: tokensOf(text.split(' ')),
    id: undefined,
    documentId: undefined,
    gold: decoded?.layer ?? null,
    tags: gold,
    annotators: [],
    illegal: decoded?.illegal ?? [],
    comments: [],
    predictions: {
      ...(tags.bert === undefined ? {} : { bert: tags.bert }),
      ...(tags.t5 === undefined ? {} : { t5: tags.t5 }),
    },
  };
}

const fullTag = fc.constantFrom('O', 'O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-X');
const simpleTag = fc.constantFrom('O', 'O', 'B', 'I');

/** Sentences of up to six words in which each source may be missing and may be illegal. */
export function anySentence(scheme: Scheme): fc.Arbitrary<SessionSentence> {
  return fc.integer({ min: 1, max: 6 }).chain((length) => {
    const tags = (tag: fc.Arbitrary<string>): fc.Arbitrary<string | undefined> =>
      fc.option(
        fc.array(tag, { minLength: length, maxLength: length }).map((all) => all.join(' ')),
        { nil: undefined },
      );
    const model = scheme === 'full' ? fullTag : simpleTag;
    return fc.record({ gold: tags(fullTag), bert: tags(model), t5: tags(model) }).map(({ gold, bert, t5 }) =>
      sentence(Array.from({ length }, (_, index) => `w${String(index)}`).join(' '), {
        ...(gold === undefined ? {} : { gold }),
        ...(bert === undefined ? {} : { bert: prediction(bert, scheme) }),
        ...(t5 === undefined ? {} : { t5: prediction(t5, scheme) }),
      }),
    );
  });
}

/** The tags of a layer as one string. */
export function tagsOfLayer(layer: Layer, length: number, scheme: Scheme = 'full'): string {
  return encode(layer, length, scheme).join(' ');
}
