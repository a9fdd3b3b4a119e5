import type { CorpusItem } from './corpus.ts';
import { exported, isReviewed } from './exportChoice.ts';
import type { ExportChoice, Filling } from './exportChoice.ts';
import type { ExportCounts } from './exportManifest.ts';
import type { Format } from './formats/format.ts';
import { LossCounter } from './formats/losses.ts';
import type { Loss } from './formats/losses.ts';
import { SplitPlanner } from './splitPlan.ts';
import type { SplitPlan, SplitWish } from './splitPlan.ts';

/** Counts, step by step and before anything is written, what an export will hold, lose and leave out. */
export class ExportTally {
  readonly #choice: ExportChoice;
  readonly #losses: LossCounter;
  readonly #planner: SplitPlanner | undefined;
  readonly #labels = new Map<string, number>();
  #sentences = 0;
  #tokens = 0;
  #reviewed = 0;
  #filled = 0;
  #left = 0;
  #inProgress = 0;

  constructor(format: Format, choice: ExportChoice, split: boolean) {
    this.#choice = choice;
    this.#losses = new LossCounter(format);
    this.#planner = split ? new SplitPlanner() : undefined;
  }

  /** The item as it is to be written; undefined for a sentence that is left out. */
  add(item: CorpusItem, filling?: Filling): CorpusItem | undefined {
    if (item.kind !== 'sentence') return item;
    const taken = exported(item.sentence, this.#choice, filling);
    if (taken === undefined) {
      this.#left++;
      if (item.sentence.partial !== undefined) this.#inProgress++;
      return undefined;
    }
    const { sentence, filled } = taken;
    this.#sentences++;
    this.#tokens += sentence.tokens.length;
    if (filled) this.#filled++;
    if (isReviewed(sentence)) this.#reviewed++;
    for (const { label } of sentence.layer ?? []) this.#labels.set(label, (this.#labels.get(label) ?? 0) + 1);
    this.#planner?.add(sentence);
    const written: CorpusItem = sentence === item.sentence ? item : { ...item, sentence };
    this.#losses.add(written);
    return written;
  }

  get counts(): ExportCounts {
    return {
      sentences: this.#sentences,
      tokens: this.#tokens,
      entities: [...this.#labels.values()].reduce((sum, count) => sum + count, 0),
      labels: Object.fromEntries(this.#labels),
      reviewed: this.#reviewed,
      filled: this.#filled,
      left: this.#left,
      inProgress: this.#inProgress,
    };
  }

  losses(): readonly Loss[] {
    return this.#losses.losses();
  }

  /** The split of what was counted; undefined where none was asked for. */
  plan(wish: SplitWish | undefined): SplitPlan | undefined {
    return wish === undefined ? undefined : this.#planner?.plan(wish);
  }
}
