/** A value that is made when it is first asked for, such as tables of a language that take megabytes. */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
