/** Cuts a text that comes in pieces into lines; each is given with what ended it ('' at the end of the text). */
export class LineFeed {
  /** The line that has not ended yet, in the pieces that it came in: it may be longer than all others together. */
  #rest: string[] = [];
  readonly #take: (content: string, end: string) => void;

  constructor(take: (content: string, end: string) => void) {
    this.#take = take;
  }

  push(text: string): void {
    if (text === '') return;
    // A return at the end of a piece may be the first half of a pair.
    const waiting = this.#rest.at(-1)?.endsWith('\r') === true;
    const whole = waiting ? `${this.#rest.pop() ?? ''}${text}` : text;
    const ends = /\r\n|\r|\n/g;
    let start = 0;
    for (let end = ends.exec(whole); end !== null; end = ends.exec(whole)) {
      if (end[0] === '\r' && ends.lastIndex === whole.length) break;
      this.#take(this.#taken(whole.slice(start, end.index)), end[0]);
      start = ends.lastIndex;
    }
    if (start < whole.length) this.#rest.push(whole.slice(start));
  }

  end(): void {
    const rest = this.#taken('');
    if (rest.endsWith('\r')) this.#take(rest.slice(0, -1), '\r');
    else if (rest !== '') this.#take(rest, '');
  }

  #taken(last: string): string {
    if (this.#rest.length === 0) return last;
    const line = this.#rest.join('') + last;
    this.#rest = [];
    return line;
  }
}
