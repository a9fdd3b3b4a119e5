/** True where a text is the parts in order, with at least `least` characters (of any kind) in each gap between them. */
export function fitsWildcard(text: string, parts: readonly string[], least: 0 | 1): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const part of others) {
    const found = text.indexOf(part, position + least);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position + least && text.endsWith(last);
}
