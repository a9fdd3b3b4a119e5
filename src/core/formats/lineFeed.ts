/** Cuts a text that comes in pieces into lines; each is given with what ended it ('' at the end of the text). */
export class LineFeed {
  #rest = '';
  readonly #take: (content: string, end: string) => void;

  constructor(take: (content: string, end: string) => void) {
    this.#take = take;
  }

  push(text: string): void {
    const whole = this.#rest + text;
    const ends = /\r\n|\r|\n/g;
    let start = 0;
    for (let end = ends.exec(whole); end !== null; end = ends.exec(whole)) {
      // A return at the end of a piece may be the first half of a pair.
      if (end[0] === '\r' && ends.lastIndex === whole.length) break;
      this.#take(whole.slice(start, end.index), end[0]);
      start = ends.lastIndex;
    }
    this.#rest = whole.slice(start);
  }

  end(): void {
    const rest = this.#rest;
    this.#rest = '';
    if (rest.endsWith('\r')) this.#take(rest.slice(0, -1), '\r');
    else if (rest !== '') this.#take(rest, '');
  }
}
