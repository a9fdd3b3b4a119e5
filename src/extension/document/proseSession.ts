import * as vscode from 'vscode';
import { insertionIndex } from '../../core/companion.ts';
import { commentBlock, commentEdit, commentText, insertion } from '../../core/columns/columnEdits.ts';
import { fail } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { ColumnDocument, ColumnSentence } from '../../core/columns/document.ts';
import { ensureCompanion, saveHidden } from './gold/companion.ts';
import { nameOf } from '../base/files.ts';
import type { GoldChange, GoldFile } from './gold/goldFile.ts';
import { annotatorName } from './annotatorName.ts';
import { settle } from '../base/log.ts';
import { GoldCarrier } from './prose/goldCarrier.ts';
import { ProseEditor } from './prose/proseEditor.ts';
import type { ProseRead } from './prose/proseEditor.ts';
import { followGold, followProse, matchProse, noMatches, unmatchedMessage, unmatchedOf } from './prose/proseGold.ts';
import type { Matching } from './prose/proseGold.ts';
import { endOf, touching } from './prose/proseText.ts';
import type { ProseText } from './prose/proseText.ts';
import { ofProse, sameContent, withGold } from './sessionSentence.ts';
import type { CorrectionReason, PlacedCorrection, Session, SessionSentence } from './session.ts';
import { SessionBase } from './sessionBase.ts';
import { upperBound } from '../base/splice.ts';

/** The gold of a sentence in which somebody types follows when they stop for this long, in milliseconds. */
const TELL_DELAY_MS = 500;

/** What a prose session needs of the rest of the extension. */
export interface ProseHost {
  readonly log: vscode.LogOutputChannel;
  /** Called when a text that has no file yet is corrected: gold has no place beside it before it is saved. */
  onUnsaved(session: Session, corrections: readonly PlacedCorrection[]): void;
}

/** A plain text, with gold in a column file beside it. */
export class ProseSession extends SessionBase {
  readonly kind = 'prose';
  readonly #host: ProseHost;
  readonly #editor: ProseEditor;
  readonly #carrier: GoldCarrier;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #matching: Matching = noMatches;
  /** What `unmatched` was worked out from last. */
  #unmatched: { columns: ColumnDocument; free: Matching['free']; list: Session['unmatched'] } | undefined;
  /** The sentences of the gold file that `#matching` refers to. */
  #goldSentences: readonly ColumnSentence[] = [];
  /** Texts of blocks that a correction adds just now, with their prose sentence. */
  #expected: ReadonlyMap<string, number> = new Map();
  #tellTimer: NodeJS.Timeout | undefined;

