import assert from 'node:assert/strict';
import { mistakesOfRules } from '../../scripts/test/checkLayers.mjs';

describe('the rules of the layers', () => {
  it('catch every import that they must catch and let the others pass', async () => {
    assert.deepEqual(await mistakesOfRules(), []);
  }).timeout(60_000);
});
