/** Numbers by name; a name that is not there counts 0, and no 0 is stored. */
export type Histogram = ReadonlyMap<string, number>;

/** a + sign * b, name by name. */
export function addHistogram(a: Histogram, b: Histogram, sign: 1 | -1 = 1): Histogram {
  const sum = new Map(a);
  for (const [name, count] of b) {
    const next = (sum.get(name) ?? 0) + sign * count;
    if (next === 0) sum.delete(name);
    else sum.set(name, next);
  }
  return sum;
}
