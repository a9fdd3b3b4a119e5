import type { Dimension } from '../../core/breakdown.ts';
import { NO_DETAILS } from '../../protocol/panelDetails.ts';
import type { DetailSection, FailureExample, PanelDetails, PanelSchemes } from '../../protocol/panelDetails.ts';
import type { Layered } from '../document/layers.ts';
import { settle } from '../base/log.ts';
import type { Services } from '../prediction/services.ts';
import type { Session } from '../document/session.ts';
import { Background } from '../base/background.ts';
import { addingGroups, groupRows } from './breakdowns.ts';
import type { Grouped, Groups } from './breakdowns.ts';
import { addingBins, calibrationRows } from './calibrations.ts';
import type { Bins } from './calibrations.ts';
import { firstExamples } from './examples.ts';
import { OtherScheme, otherScheme, wordsOf } from './otherScheme.ts';
import { RunningSum } from '../base/runningSum.ts';
import type { Adding } from '../base/runningSum.ts';
import { schemeSteps } from './schemes.ts';
import type { PredictionIn } from './schemes.ts';
import type { CorpusTotals } from './totals.ts';
import { TrainingCorpora } from './trainingCorpus.ts';
import { MODEL_SOURCES } from '../../core/span.ts';

/** What the page shows of the details. */
export interface Shown {
  readonly sections: readonly DetailSection[];
  readonly dimension: Dimension;
}

/** Details that may not be complete yet. */
export interface DetailsSoFar {
  readonly details: PanelDetails;
  readonly pending: number;
}

/** A running sum with what it was begun for; another session, reading or training corpus needs another. */
interface Kept<Item, Sum> {
  readonly key: readonly unknown[];
  readonly sum: RunningSum<Item, Sum>;
}

/** Milliseconds after which the memory of the model process is asked for again. */
const memoryAge = 2000;

/** The figures of sections that are worked out only while they are open. */
export class Details {
  readonly #training: TrainingCorpora;
  readonly #other: OtherScheme;
  readonly #examples: Background<FailureExample[]>;
  readonly #schemes: Background<NonNullable<PanelSchemes['models']>>;
  #groups: Kept<Grouped, Groups> | undefined;
  #bins: Kept<Layered, Bins> | undefined;
  #memory: { bytes: number | null; asked: number } = { bytes: null, asked: -Infinity };

  readonly #services: Services;
  readonly #changed: () => void;

  constructor(services: Services, changed: () => void) {
    this.#services = services;
    this.#changed = changed;
    this.#training = new TrainingCorpora(changed);
    this.#other = new OtherScheme(services.models, changed);
    this.#examples = new Background(changed);
    this.#schemes = new Background(changed);
  }

  /** The details of the open sections, as far as there is time; the next call goes on. */
  of(session: Session, totals: CorpusTotals, shown: Shown, hasTime: () => boolean): DetailsSoFar {
    const open = (section: DetailSection): boolean => shown.sections.includes(section);
    const breakdown = open('breakdowns') ? this.#breakdown(session, totals, shown.dimension, hasTime) : null;
    const calibration = open('calibration') ? this.#calibration(session, totals, hasTime) : null;
    return {
      details: {
        ...NO_DETAILS,
        examples: open('failures') ? this.#examplesOf(session, totals) : null,
        breakdown,
        calibration,
        cost: open('cost') ? this.#cost(session) : null,
        schemes: open('schemes') ? this.#schemesOf(session, totals) : null,
      },
      pending: Math.max(breakdown?.pending ?? 0, calibration?.pending ?? 0),
    };
  }

  /** Predicts in the scheme that is not in use, or gives that up. */
  predictOtherScheme(session: Session, on: boolean): void {
    settle(this.#services.log, 'Predicting in the other scheme', this.#other.run(session, on));
  }

  dispose(): void {
    this.#training.dispose();
    this.#other.dispose();
    this.#examples.dispose();
    this.#schemes.dispose();
  }

  #breakdown(
    session: Session,
    totals: CorpusTotals,
    dimension: Dimension,
    hasTime: () => boolean,
  ): PanelDetails['breakdown'] {
    const training = this.#training.of(session.document.uri);
    const key = [session, totals.scheme, totals.policy, training.known];
    this.#groups = keptFor(key, this.#groups, () => addingGroups(totals, training.known));
    const { sum, pending } = this.#groups.sum.step(session.sentences, hasTime);
    const predicted = { bert: totals.predicted.bert > 0, t5: totals.predicted.t5 > 0 };
    return { dimension, pending, ...groupRows(sum, dimension, predicted), training: training.state };
  }

  #calibration(session: Session, { scheme }: CorpusTotals, hasTime: () => boolean): PanelDetails['calibration'] {
    this.#bins = keptFor([session, scheme], this.#bins, () => addingBins(scheme));
    const { sum, pending } = this.#bins.sum.step(session.sentences, hasTime);
    return { pending, models: calibrationRows(sum) };
  }

  #examplesOf(session: Session, totals: CorpusTotals): PanelDetails['examples'] {
    const { sentences, busy } = session;
    const { scheme, policy } = totals;
    // Each answer of a model would make them void.
    if (busy !== undefined) return null;
    return this.#examples.of([sentences, scheme, policy], () => firstExamples(sentences, totals)) ?? null;
  }

  #cost({ scheme }: Session): PanelDetails['cost'] {
    const { models } = this.#services;
    this.#askForMemory();
    return {
      processBytes: this.#memory.bytes,
      models: MODEL_SOURCES.map((source) => {
        const { sentences, milliseconds, pieces, generatedPieces, loadedBytes } = models.stats(source, scheme);
        const name = models.states.find((state) => state.source === source)?.name ?? source;
        return { source, name, sentences, milliseconds, pieces, generatedPieces, loadedBytes };
      }),
    };
  }

  #askForMemory(): void {
    const now = performance.now();
    if (now - this.#memory.asked < memoryAge) return;
    this.#memory.asked = now;
    this.#services.models.measureMemory().then(
      (bytes) => {
        const measured = bytes === 0 ? null : bytes;
        if (measured === this.#memory.bytes) return;
        this.#memory.bytes = measured;
        this.#changed();
      },
      // A process that died while it was asked is told by the model's state.
      () => undefined,
    );
  }

  #schemesOf(session: Session, { policy }: CorpusTotals): PanelDetails['schemes'] {
    const { sentences, scheme } = session;
    const predictionIn: PredictionIn = (sentence, source, wanted) =>
      wanted === scheme
        ? sentence.predictions[source]
        : this.#services.models.cached(source, wanted, wordsOf(sentence));
    const models =
      session.busy === undefined &&
      this.#schemes.of([sentences, scheme, policy, this.#other.version], () =>
        schemeSteps(sentences, policy, predictionIn),
      );
    return {
      other: otherScheme(scheme),
      predicting: this.#other.progress ?? null,
      models: models || null,
    };
  }
}

/** The sum of before where it was begun for the same objects, else a new one. */
function keptFor<Item, Sum>(
  key: readonly unknown[],
  kept: Kept<Item, Sum> | undefined,
  how: () => Adding<Item, Sum>,
): Kept<Item, Sum> {
  const same = kept?.key.length === key.length && key.every((part, index) => part === kept.key[index]);
  return same ? kept : { key, sum: new RunningSum(how()) };
}
