import * as vscode from 'vscode';
import type { ColumnDocument } from '../../core/columns/document.ts';
import { outlineOf } from '../../core/outline.ts';
import type { OutlineDocument, OutlineSentence } from '../../core/outline.ts';
import { ColumnSession } from '../document/columnSession.ts';
import type { SessionList } from '../document/session.ts';
import { spliceBetween } from '../base/splice.ts';

/** VS Code asks for everything again after each edit, and itself folds no more than 5000 places: longer files are listed by document. */
const MOST_SENTENCES = 2000;

/** The outline and the folding of a column file, by document and sentence. */
export class Outline implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  readonly #sessions: SessionList;
  #last: { readonly columns: ColumnDocument; readonly outline: readonly OutlineDocument[] } | undefined;

  constructor(sessions: SessionList) {
    this.#sessions = sessions;
  }

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    return (await this.#read(document)).flatMap((part) => {
      const sentences = part.sentences.map(sentenceSymbol);
      if (part.id === undefined) return sentences;
      const count = `${String(part.count)} sentences`;
      const range = lines(part);
      const symbol = new vscode.DocumentSymbol(part.id, count, vscode.SymbolKind.Module, range, firstLine(part));
      symbol.children = sentences;
      return [symbol];
    });
  }

  async provideFoldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    return (await this.#read(document)).flatMap((part) => {
      const sentences = part.sentences.map(({ first, last }) => new vscode.FoldingRange(first, last));
      const whole = new vscode.FoldingRange(part.first, part.last, vscode.FoldingRangeKind.Region);
      return part.id === undefined || part.first === part.sentences[0]?.first ? sentences : [whole, ...sentences];
    });
  }

  async #read(document: vscode.TextDocument): Promise<readonly OutlineDocument[]> {
    const session = this.#sessions.get(document.uri) ?? (await this.#sessions.ensure(document));
    const columns = session instanceof ColumnSession ? session.columns : undefined;
    if (columns === undefined) return [];
    if (this.#last === undefined || !sameOutline(this.#last.columns, columns))
      this.#last = { columns, outline: outlineOf(columns, MOST_SENTENCES) };
    else this.#last = { ...this.#last, columns };
    return this.#last.outline;
  }
}

/** True where two states of a file have the same outline: symbols and folding are asked for at each change, most of which change a tag. */
function sameOutline(old: ColumnDocument, now: ColumnDocument): boolean {
  if (old === now) return true;
  if (now.sentences.length <= MOST_SENTENCES || old.firstLines !== now.firstLines || old.marks !== now.marks)
    return false;
  const splice = spliceBetween(old.sentences, now.sentences);
  if (splice === undefined) return true;
  const { first, newEnd } = splice;
  return now.sentences
    .slice(first, newEnd)
    .every((sentence, index) => sentence.documentId === old.sentences[first + index]?.documentId);
}

function lines({ first, last }: { readonly first: number; readonly last: number }): vscode.Range {
  return new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER);
}

function firstLine({ first }: { readonly first: number }): vscode.Range {
  return new vscode.Range(first, 0, first, 0);
}

function sentenceSymbol(sentence: OutlineSentence): vscode.DocumentSymbol {
  const { name, detail } = sentence;
  return new vscode.DocumentSymbol(name, detail, vscode.SymbolKind.String, lines(sentence), firstLine(sentence));
}
