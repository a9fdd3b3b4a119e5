import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { tryFormat } from '../../../src/core/formats/formatTrial.ts';
import { detectFormat, formatOf } from '../../../src/core/formats/registry.ts';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../fixtures/formats');

describe('trying a format on the beginning of a file', () => {
  it('fits for every file of a tool in the format that is told from it, also where the beginning is cut', () => {
    for (const name of readdirSync(folder).filter((one) => one.includes('.'))) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const format = formatOf(detectFormat(name, text))!;
      assert.ok(tryFormat(format, text, {}, true).fits, name);
      assert.ok(tryFormat(format, text.slice(0, Math.ceil(text.length * 0.9)), {}, false).fits, `${name}, cut`);
    }
  });

  it('does not fit where the format is another one, so that a person is asked', () => {
    const doccano = readFileSync(path.join(folder, 'doccano.jsonl'), 'utf8');
    assert.equal(tryFormat(formatOf('jsonl')!, doccano, {}, true).fits, false);
    assert.equal(tryFormat(formatOf('doccano')!, '{"name": "x", "version": 1}\n', {}, true).fits, false);
    assert.equal(tryFormat(formatOf('label-studio')!, '[]', {}, true).fits, false);
    assert.equal(tryFormat(formatOf('html')!, '<p>', {}, true).fits, false);
  });
});
