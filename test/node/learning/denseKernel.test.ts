import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import loadWabt from 'wabt';
import { plainProducts } from '../../../src/core/learning/denseProducts.ts';
import { HEAD_DEFAULTS, trainHead } from '../../../src/core/learning/headTraining.ts';
import { headDistribution } from '../../../src/core/learning/head.ts';
import { fastProducts } from '../../../src/node/learning/denseKernel.ts';
import { DENSE_KERNEL } from '../../../src/node/learning/denseKernelBytes.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { toyLessons } from '../../core/learning/toyLanguage.ts';

describe('the kernel of products', () => {
  it('is what its source assembles to', async () => {
    const source = await readFile(new URL('../../../src/node/learning/denseKernel.wat', import.meta.url), 'utf8');
    const { buffer } = (await loadWabt()).parseWat('denseKernel.wat', source, { simd: true }).toBinary({});
    assert.equal(DENSE_KERNEL, Buffer.from(buffer).toString('base64'));
  });

  it('gives what plain numbers give', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 11 }),
        fc.nat(),
        (rows, wide, tags, seed) => {
          const random = seededRandom(seed);
          const dense = Float32Array.from({ length: rows * wide }, () => random() - 0.5);
          const weights = Float64Array.from({ length: tags * wide }, () => random() - 0.5);
          const errors = Float32Array.from({ length: rows * tags }, () => (random() < 0.5 ? 0 : random() - 0.5));
          const [plain, fast] = [plainProducts, fastProducts].map((make) => {
            const { products, addProducts } = make(dense, rows, wide, tags);
            const given = Array.from(products(weights));
            products(weights).set(errors);
            const gradient = new Float64Array(tags * wide).fill(1);
            addProducts(gradient);
            return [...given, ...gradient];
          });
          plain?.forEach((value, index) => {
            assert.ok(Math.abs(value - (fast?.[index] ?? NaN)) < 1e-5);
          });
        },
      ),
    );
  });

  it('trains the same head', () => {
    const lessons = toyLessons(10, 1);
    const options = { ...HEAD_DEFAULTS, labels: ['PER', 'PRODUCT'], tolerance: 1e-5, iterations: 300 };
    const [plain, fast] = [plainProducts, fastProducts].map(
      (make) => trainHead(lessons, options, undefined, make).head,
    );
    for (const { words, evidence } of toyLessons(5, 2)) {
      assert.ok(plain !== undefined && fast !== undefined);
      const other = headDistribution(fast, words, evidence).values;
      headDistribution(plain, words, evidence).values.forEach((value, index) => {
        assert.ok(Math.abs(value - (other[index] ?? NaN)) < 1e-3);
      });
    }
  });
});