  /** `gold` is the companion file, opened already where it exists; `read` is what the text says, where it was read before. */
  constructor(document: vscode.TextDocument, gold: GoldFile, host: ProseHost, read?: ProseRead) {
    super(document, gold);
    this.#host = host;
    this.#carrier = new GoldCarrier(gold);
    this.#editor = new ProseEditor(document, read, (update) => {
      this.#textChanged(update.splice);
    });
    const count = this.#text.sentences.length;
    if (count > 0) this.replace({ first: 0, oldEnd: 0, newEnd: count }, this.#text.sentences.map(ofProse));
    this.#match();
    this.#tellState();
    this.#subscriptions = [
      this.#editor,
      gold.onDidChange((change) => {
        this.#goldChanged(change);
      }),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (saved === gold.document) this.setNotice('gold.save', undefined);
      }),
    ];
  }

  get unmatched(): Session['unmatched'] {
    const { columns } = this.gold;
    const { free } = this.#matching;
    if (columns === undefined) return [];
    if (this.#unmatched?.columns !== columns || this.#unmatched.free !== free)
      this.#unmatched = { columns, free, list: unmatchedOf(columns, free) };
    return this.#unmatched.list;
  }

  get #text(): ProseText {
    return this.#editor.text;
  }

  rangeOf(sentence: number, first: number, end: number): vscode.Range {
    const tokens = this.sentences[sentence]?.tokens;
    const start = this.#text.starts[sentence] ?? 0;
    const from = start + (tokens?.[first]?.start ?? 0);
    const to = start + (tokens?.[Math.max(first, end - 1)]?.end ?? 0);
    return new vscode.Range(this.document.positionAt(from), this.document.positionAt(Math.max(from, to)));
  }

  at(position: vscode.Position): { readonly sentence: number; readonly token: number | undefined } | undefined {
    if (this.sentences.length === 0) return undefined;
    const offset = this.document.offsetAt(position);
    const sentence = Math.max(0, upperBound(this.#text.starts, offset) - 1);
    const inside = offset - (this.#text.starts[sentence] ?? 0);
    const tokens = this.sentences[sentence]?.tokens ?? [];
    // The end of a token belongs to it only where no other begins there.
    const token = tokens.findLastIndex((one) => one.start <= inside && inside <= one.end);
    return { sentence, token: token < 0 ? undefined : token };
  }

  sentencesIn(range: vscode.Range): readonly [first: number, end: number] {
    const start = this.document.offsetAt(range.start);
    return touching(this.#text, { start, end: Math.max(start, this.document.offsetAt(range.end)) + 1 });
  }

  /** Where the text of a sentence ends in the document, as an offset. */
  endOf(sentence: number): number {
    return endOf(this.#text, sentence);
  }

  override dispose(): void {
    clearTimeout(this.#tellTimer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    super.dispose();
  }

  protected async makeCorrections(corrections: readonly PlacedCorrection[]): Promise<Result<void, CorrectionReason>> {
    if (this.document.isUntitled) {
      this.#host.onUnsaved(this, corrections);
      return fail(
        'unsaved',
        'Gold is kept in a file beside the text. Save the text first; the correction is then made.',
      );
    }
    const before = this.sentences;
    const made = await ensureCompanion(this.gold, this.document);
    if (!made.ok) return made;
    const name = await annotatorName(this.document.uri);
    // Making and opening the file takes a while, in which the text may have changed.
    const stale = corrections.some(({ sentence }) => !sameContent(before[sentence], this.sentences[sentence]));
    if (stale) return fail('staleRevision', 'The text changed in the meantime. Repeat the correction.');
    const layers = this.decided(corrections);
    if (!layers.ok) return layers;
    const { goldOf } = this.#matching;
    const count = this.#goldSentences.length;
    const replacements = layers.value.flatMap(({ sentence, decisions }) => {
      const gold = goldOf[sentence];
      return gold === undefined ? [] : [{ sentence: gold, decisions }];
    });
    const added = layers.value.filter(({ sentence }) => goldOf[sentence] === undefined);
    const insertions = added
      .sort((a, b) => a.sentence - b.sentence)
      .flatMap(({ sentence, decisions }) => {
        const prose = this.#text.sentences[sentence];
        return prose === undefined ? [] : [{ at: insertionIndex(goldOf, sentence, count), sentence: prose, decisions }];
      });
    this.#expected = new Map(added.map(({ sentence }) => [this.#commentOf(sentence), sentence]));
    const outcome = await this.gold.correct({ replacements, insertions }, name);
    this.#expected = new Map();
    return outcome;
  }

  /** A sentence that the gold file does not hold yet gets a block without tags there. */
  protected async makeComment(
    sentence: number,
    key: string,
    value: string | null,
  ): Promise<Result<void, CorrectionReason>> {
    if (this.document.isUntitled)
      return fail('unsaved', 'Notes are kept in a file beside the text. Save the text first.');
    const text = this.sentences[sentence]?.text;
    const made = await ensureCompanion(this.gold, this.document);
    if (!made.ok) return made;
    const prose = this.#text.sentences[sentence];
    if (prose === undefined || text !== prose.text)
      return fail('staleRevision', 'The text changed in the meantime. Try it again.');
    const { goldOf } = this.#matching;
    const gold = goldOf[sentence];
    return this.gold.edit((columns) => {
      if (gold !== undefined) return [commentEdit(columns, gold, key, value)].filter((one) => one !== undefined);
      const at = insertionIndex(goldOf, sentence, columns.sentences.length);
      return value === null ? [] : [insertion(columns, at, commentBlock(prose, key, value, columns.eol))];
    });
  }

  protected corrected(): void {
    settle(
      this.#host.log,
      `Saving ${this.gold.uri.path}`,
      saveHidden(this.gold).then((message) => {
        if (message !== undefined) this.#host.log.warn(message);
        this.setNotice('gold.save', message === undefined ? undefined : { severity: 'error', message });
      }),
    );
    this.fire({ kind: 'status' });
  }

  /** A sentence's text as its block's comment holds it. */
  #commentOf(sentence: number): string {
    return commentText(this.sentences[sentence]?.text ?? '');
  }

  #textChanged(splice: { first: number; oldEnd: number; newEnd: number } | undefined): void {
    if (splice === undefined) {
      this.fire({ kind: 'status' });
      return;
    }
    const fresh = this.#text.sentences.slice(splice.first, splice.newEnd);
    const given = this.#matching.goldOf.slice(splice.first, splice.oldEnd);
    const matching = followProse(this.#matching, splice, fresh, this.#goldSentences);
    this.#matching = matching;
    this.#carrier.follow(
      splice,
      given.flatMap((gold) => (gold === undefined ? [] : (this.#goldSentences[gold] ?? []))),
    );
    this.replace(
      splice,
      fresh.map((sentence, offset) => this.#sentence(sentence, matching.goldOf[splice.first + offset])),
    );
    clearTimeout(this.#tellTimer);
    if (matching.free.length === 0) this.#tellUnmatched();
    else
      this.#tellTimer = setTimeout(() => {
        settle(this.#host.log, `Carrying over gold of ${this.gold.uri.path}`, this.#carryGold());
      }, TELL_DELAY_MS);
  }

  async #carryGold(): Promise<void> {
    const state = { sentences: this.#text.sentences, matching: this.#matching, golds: this.#goldSentences };
    const carried = await this.#carrier.carry(state);
    this.#tellUnmatched();
    if (carried === undefined) return;
    this.corrected();
    if (await this.#carrier.tell(carried)) this.corrected();
  }

  #sentence(prose: Sentence, gold: number | undefined): SessionSentence {
    const column = gold === undefined ? undefined : this.#goldSentences[gold];
    return (column && withGold(prose, column)) ?? ofProse(prose);
  }

  #goldChanged({ splice }: GoldChange): void {
    this.#tellState();
    if (splice === undefined) {
      this.fire({ kind: 'status' });
      return;
    }
    const after = this.gold.columns?.sentences ?? [];
    const stillThere = [...this.#expected].filter(([text, index]) => text === this.#commentOf(index));
    const next = followGold(this.#matching, splice, this.#goldSentences, after, new Map(stillThere));
    if (next === undefined) this.#match();
    else this.#become(next, after, splice);
  }

  /** Matches the whole text with the whole file. */
  #match(): void {
    const { columns } = this.gold;
    const { sentences } = this.#text;
    const none = { goldOf: sentences.map(() => undefined), free: [] };
    this.#become(columns === undefined ? none : matchProse(sentences, columns), columns?.sentences ?? []);
    this.#tellUnmatched();
  }

  /** Takes a new matching over; only sentences whose own gold changed become new objects. `touched` limits where to look in the gold file. */
  #become(next: Matching, after: readonly ColumnSentence[], touched?: { first: number; newEnd: number }): void {
    const old = this.#matching.goldOf;
    const before = this.#goldSentences;
    this.#matching = next;
    this.#goldSentences = after;
    let first = next.goldOf.length;
    let end = 0;
    const fresh = new Map<number, SessionSentence>();
    next.goldOf.forEach((gold, index) => {
      if (touched !== undefined && (gold === undefined || gold < touched.first || gold >= touched.newEnd)) return;
      const was = old[index];
      const prose = this.#text.sentences[index];
      const same = (was === undefined ? undefined : before[was]) === (gold === undefined ? undefined : after[gold]);
      if (same || prose === undefined) return;
      fresh.set(index, this.#sentence(prose, gold));
      first = Math.min(first, index);
      end = index + 1;
    });
    if (fresh.size === 0) return;
    const sentences = this.sentences.slice(first, end).map((sentence, offset) => fresh.get(first + offset) ?? sentence);
    this.replace({ first, oldEnd: end, newEnd: end }, sentences);
  }

  #tellState(): void {
    const { state } = this.gold;
    const message =
      state.kind === 'unreadable'
        ? `Gold in ${nameOf(this.gold.uri)} cannot be read: ${state.message} Mend or move that file.`
        : undefined;
    this.setNotice('gold.read', message === undefined ? undefined : { severity: 'error', message });
  }

  #tellUnmatched(): void {
    const message = unmatchedMessage(this.unmatched, nameOf(this.gold.uri));
    this.setNotice('gold.unmatched', message === undefined ? undefined : { severity: 'warning', message });
  }
}
