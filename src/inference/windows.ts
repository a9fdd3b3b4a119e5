/** A run of words that fits a model at once: half-open word indices. */
export interface Window {
  readonly first: number;
  readonly end: number;
}

/** The share of a window that the next one repeats, so that every word has neighbours on both sides in one of them. */
const OVERLAP = 0.25;

/** Windows over words of these piece counts, each of at most `limit` pieces, in order and overlapping; one where all fits. A word longer than `limit` gets a window of its own. */
export function cutWindows(pieceCounts: readonly number[], limit: number): readonly Window[] {
  const windows: Window[] = [];
  let first = 0;
  for (;;) {
    let end = first;
    let pieces = 0;
    while (end < pieceCounts.length && (end === first || pieces + (pieceCounts[end] ?? 0) <= limit)) {
      pieces += pieceCounts[end] ?? 0;
      end++;
    }
    windows.push({ first, end });
    if (end >= pieceCounts.length) return windows;
    let next = end;
    let repeated = 0;
    // What is repeated must leave room for the next word, or the window would only say again what was said.
    const room = Math.min(limit * OVERLAP, limit - (pieceCounts[end] ?? 0));
    while (next > first + 1 && repeated + (pieceCounts[next - 1] ?? 0) <= room) {
      next--;
      repeated += pieceCounts[next] ?? 0;
    }
    first = next;
  }
}

/** For each word the window in which it has most context: the largest distance to the nearer cut edge; the earlier window wins a tie. */
export function widestContext(windows: readonly Window[], words: number): readonly number[] {
  const owners = new Array<number>(words).fill(0);
  const contexts = new Array<number>(words).fill(-1);
  windows.forEach((window, index) => {
    for (let word = window.first; word < window.end; word++) {
      const left = window.first === 0 ? Infinity : word - window.first;
      const right = window.end === words ? Infinity : window.end - 1 - word;
      const context = Math.min(left, right);
      if (context <= (contexts[word] ?? -1)) continue;
      contexts[word] = context;
      owners[word] = index;
    }
  });
  return owners;
}
