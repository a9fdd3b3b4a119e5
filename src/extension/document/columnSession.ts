import * as vscode from 'vscode';
import { commentEdit, tokenPlace } from '../../core/columns/columnEdits.ts';
import type { ColumnDocument } from '../../core/columns/document.ts';
import type { Decided } from '../../core/decisions.ts';
import type { Result } from '../../core/result.ts';
import { annotatorName } from './annotatorName.ts';
import type { GoldChange, GoldFile } from './gold/goldFile.ts';
import { ofColumns } from './sessionSentence.ts';
import type { CorrectionReason, PlacedCorrection } from './session.ts';
import { SessionBase } from './sessionBase.ts';
import { upperBound } from '../base/splice.ts';

/** A column file that is open in the editor and is its own gold. */
export class ColumnSession extends SessionBase {
  readonly kind = 'columns';
  readonly unmatched = [];
  readonly #subscription: vscode.Disposable;

  /** `gold` is the file of this very document. */
  constructor(document: vscode.TextDocument, gold: GoldFile) {
    super(document, gold);
    gold.attach(document);
    const count = gold.columns?.sentences.length ?? 0;
    if (count > 0) this.#follow({ splice: { first: 0, oldEnd: 0, newEnd: count } });
    this.#subscription = gold.onDidChange((change) => {
      this.#follow(change);
    });
  }

  /** What the file says, with its lines. */
  get columns(): ColumnDocument | undefined {
    return this.gold.columns;
  }

  rangeOf(sentence: number, first: number, end: number): vscode.Range {
    const { columns } = this.gold;
    const from = columns && tokenPlace(columns, sentence, first);
    const to = columns && tokenPlace(columns, sentence, Math.max(first, end - 1));
    if (from === undefined || to === undefined) return new vscode.Range(0, 0, 0, 0);
    return new vscode.Range(from.start.line, from.start.character, to.end.line, to.end.character);
  }

  at(position: vscode.Position): { readonly sentence: number; readonly token: number | undefined } | undefined {
    const { columns } = this.gold;
    if (columns === undefined || columns.sentences.length === 0) return undefined;
    const sentence = Math.max(0, upperBound(columns.firstLines, position.line) - 1);
    const line = position.line - (columns.firstLines[sentence] ?? 0);
    const token = columns.sentences[sentence]?.cells.findIndex((cells) => cells.line === line) ?? -1;
    return { sentence, token: token < 0 ? undefined : token };
  }

  sentencesIn(range: vscode.Range): readonly [first: number, end: number] {
    const { columns } = this.gold;
    if (columns === undefined) return [0, 0];
    const before = upperBound(columns.firstLines, range.start.line) - 1;
    const last = (columns.firstLines[before] ?? 0) + (columns.sentences[before]?.lineCount ?? 0);
    const first = before >= 0 && last > range.start.line ? before : before + 1;
    return [first, Math.max(first, upperBound(columns.firstLines, range.end.line))];
  }

  /** Writes what is decided of a sentence in somebody's name, by one edit that can be undone. */
  async decide(sentence: number, decisions: Decided, annotator: string): Promise<Result<void, CorrectionReason>> {
    const outcome = await this.gold.correct({ replacements: [{ sentence, decisions }], insertions: [] }, annotator);
    if (outcome.ok) this.corrected();
    return outcome;
  }

  override dispose(): void {
    this.#subscription.dispose();
    super.dispose();
  }

  protected async makeCorrections(corrections: readonly PlacedCorrection[]): Promise<Result<void, CorrectionReason>> {
    const layers = this.decided(corrections);
    if (!layers.ok) return layers;
    const name = await annotatorName(this.document.uri);
    return this.gold.correct({ replacements: layers.value, insertions: [] }, name);
  }

  protected makeComment(sentence: number, key: string, value: string | null): Promise<Result<void, CorrectionReason>> {
    return this.gold.edit((columns) => [commentEdit(columns, sentence, key, value)].filter((one) => one !== undefined));
  }

  /** The document is the user's own: VS Code shows that it is unsaved, and saving it is up to them. */
  protected corrected(): void {
    this.fire({ kind: 'status' });
  }

  #follow({ splice }: GoldChange): void {
    if (splice === undefined) this.fire({ kind: 'status' });
    else this.replace(splice, (this.gold.columns?.sentences ?? []).slice(splice.first, splice.newEnd).map(ofColumns));
  }
}
