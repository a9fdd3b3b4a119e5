/** True for names of column files, as the language of our own lists them. */
export function isColumnFile(name: string): boolean {
  return /\.(?:iob2?|bio|conllu?)$/i.test(name);
}
