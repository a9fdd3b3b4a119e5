import type { Example, PromptTemplate } from '../../core/prompt.ts';
import { tagParts } from '../../core/scheme.ts';

/** Sentences of our own, tagged in the full scheme, for a T5 that was never tuned for this task. */
const EXAMPLES: readonly Example[] = [
  {
    words: 'Maria Keller flew from Lisbon to Oslo for Northwind Energy .'.split(' '),
    tags: ['B-PER', 'I-PER', 'O', 'O', 'B-LOC', 'O', 'B-LOC', 'O', 'B-ORG', 'I-ORG', 'O'],
  },
  { words: 'It rained all day and nobody came .'.split(' '), tags: ['O', 'O', 'O', 'O', 'O', 'O', 'O', 'O'] },
  {
    words: 'The World Bank opened an office in Porto Alegre , said Tom Adeyemi .'.split(' '),
    tags: ['O', 'B-ORG', 'I-ORG', 'O', 'O', 'O', 'O', 'B-LOC', 'I-LOC', 'O', 'O', 'B-PER', 'I-PER', 'O'],
  },
];

/** Labels that are asked for where nobody names others. */
export const GENERAL_LABELS: readonly string[] = ['PER', 'LOC', 'ORG'];

/** A prompt for any instruction-tuned T5: a few examples and an entity list as the answer. Examples are shown only where their labels are all asked for. */
export function generalPrompt(labels: readonly string[]): PromptTemplate {
  const examples = EXAMPLES.filter(({ tags }) =>
    tags.every((tag) => {
      const parts = tagParts(tag);
      return parts.prefix === 'O' || parts.prefix === 'unknown' || labels.includes(parts.label);
    }),
  );
  return {
    answer: 'entityList',
    template:
      'Find the named entities of these kinds: {labels}. Write each as text = KIND, with ; between them, or - if there is none. ' +
      '{examples} Text: {sentence} Entities:',
    example: 'Text: {sentence} Entities: {answer}',
    exampleSeparator: ' ',
    noExamples: '',
    k: examples.length,
    examples,
    tagTokens: {},
  };
}
