/** A half-open range of UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The number of Unicode code points in a text; a lone surrogate counts as one. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let index = 0; index + 1 < text.length; index++) {
    if (!isPair(text, index)) continue;
    length--;
    index++;
  }
  return length;
}

/** Turns UTF-16 offsets into code point offsets; the offsets must not fall, so that one pass over the text is enough. */
export function codePointCounter(text: string): (offset: number) => number {
  let at = 0;
  let points = 0;
  return (offset) => {
    if (offset < at) {
      at = 0;
      points = 0;
    }
    while (at < offset && at < text.length) {
      at += isPair(text, at) ? 2 : 1;
      points++;
    }
    return points;
  };
}

/** Turns code point offsets into UTF-16 offsets, in one pass where they do not fall; past the end, the length of the text. */
export function utf16Counter(text: string): (points: number) => number {
  let at = 0;
  let counted = 0;
  return (points) => {
    if (points < counted) {
      at = 0;
      counted = 0;
    }
    while (counted < points && at < text.length) {
      at += isPair(text, at) ? 2 : 1;
      counted++;
    }
    return at;
  };
}

/** The text with every run of white space as one space and none at its ends. */
export function normalizeSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function isPair(text: string, index: number): boolean {
  const high = text.charCodeAt(index);
  const low = text.charCodeAt(index + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}
