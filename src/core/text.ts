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

/** Turns UTF-16 offsets into code point offsets, in one pass where they do not fall. */
export function codePointCounter(text: string): (offset: number) => number {
  return unitCounter(text, () => 1);
}

/** Turns code point offsets into UTF-16 offsets, in one pass where they do not fall; past the end, the length of the text. */
export function utf16Counter(text: string): (points: number) => number {
  return offsetCounter(text, () => 1);
}

/** Turns UTF-16 offsets into offsets of bytes in UTF-8, in one pass where they do not fall; a lone surrogate counts as the three bytes of its replacement. */
export function byteCounter(text: string): (offset: number) => number {
  return unitCounter(text, bytesAt);
}

/** Turns offsets of bytes in UTF-8 into UTF-16 offsets, in one pass where they do not fall; past the end, the length of the text. */
export function utf16OfBytes(text: string): (bytes: number) => number {
  return offsetCounter(text, bytesAt);
}

/** The text with every run of white space as one space and none at its ends. */
export function normalizeSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The number of units that the code point at an offset counts for. */
type Units = (text: string, at: number) => number;

const bytesAt: Units = (text, at) => {
  const code = text.charCodeAt(at);
  return code < 0x80 ? 1 : code < 0x800 ? 2 : isPair(text, at) ? 4 : 3;
};

function unitCounter(text: string, units: Units): (offset: number) => number {
  let at = 0;
  let counted = 0;
  return (offset) => {
    if (offset < at) {
      at = 0;
      counted = 0;
    }
    while (at < offset && at < text.length) {
      counted += units(text, at);
      at += isPair(text, at) ? 2 : 1;
    }
    return counted;
  };
}

function offsetCounter(text: string, units: Units): (count: number) => number {
  let at = 0;
  let counted = 0;
  return (count) => {
    if (count < counted) {
      at = 0;
      counted = 0;
    }
    while (counted < count && at < text.length) {
      counted += units(text, at);
      at += isPair(text, at) ? 2 : 1;
    }
    return at;
  };
}

function isPair(text: string, index: number): boolean {
  const high = text.charCodeAt(index);
  const low = text.charCodeAt(index + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}
