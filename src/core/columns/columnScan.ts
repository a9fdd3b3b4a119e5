import type { ColumnSentence } from './document.ts';
import { parseBlock } from './columnBlock.ts';
import type { BlockContext } from './columnBlock.ts';
import { BlockFeed } from './columnBlocks.ts';

/** A sentence of a column file and the 0-based line on which it begins. */
export interface ScannedSentence {
  readonly sentence: ColumnSentence;
  readonly line: number;
}

/** Reads a column file piece by piece as `parseColumns` reads it in one go, and gives each sentence once it is complete. */
export class ColumnScanner {
  readonly #feed: BlockFeed;
  #context: BlockContext = { documentId: undefined, docStarts: 0 };
  #found: ScannedSentence[] = [];

  constructor() {
    const block = (lines: readonly string[], line: number, layout: Parameters<typeof parseBlock>[1]): void => {
      const { sentence, newDocument, docStarts } = parseBlock(lines, layout, this.#context);
      this.#context = {
        documentId: newDocument === undefined ? this.#context.documentId : newDocument.id,
        docStarts: this.#context.docStarts + docStarts,
      };
      if (sentence !== undefined) this.#found.push({ sentence, line });
    };
    this.#feed = new BlockFeed({ block }, undefined);
  }

  push(text: string): readonly ScannedSentence[] {
    this.#feed.push(text);
    return this.#taken();
  }

  end(): readonly ScannedSentence[] {
    this.#feed.end();
    return this.#taken();
  }

  #taken(): readonly ScannedSentence[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
