import * as vscode from 'vscode';
import type { ColumnDocument, ColumnSentence, TextEdit } from '../../../core/columns/document.ts';
import { carryOver } from '../../../core/carryOver.ts';
import type { CarryOver, FormerGold } from '../../../core/carryOver.ts';
import type { Sentence } from '../../../core/sentence.ts';
import { normalizeSpace } from '../../../core/text.ts';
import type { Splice } from '../../base/splice.ts';
import type { GoldFile } from '../gold/goldFile.ts';
import type { Matching } from './proseGold.ts';

/** Lines of the gold file in place of others. */
interface Exchange {
  readonly from: string;
  readonly to: string;
}

/** What the carrier has to know of a prose document now. */
export interface ProseState {
  readonly sentences: readonly Sentence[];
  readonly matching: Matching;
  readonly golds: readonly ColumnSentence[];
}

/** Takes the gold of sentences that a person types in over to their new text, once they stop; and back on demand. */
export class GoldCarrier {
  readonly #gold: GoldFile;
  /** Sentences of the file that lost their text, and where in the prose that happened. */
  readonly #former = new Set<ColumnSentence>();
  #region: { first: number; end: number } | undefined;
  /** What sentences were before, by their text: a change that is taken back brings all of it back. */
  readonly #before = new Map<string, Exchange>();
  #undoable: readonly Exchange[] = [];
  #asking = false;

  constructor(gold: GoldFile) {
    this.#gold = gold;
  }

  /** Takes notice of an edit of the prose, which took these sentences of the file from the sentences that it replaced. */
  follow({ first, oldEnd, newEnd }: Splice, given: readonly ColumnSentence[]): void {
    for (const sentence of given) this.#former.add(sentence);
    const region = this.#region;
    if (region === undefined) {
      if (given.length > 0) this.#region = { first, end: newEnd };
      return;
    }
    const end = region.end > oldEnd ? region.end + newEnd - oldEnd : newEnd;
    this.#region = { first: Math.min(region.first, first), end: Math.max(newEnd, end) };
  }

  /** Makes one edit of the gold file that takes over what can be; undefined where nothing can. Rejects never. */
  async carry({ sentences, matching, golds }: ProseState): Promise<CarryOver | undefined> {
    const region = this.#region;
    const free = new Set(matching.free);
    const former = golds.flatMap((gold, index) => (free.has(index) && this.#former.has(gold) ? [index] : []));
    this.#former.clear();
    this.#region = undefined;
    if (region === undefined || former.length === 0) return undefined;
    const fresh = sentences
      .slice(region.first, region.end)
      .filter((_, offset) => matching.goldOf[region.first + offset] === undefined);
    if (fresh.length === 0) return undefined;
    let carried: CarryOver | undefined;
    let exchanges: readonly Exchange[] = [];
    const outcome = await this.#gold.edit((columns) => {
      const { document } = this.#gold;
      if (document === undefined || former.some((index) => columns.sentences[index] !== golds[index])) return [];
      const texts = former.map((index) => formerOf(columns, document, index));
      carried = this.#restored(texts, fresh, columns.eol) ?? carryOver(texts, fresh, columns.layout);
      exchanges = (carried?.blocks ?? []).map((block) => {
        const from = texts[block.former]?.lines.join(columns.eol) ?? '';
        return { from, to: block.lines.join(columns.eol) };
      });
      return (carried?.blocks ?? []).map((block) => edit(columns, document, former[block.former] ?? 0, block.lines));
    });
    if (!outcome.ok || carried === undefined) return undefined;
    former.forEach((index, number) => {
      const exchange = carried?.blocks.findIndex((block) => block.former === number) ?? -1;
      const made = exchanges[exchange];
      const text = normalizeSpace(golds[index]?.text ?? '');
      if (made !== undefined) this.#before.set(text, made);
    });
    this.#undoable = [...this.#undoable, ...exchanges];
    return carried;
  }

  /** Says what was taken over, unless an earlier message still stands, and takes it back on demand; true where that was done. */
  async tell({ sentences, undecided, reviewed }: CarryOver): Promise<boolean> {
    if (this.#asking) return false;
    this.#asking = true;
    const what =
      sentences === 1
        ? 'The gold of the sentence that you changed'
        : `The gold of ${String(sentences)} changed sentences`;
    const words =
      undecided === 0
        ? 'all its words are decided as before'
        : undecided === 1
          ? '1 word is undecided'
          : `${String(undecided)} words are undecided`;
    const mark = reviewed === 0 ? '' : ', and the mark of review is gone';
    const choice = await vscode.window.showInformationMessage(`${what} went along: ${words}${mark}.`, 'Undo');
    this.#asking = false;
    const undoable = this.#undoable;
    this.#undoable = [];
    return choice === 'Undo' && (await this.#takeBack(undoable));
  }

  async #takeBack(exchanges: readonly Exchange[]): Promise<boolean> {
    let done = false;
    for (const { from, to } of [...exchanges].reverse()) {
      const outcome = await this.#gold.edit(() => {
        const { document } = this.#gold;
        const start = to === '' ? -1 : (document?.getText().indexOf(to) ?? -1);
        if (document === undefined || start < 0) return [];
        done = true;
        return [{ start: document.positionAt(start), end: document.positionAt(start + to.length), text: from }];
      });
      if (!outcome.ok) break;
    }
    return done;
  }

  /** A sentence whose text is again what it was, and whose gold nobody touched meanwhile. */
  #restored(texts: readonly FormerGold[], [fresh, ...others]: readonly Sentence[], eol: string): CarryOver | undefined {
    const [former, ...more] = texts;
    const known = fresh && this.#before.get(normalizeSpace(fresh.text));
    if (former === undefined || known === undefined || others.length + more.length > 0) return undefined;
    if (former.lines.join(eol) !== known.to) return undefined;
    return { blocks: [{ former: 0, lines: known.from.split(eol) }], sentences: 1, undecided: 0, reviewed: 0 };
  }
}

function formerOf(columns: ColumnDocument, document: vscode.TextDocument, index: number): FormerGold {
  const first = columns.firstLines[index] ?? 0;
  const sentence = columns.sentences[index];
  if (sentence === undefined) throw new RangeError(`There is no sentence ${String(index)}.`);
  const lines = Array.from({ length: sentence.lineCount }, (_, offset) => document.lineAt(first + offset).text);
  return { sentence, lines: lines.map((line) => line.replace(/^\uFEFF/, '')) };
}

/** The edit that puts lines in the place of a block; without lines the block goes, with the blank line after it. */
function edit(
  columns: ColumnDocument,
  document: vscode.TextDocument,
  index: number,
  lines: readonly string[],
): TextEdit {
  const first = columns.firstLines[index] ?? 0;
  const last = first + (columns.sentences[index]?.lineCount ?? 1) - 1;
  const start = { line: first, character: first === 0 && columns.bom ? 1 : 0 };
  const { end } = document.lineAt(last).range;
  const after = lines.length === 0 && last + 2 < document.lineCount ? { line: last + 2, character: 0 } : end;
  return { start, end: after, text: lines.join(columns.eol) };
}
