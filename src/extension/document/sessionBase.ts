import * as vscode from 'vscode';
import type { Correction } from '../../core/correction.ts';
import type { Issue } from '../../core/columns/document.ts';
import type { Prediction } from '../../core/prediction.ts';
import { fail } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { readLabels } from '../settings/settings.ts';
import { correctedSentences } from './correctedSentences.ts';
import { draftsOf } from './drafts.ts';
import { foreignMessage } from './gold/diskVersion.ts';
import { nameOf } from '../base/files.ts';
import type { GoldFile } from './gold/goldFile.ts';
import { labelSet } from '../settings/labels.ts';
import type { LabelInUse } from '../settings/labels.ts';
import type { CorrectionReason, Notice, PlacedCorrection, Session, SessionChange, SessionSentence } from './session.ts';
import { spliced } from '../base/splice.ts';
import type { Splice } from '../base/splice.ts';
import { LabelCounts, sameWords } from './sessionSentence.ts';

/** What prose and column sessions have in common: the list of sentences with revisions, predictions, notices and the undo list. */
export abstract class SessionBase implements Session {
  readonly document: vscode.TextDocument;
  abstract readonly kind: 'prose' | 'columns';
  abstract readonly unmatched: Session['unmatched'];
  readonly #changed = new vscode.EventEmitter<SessionChange>();
  readonly onDidChange = this.#changed.event;
  readonly #notices = new Map<string, Notice>();
  readonly #labels = new LabelCounts();
  protected readonly gold: GoldFile;
  #sentences: readonly SessionSentence[] = [];
  /** For each sentence the revision in which its text, its gold or its index changed last. */
  #changedAt: number[] = [];
  #revision = 1;
  #scheme: Scheme = 'full';
  #busy: Session['busy'];
  #modelLabels: readonly string[] = [];
  #labelSet: readonly LabelInUse[] | undefined;
  #names: readonly string[] = [];
  /** Corrections are made one after the other, each on what the one before it left. */
  #queue: Promise<unknown> = Promise.resolve();
  #disposed = false;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(document: vscode.TextDocument, gold: GoldFile) {
    this.document = document;
    this.gold = gold;
    // What stands before the first sentence changes without a sentence.
    this.#subscriptions = [
      gold.onDidChange(({ splice }) => {
        if (splice === undefined || splice.first === 0) this.#labelSet = undefined;
      }),
      gold.disk.onDidChange(() => {
        const message = gold.disk.foreign ? foreignMessage(nameOf(gold.uri)) : undefined;
        this.setNotice('gold.foreign', message === undefined ? undefined : { severity: 'error', message });
      }),
    ];
  }

  get goldUri(): vscode.Uri {
    return this.gold.uri;
  }

  get revision(): number {
    return this.#revision;
  }

  get scheme(): Scheme {
    return this.#scheme;
  }

  get sentences(): readonly SessionSentence[] {
    return this.#sentences;
  }

  get labels(): readonly string[] {
    this.#readLabels();
    return this.#names;
  }

  get labelSet(): readonly LabelInUse[] {
    return this.#readLabels();
  }

  get issues(): readonly Issue[] {
    return this.gold.columns?.issues ?? [];
  }

  get busy(): Session['busy'] {
    return this.#busy;
  }

  get notices(): readonly Notice[] {
    return [...this.#notices.values()];
  }

  get canUndo(): boolean {
    return this.gold.canUndo;
  }

  get canRedo(): boolean {
    return this.gold.canRedo;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  abstract rangeOf(sentence: number, first: number, end: number): vscode.Range;
  abstract at(position: vscode.Position): { readonly sentence: number; readonly token: number | undefined } | undefined;
  abstract sentencesIn(range: vscode.Range): readonly [first: number, end: number];
  /** Makes corrections that were found to be up to date. */
  protected abstract makeCorrections(corrections: readonly PlacedCorrection[]): Promise<Result<void, CorrectionReason>>;
  /** What corrections lead to, with what the first one of a sentence takes over by the settings as they are now. */
  protected decided(corrections: readonly PlacedCorrection[]): ReturnType<typeof correctedSentences> {
    return correctedSentences(this.sentences, corrections, this.labels, draftsOf(this));
  }
  /** Changes a comment of a sentence that was found to be up to date. */
  protected abstract makeComment(
    sentence: number,
    key: string,
    value: string | null,
  ): Promise<Result<void, CorrectionReason>>;
  /** Called after each correction, undo and redo. */
  protected abstract corrected(): void;

  correct(sentence: number, correction: Correction, revision: number): Promise<Result<void, CorrectionReason>> {
    return this.correctAll([{ sentence, correction }], revision);
  }

  correctAll(corrections: readonly PlacedCorrection[], revision: number): Promise<Result<void, CorrectionReason>> {
    const places = corrections.map(({ sentence }) => sentence);
    return this.#change(places, revision, () => this.makeCorrections(corrections));
  }

  setComment(
    sentence: number,
    key: string,
    value: string | null,
    revision: number,
  ): Promise<Result<void, CorrectionReason>> {
    return this.#change([sentence], revision, () => this.makeComment(sentence, key, value));
  }

  undo(): Promise<boolean> {
    return this.#step('undo');
  }

  redo(): Promise<boolean> {
    return this.#step('redo');
  }

  setScheme(scheme: Scheme): void {
    if (scheme === this.#scheme) return;
    this.#scheme = scheme;
    this.clearPredictions();
  }

  clearPredictions(): void {
    this.#revision++;
    this.#sentences = this.#sentences.map((sentence) => ({ ...sentence, predictions: {} }));
    this.fire({ kind: 'all' });
  }

  setPredictions(source: ModelSource, predictions: ReadonlyMap<number, Prediction>): void {
    const next = [...this.#sentences];
    const indices: number[] = [];
    for (const [index, prediction] of predictions) {
      const sentence = next[index];
      if (sentence === undefined) continue;
      next[index] = { ...sentence, predictions: { ...sentence.predictions, [source]: prediction } };
      indices.push(index);
    }
    if (indices.length === 0) return;
    this.#sentences = next;
    this.#revision++;
    this.fire({ kind: 'sentences', indices });
  }

  setBusy(busy: Session['busy']): void {
    if (busy === this.#busy) return;
    this.#busy = busy;
    this.fire({ kind: 'status' });
  }

  setNotice(key: string, notice: Notice | undefined): void {
    const old = this.#notices.get(key);
    if (old?.message === notice?.message && old?.severity === notice?.severity) return;
    if (notice === undefined) this.#notices.delete(key);
    else this.#notices.set(key, notice);
    this.fire({ kind: 'status' });
  }

  /** Labels that the models in use may find, besides those of settings and files. */
  setModelLabels(labels: readonly string[]): void {
    if (labels.length === this.#modelLabels.length && labels.every((label, at) => label === this.#modelLabels[at]))
      return;
    this.#modelLabels = labels;
    this.settingsChanged();
  }

  /** The settings changed: the names of labels are read again. */
  settingsChanged(): void {
    this.#labelSet = undefined;
    this.fire({ kind: 'status' });
  }

  dispose(): void {
    this.#disposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** True where the sentence's text, gold or index changed after that revision. */
  protected changedAfter(sentence: number, revision: number): boolean {
    return (this.#changedAt[sentence] ?? Infinity) > revision;
  }

  protected fire(change: SessionChange): void {
    if (!this.#disposed) this.#changed.fire(change);
  }

  /**
   * Replaces sentences. Objects that are there already stay what they are; others keep the predictions of a sentence
   * with the same words whose place they take.
   */
  protected replace(splice: Splice, fresh: readonly SessionSentence[]): void {
    const old = this.#sentences.slice(splice.first, splice.oldEnd);
    const sameCount = old.length === fresh.length;
    const known = sameCount ? undefined : new Map(old.map((sentence) => [sentence.text, sentence]));
    const kept = fresh.map((sentence, index) => {
      const before = known === undefined ? old[index] : known.get(sentence.text);
      if (before === undefined || before === sentence || !sameWords(before.tokens, sentence.tokens)) return sentence;
      return { ...sentence, predictions: before.predictions };
    });
    this.#revision++;
    this.#sentences = spliced(this.#sentences, splice, kept);
    if (this.#labels.replace(old, kept)) this.#labelSet = undefined;
    if (!sameCount) {
      this.#changedAt.length = splice.first;
      while (this.#changedAt.length < this.#sentences.length) this.#changedAt.push(this.#revision);
      this.fire({ kind: 'all' });
      return;
    }
    const indices = kept.flatMap((sentence, index) => (sentence === old[index] ? [] : [splice.first + index]));
    for (const index of indices) this.#changedAt[index] = this.#revision;
    this.fire(indices.length === 0 ? { kind: 'status' } : { kind: 'sentences', indices });
  }

  /** Makes a change of sentences that did not change since `revision`. */
  #change(
    sentences: readonly number[],
    revision: number,
    make: () => Promise<Result<void, CorrectionReason>>,
  ): Promise<Result<void, CorrectionReason>> {
    return this.#next(async () => {
      for (const sentence of sentences) {
        if (this.#sentences[sentence] === undefined)
          return fail('noSuchSentence', 'The document has no such sentence any more.');
        if (this.changedAfter(sentence, revision))
          return fail(
            'staleRevision',
            'The sentence changed in the meantime. Look at it again and repeat the correction.',
          );
      }
      const outcome = await make();
      if (outcome.ok) this.corrected();
      return outcome;
    });
  }

  async #step(direction: 'undo' | 'redo'): Promise<boolean> {
    return this.#next(async () => {
      const done = await this.gold.step(direction);
      if (done) this.corrected();
      return done;
    });
  }

  #readLabels(): readonly LabelInUse[] {
    if (this.#labelSet !== undefined) return this.#labelSet;
    const { declaredLabels } = this.gold;
    this.#labelSet = labelSet(readLabels(this.document.uri), declaredLabels, [
      // Before those in gold, so that a label keeps its place and its colour when it is first used.
      ...this.#modelLabels,
      ...this.#labels.names(),
    ]);
    this.#names = this.#labelSet.map(({ name }) => name);
    return this.#labelSet;
  }

  #next<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
