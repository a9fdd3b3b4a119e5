/** Rows of dense values, and what is done with them again and again while a head learns. */
export interface DenseProducts {
  /** The products of each row with each tag's weights, row-major, rows × tags; the array is the same each time. */
  readonly products: (weights: Float64Array) => Float32Array | Float64Array;
  /** Adds each row times each error of it (in the array that `products` gave) to the gradient of the tag. */
  readonly addProducts: (gradient: Float64Array) => void;
}

/** Makes them for row-major values, rows × wide. */
export type MakeDenseProducts = (dense: Float32Array, rows: number, wide: number, tags: number) => DenseProducts;

/** Products in plain numbers: exact, and fast enough for a few sentences. */
export const plainProducts: MakeDenseProducts = (dense, rows, wide, tags) => {
  const products = new Float64Array(rows * tags);
  return {
    products: (weights) => {
      for (let row = 0; row < rows; row++) rowProducts(products, dense, weights, row, wide, tags);
      return products;
    },
    addProducts: (gradient) => {
      for (let index = 0; index < products.length; index++) {
        const error = products[index] ?? 0;
        if (error === 0) continue;
        const [start, place] = [Math.floor(index / tags) * wide, (index % tags) * wide];
        for (let column = 0; column < wide; column++)
          gradient[place + column] = (gradient[place + column] ?? 0) + error * (dense[start + column] ?? 0);
      }
    },
  };
};

/** Products of one row. Four tags at a time, so that each value is read once for four of them. */
function rowProducts(
  products: Float64Array,
  dense: Float32Array,
  weights: Float64Array,
  row: number,
  wide: number,
  tags: number,
): void {
  const start = row * wide;
  let tag = 0;
  for (; tag + 3 < tags; tag += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    const [placeA, placeB, placeC, placeD] = [tag * wide, (tag + 1) * wide, (tag + 2) * wide, (tag + 3) * wide];
    for (let column = 0; column < wide; column++) {
      const value = dense[start + column] ?? 0;
      a += value * (weights[placeA + column] ?? 0);
      b += value * (weights[placeB + column] ?? 0);
      c += value * (weights[placeC + column] ?? 0);
      d += value * (weights[placeD + column] ?? 0);
    }
    products.set([a, b, c, d], row * tags + tag);
  }
  for (; tag < tags; tag++) {
    let sum = 0;
    for (let column = 0; column < wide; column++)
      sum += (dense[start + column] ?? 0) * (weights[tag * wide + column] ?? 0);
    products[row * tags + tag] = sum;
  }
}
