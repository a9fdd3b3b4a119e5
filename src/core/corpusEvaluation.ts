import { countSentence, sumCounts } from './counts.ts';
import type { Counts } from './counts.ts';
import { evaluator } from './evaluation.ts';
import type { ComparedSentence, Evaluation, Keeping } from './evaluation.ts';
import type { IllegalPolicy, Scheme } from './scheme.ts';

/** What several systems came to over the same sentences: each against the reference, and each pair against one another in the order (0,1), (0,2), (1,2) ... */
export interface CorpusEvaluation {
  readonly systems: readonly Evaluation[];
  readonly between: readonly Counts[];
}

/** A running evaluation of several systems. */
export interface CorpusEvaluator {
  /** The answers come in the order of the systems. */
  readonly add: (sentence: Omit<ComparedSentence, 'answer'>, answers: readonly ComparedSentence['answer'][]) => void;
  readonly result: () => CorpusEvaluation;
}

/** Evaluates the answers of several systems sentence by sentence. */
export function corpusEvaluator(
  systems: number,
  scheme: Scheme,
  policy: IllegalPolicy,
  keeping?: Keeping,
): CorpusEvaluator {
  const running = Array.from({ length: systems }, () => evaluator(scheme, policy, keeping));
  const pairs = running.flatMap((_, a) =>
    Array.from({ length: systems - a - 1 }, (_other, index) => ({ a, b: a + 1 + index, counted: [] as Counts[] })),
  );
  return {
    add(sentence, answers) {
      for (const [system, one] of running.entries()) {
        const answer = answers[system];
        if (answer === undefined) throw new Error(`system ${system} has no answer to “${sentence.forms.join(' ')}”`);
        one.add({ ...sentence, answer });
      }
      for (const { a, b, counted } of pairs) {
        const [left, right] = [answers[a], answers[b]];
        if (left === undefined || right === undefined) continue;
        counted.push(countSentence(left, right, scheme, policy));
        // Sums are made in steps, so that only the running one stays.
        if (counted.length >= 256) counted.splice(0, counted.length, sumCounts(counted));
      }
    },
    result: () => ({
      systems: running.map((one) => one.result()),
      between: pairs.map(({ counted }) => sumCounts(counted)),
    }),
  };
}
