import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { inferenceContract } from '../../src/protocol/inference.ts';
import { indexSchema, layerSchema, spanSchema } from '../../src/protocol/schemas.ts';

const fits = (schema: v.GenericSchema, value: unknown): boolean => v.safeParse(schema, value).success;

describe('the schemas', () => {
  it('take integers from 0 as indices', () => {
    assert.deepEqual(
      [0, 7, -1, 1.5, NaN, Infinity, '1', null].map((value) => fits(indexSchema, value)),
      [true, true, false, false, false, false, false, false],
    );
  });

  it('take spans that hold a token and name a label', () => {
    assert.ok(fits(spanSchema, { first: 0, end: 1, label: 'PER' }));
    assert.ok(!fits(spanSchema, { first: 1, end: 1, label: 'PER' }));
    assert.ok(!fits(spanSchema, { first: 2, end: 1, label: 'PER' }));
    assert.ok(!fits(spanSchema, { first: 0, end: 1, label: '' }));
  });

  it('take layers that are sorted and apart', () => {
    const span = (first: number, end: number) => ({ first, end, label: 'LOC' });
    assert.ok(fits(layerSchema, []));
    assert.ok(fits(layerSchema, [span(0, 2), span(2, 3)]));
    assert.ok(!fits(layerSchema, [span(0, 2), span(1, 3)]));
    assert.ok(!fits(layerSchema, [span(2, 3), span(0, 1)]));
  });

  it('take distributions as 32-bit floats only', () => {
    const { result } = inferenceContract.requests.classify;
    const answer = (distribution: unknown) => ({
      sentences: [{ distribution, pieces: 3, windows: 1, splitWords: [] }],
      milliseconds: 1,
    });
    assert.ok(fits(result, answer(new Float32Array(7))));
    assert.ok(!fits(result, answer([0.1, 0.9])));
    assert.ok(!fits(result, answer(new Float64Array(7))));
  });

  it('refuse a model of a family or dtype that is not known', () => {
    const { params } = inferenceContract.requests.load;
    const model = { id: 'a', family: 'bert', root: '/', folder: 'a', dtype: 'q8', files: [] };
    assert.ok(fits(params, { model }));
    assert.ok(!fits(params, { model: { ...model, family: 'gpt' } }));
    assert.ok(!fits(params, { model: { ...model, dtype: 'fp64' } }));
  });
});
