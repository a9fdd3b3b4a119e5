/** The part of Papa Parse that is used here; its own types bring those of Node, which core does not know. */
declare module 'papaparse' {
  interface Parsed {
    readonly data: readonly (readonly string[])[];
    readonly errors: readonly { readonly row?: number; readonly message: string; readonly type: string }[];
    readonly meta: { readonly delimiter: string };
  }
  const papa: {
    parse(text: string, options?: { readonly preview?: number; readonly delimiter?: string }): Parsed;
    unparse(rows: readonly (readonly string[])[], options?: { readonly newline?: string }): string;
  };
  // eslint-disable-next-line no-restricted-exports -- this is how the library exports it
  export default papa;
}
