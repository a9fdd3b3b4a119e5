import { setImmediate } from 'node:timers/promises';
import type { Lesson } from '../../core/learning/evidence.ts';
import { fits, headDistribution } from '../../core/learning/head.ts';
import type { Head } from '../../core/learning/head.ts';
import { headSteps } from '../../core/learning/headTraining.ts';
import type { HeadOptions } from '../../core/learning/headTraining.ts';
import { canonicalLabel } from '../../core/learning/evidence.ts';
import { labelOfTag, teachable } from '../../core/learning/seenLabels.ts';
import { Channel, ChannelError } from '../../protocol/channel.ts';
import type { CancelSignal, Disposable, Port } from '../../protocol/channel.ts';
import { learningContract, learningHostContract } from '../../protocol/learning.ts';
import type { TrainedFacts } from '../../protocol/learning.ts';
import { fastProducts } from './denseKernel.ts';
import { headText, parseHead } from './headFile.ts';

/** Answers the contract of learning on a port: keeps lessons and trains a head from them. */
export function serveLearning(port: Port): Disposable {
  const lessons = new Map<string, Lesson>();
  let head: Head | undefined;
  const taught = (): Head => {
    if (head !== undefined) return head;
    throw new ChannelError('nothingLearnt', 'nothing was learnt yet');
  };
  return new Channel(
    port,
    learningContract,
    learningHostContract,
    {
      requests: {
        train: async ({ options, warm }, signal) => {
          const { facts, head: trained } = await train([...lessons.values()], options, warm ? head : undefined, signal);
          head = trained;
          return facts;
        },
        predict: ({ sentences }) => {
          const used = taught();
          const distributions = sentences.map(({ words, evidence }) => {
            const seen = { ...evidence, hidden: evidence.hidden };
            if (fits(used, seen, words.length)) return headDistribution(used, words, seen).values;
            throw new ChannelError('headUnfit', 'what was learnt was learnt from another model');
          });
          return Promise.resolve({ tags: [...used.tags], distributions });
        },
        headText: ({ model }) => Promise.resolve({ text: headText(taught(), model) }),
        useHead: ({ text }) => {
          const read = parseHead(text);
          if (!read.ok) return Promise.reject(new ChannelError(read.reason, read.message));
          head = read.value.head;
          return Promise.resolve({ model: read.value.model });
        },
      },
      notifications: {
        teach: (params) => {
          for (const { key, lesson } of params.lessons)
            lessons.set(key, { ...lesson, evidence: { ...lesson.evidence, hidden: lesson.evidence.hidden } });
        },
        forget: ({ keys }) => {
          for (const key of keys) lessons.delete(key);
        },
      },
    },
    (problem) => {
      throw new Error(problem);
    },
  );
}

async function train(
  lessons: readonly Lesson[],
  options: HeadOptions,
  earlier: Head | undefined,
  signal: CancelSignal,
): Promise<{ readonly facts: TrainedFacts; readonly head: Head }> {
  const started = performance.now();
  const known = new Set((lessons[0]?.evidence.modelTags ?? []).map((tag) => canonicalLabel(labelOfTag(tag) ?? '')));
  const labels = teachable(options.labels, lessons, (label) => known.has(canonicalLabel(label)));
  const steps = headSteps(lessons, { ...options, labels }, earlier, fastProducts);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      const { head, words, iterations, converged } = step.value;
      const milliseconds = performance.now() - started;
      return { head, facts: { sentences: lessons.length, words, iterations, converged, milliseconds } };
    }
    // What came meanwhile (a cancellation, a question) is heard between two steps.
    await setImmediate();
    if (signal.aborted) throw new ChannelError('cancelled', 'cancelled');
  }
}
