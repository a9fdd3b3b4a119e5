import type { Token } from '../token.ts';

const space = /\s/;

/** A form to be found in a text; `gap` says that words which nobody could read stand before it. */
export interface Placeable {
  readonly form: string;
  readonly gap: boolean;
}

/**
 * The tokens of `forms` in `text`, in order and with nothing but white space between them, except at gaps; or the index
 * of the first form that is not there (`forms.length` where text is left over).
 */
export function placeTokens(text: string, forms: readonly Placeable[], gapAtEnd: boolean): readonly Token[] | number {
  const tokens: Token[] = [];
  let position = 0;
  for (const [index, { form, gap }] of forms.entries()) {
    position = skipSpace(text, position);
    const start = text.startsWith(form, position) ? position : gap ? text.indexOf(form, position) : -1;
    if (start < 0) return index;
    position = start + form.length;
    tokens.push({ form, start, end: position });
  }
  return gapAtEnd || skipSpace(text, position) === text.length ? tokens : forms.length;
}

/** The text of forms joined by single spaces, with the tokens in it. */
export function joinForms(forms: readonly string[]): { readonly text: string; readonly tokens: readonly Token[] } {
  let position = 0;
  const tokens = forms.map((form) => {
    const start = position;
    position += form.length + 1;
    return { form, start, end: start + form.length };
  });
  return { text: forms.join(' '), tokens };
}

function skipSpace(text: string, position: number): number {
  while (position < text.length && space.test(text.charAt(position))) position++;
  return position;
}
