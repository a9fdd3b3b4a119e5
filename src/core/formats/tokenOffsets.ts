import type { Token } from '../token.ts';

const space = /\s/;
/** No written word stands for more tokens; a range that says so is a mistake, and looking at all of it for each row takes long. */
const MOST_TOGETHER = 100;

/** A form to be found in a text; `gap` says that words which nobody could read stand before it. */
export interface Placeable {
  readonly form: string;
  readonly gap: boolean;
}

/** A word that stands for `count` tokens, of which some need not be in the text as they are (`du` for `de le`). */
export interface WrittenTogether {
  readonly form: string;
  readonly count: number;
}

/**
 * The tokens of `forms` in `text`, in order and with nothing but white space between them, except at gaps; or the index
 * of the first form that is not there (`forms.length` where text is left over). `together` gives, by the index of their
 * first token, words that stand for several: tokens that are no part of such a word get the place of the whole.
 */
export function placeTokens(
  text: string,
  forms: readonly Placeable[],
  gapAtEnd: boolean,
  together?: ReadonlyMap<number, WrittenTogether>,
): readonly Token[] | number {
  const tokens: Token[] = [];
  let position = 0;
  for (let index = 0; index < forms.length; index++) {
    const word = together?.get(index);
    const parts =
      word === undefined || word.count > MOST_TOGETHER
        ? undefined
        : placeTogether(text, position, forms.slice(index, index + word.count), word);
    if (parts !== undefined) {
      for (const part of parts) tokens.push(part);
      position = parts.at(-1)?.end ?? position;
      index += parts.length - 1;
      continue;
    }
    const token = placeOne(text, position, forms[index]);
    if (token === undefined) return index;
    tokens.push(token);
    position = token.end;
  }
  return gapAtEnd || skipSpace(text, position) === text.length ? tokens : forms.length;
}

function placeOne(text: string, from: number, placeable: Placeable | undefined): Token | undefined {
  if (placeable === undefined) return undefined;
  const { form, gap } = placeable;
  const position = skipSpace(text, from);
  const start = text.startsWith(form, position) ? position : gap ? text.indexOf(form, position) : -1;
  return start < 0 ? undefined : { form, start, end: start + form.length };
}

/** The tokens of a word that stands for several, where they are its parts in order, else each in the place of the whole word. */
function placeTogether(
  text: string,
  from: number,
  forms: readonly Placeable[],
  word: WrittenTogether,
): readonly Token[] | undefined {
  const whole = placeOne(text, from, { form: word.form, gap: forms[0]?.gap === true });
  if (whole === undefined || forms.length === 0) return undefined;
  const parts = placeTokens(
    word.form,
    forms.map(({ form }) => ({ form, gap: false })),
    false,
  );
  return typeof parts === 'number'
    ? forms.map(({ form }) => ({ form, start: whole.start, end: whole.end }))
    : parts.map(({ form, start, end }) => ({ form, start: whole.start + start, end: whole.start + end }));
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
