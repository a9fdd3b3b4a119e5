import type { ColumnLayout } from './document.ts';
import { isBlank } from '../lines.ts';
import { detectLayout } from './columnLayout.ts';
import { LineFeed } from '../formats/lineFeed.ts';

/** Enough text to tell the columns by. */
const HEAD_CHARACTERS = 1 << 16;

/** What is done with a column file that comes in pieces. */
export interface BlockHandler {
  /** A run of lines that are not blank, the first of them with its 0-based number. */
  readonly block: (lines: readonly string[], first: number, layout: ColumnLayout) => void;
  /** Each line with its end, after the block that it ends, if it ends one. */
  readonly line?: (raw: string) => void;
}

/** Cuts a column file that comes in pieces into blocks; its beginning tells which columns there are, where `layout` does not. */
export class BlockFeed {
  readonly #handler: BlockHandler;
  readonly #feed: LineFeed;
  #head: { readonly content: string; readonly end: string }[] | undefined = [];
  #headSize = 0;
  #layout: ColumnLayout | undefined;
  #lineNumber = 0;
  #block: string[] = [];

  constructor(handler: BlockHandler, layout: ColumnLayout | undefined) {
    this.#handler = handler;
    this.#layout = layout;
    this.#feed = new LineFeed((content, end) => {
      if (this.#head === undefined) {
        this.#take(content, end);
        return;
      }
      this.#head.push({ content, end });
      this.#headSize += content.length;
      if (this.#headSize > HEAD_CHARACTERS) this.#detect();
    });
  }

  push(text: string): void {
    this.#feed.push(text);
  }

  end(): void {
    this.#feed.end();
    if (this.#head !== undefined) this.#detect();
    this.#close();
  }

  #detect(): void {
    const lines = this.#head ?? [];
    this.#head = undefined;
    this.#layout ??= detectLayout(lines.length, (line) => lines[line]?.content ?? '').layout;
    for (const { content, end } of lines) this.#take(content, end);
  }

  #take(content: string, end: string): void {
    if (isBlank(content)) this.#close();
    else this.#block.push(content);
    this.#handler.line?.(content + end);
    this.#lineNumber++;
  }

  #close(): void {
    if (this.#block.length === 0 || this.#layout === undefined) return;
    const lines = this.#block;
    this.#block = [];
    this.#handler.block(lines, this.#lineNumber - lines.length, this.#layout);
  }
}
