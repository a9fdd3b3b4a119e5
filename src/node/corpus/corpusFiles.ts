import { open, stat } from 'node:fs/promises';
import { Utf8Text } from './utf8Text.ts';

/** How the files of a corpus are reached, by names that only this object has to understand. */
export interface CorpusFiles {
  /** A word that changes when the file does; rejects where there is no such file. */
  stamp(file: string): Promise<string>;
  /** The text in pieces small enough to be read without holding anyone up. Rejects with CorpusInputError where it is no UTF-8. */
  text(file: string, signal: AbortSignal): AsyncIterable<string>;
}

/** Some milliseconds' work for whoever parses it. */
export const PIECE_BYTES = 1 << 14;

/** Turns bytes that come in pieces into text, without the mark at their start. */
export function utf8Decoder(file: string): (bytes: Uint8Array | undefined) => string {
  const text = new Utf8Text(file, false);
  return (bytes) => text.decode(bytes);
}

/** The files of this machine, by their paths. */
export const diskFiles: CorpusFiles = {
  async stamp(file) {
    const { mtimeMs, size } = await stat(file);
    return `${mtimeMs} ${size}`;
  },
  async *text(file, signal) {
    const decode = utf8Decoder(file);
    const handle = await open(file, 'r');
    try {
      const buffer = Buffer.allocUnsafe(PIECE_BYTES);
      for (;;) {
        signal.throwIfAborted();
        // Each read is a turn of the event loop, in which others get theirs.
        const { bytesRead } = await handle.read(buffer, 0, PIECE_BYTES, null);
        const text = decode(bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead));
        if (text !== '') yield text;
        if (bytesRead === 0) return;
      }
    } finally {
      await handle.close();
    }
  },
};
