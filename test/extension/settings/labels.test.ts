import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { labelNames, labelSet, labelSettings, refusedKeys, withKeys } from '../../../src/extension/settings/labels.ts';

describe('labels and their keys', () => {
  it('are read from the setting, and the default stands where it cannot be read', () => {
    const standard = [
      { name: 'PER', key: 'p', description: 'A person' },
      { name: 'LOC', key: 'l', description: 'A place' },
      { name: 'ORG', key: 'g', description: 'An organisation' },
    ];
    for (const setting of [undefined, [], 'PER', [{ key: 'p' }], [{ name: 'A B' }], [7, null]])
      assert.deepEqual(labelSettings(setting), standard);
    assert.deepEqual(labelSettings(['GPE', { name: 'FAC', key: 'A' }]), [
      { name: 'GPE', key: 'g' },
      { name: 'FAC', key: 'a' },
    ]);
  });

  it('are those of the manifest by default', () => {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const manifest = JSON.parse(text) as {
      contributes: { configuration: readonly { properties: Record<string, { default: unknown }> }[] };
    };
    const setting = manifest.contributes.configuration
      .map(({ properties }) => properties['entityLens.labels'])
      .find((property) => property !== undefined);
    assert.deepEqual(labelSettings(setting?.default), labelSettings(undefined));
  });

  it('count a name once and never take a key of the panel or of another label', () => {
    assert.deepEqual(labelSettings([{ name: 'PER', key: 'b' }, { name: 'PET', key: 'p' }, 'PER']), [
      { name: 'PER', key: 'r' },
      { name: 'PET', key: 'p' },
    ]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,4}$/), { minLength: 1, maxLength: 40 }), (names) => {
        const keys = labelSettings(names).map(({ key }) => key);
        const used = keys.filter((key) => key !== '');
        assert.equal(new Set(used).size, used.length);
        assert.ok(used.every((key) => !'bdejknot'.includes(key)));
        assert.ok(keys.slice(0, 9).every((key) => key !== ''));
      }),
    );
  });

  it('keep unknown labels of a file behind the configured ones', () => {
    const configured = labelSettings(undefined);
    assert.deepEqual(labelNames(configured, ['MISC', 'LOC']), ['PER', 'LOC', 'ORG', 'MISC']);
    assert.deepEqual(
      withKeys([
        { name: 'X', key: '' },
        { name: '人', key: '' },
      ]),
      [
        { name: 'X', key: 'x' },
        { name: '人', key: '2' },
      ],
    );
  });

  it('take colour and description from the setting, and from the file before it', () => {
    const configured = labelSettings([
      { name: 'PER', color: 4, description: ' A person ' },
      { name: 'LOC', color: 99, description: 7 },
    ]);
    const set = labelSet(
      configured,
      [{ name: 'LOC', key: 'q', color: 2, description: 'A place' }, { name: 'GENE' }],
      ['X'],
    );
    const colorOf = (name: string): number | undefined =>
      labelSet(configured, [], [name]).find((label) => label.name === name)?.color;
    assert.deepEqual(
      set.map(({ name, key, color, description }) => [name, key, color, description]),
      [
        ['PER', 'p', 4, 'A person'],
        ['LOC', 'q', 2, 'A place'],
        ['GENE', 'g', colorOf('GENE'), ''],
        ['X', 'x', colorOf('X'), ''],
      ],
    );
  });

  it('say which keys of the setting cannot be had, and why', () => {
    const setting = [
      { name: 'PER', key: 'b' },
      { name: 'LOC', key: 'l' },
      { name: 'LAW', key: 'L' },
      { name: 'X', key: 'é' },
      'ORG',
    ];
    assert.deepEqual(refusedKeys(setting), [
      { name: 'PER', asked: 'b', key: 'p', why: 'it belongs to the panel' },
      { name: 'LAW', asked: 'L', key: 'a', why: 'LOC has it' },
      { name: 'X', asked: 'é', key: 'x', why: 'it is no letter from a to z' },
    ]);
    assert.deepEqual(refusedKeys(undefined), []);
  });

  it('have the same keys and colours in every file', () => {
    const name = fc.stringMatching(/^[A-Z]{1,4}$/);
    const key = fc.constantFrom('a', 'b', 'c', 'p', 'l', 'g');
    const setting = fc.uniqueArray(fc.record({ name, key }), {
      selector: (row) => row.name,
      maxLength: 5,
      minLength: 1,
    });
    const file = fc.record({
      declared: fc.uniqueArray(fc.record({ name, key }), { selector: (row) => row.name, maxLength: 4 }),
      found: fc.uniqueArray(name, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(setting, file, fc.uniqueArray(name, { maxLength: 6 }), (rows, { declared, found }, others) => {
        const configured = labelSettings(rows);
        const own = new Set(configured.map((label) => label.name));
        const facts = (labels: ReturnType<typeof labelSet>): unknown =>
          labels.filter((label) => own.has(label.name)).map((label) => [label.name, label.key, label.color]);
        const foreign = declared.filter((label) => !own.has(label.name));
        assert.deepEqual(facts(labelSet(configured, foreign, found)), facts(labelSet(configured)));
        const colors = new Map(labelSet(configured, [], found).map((label) => [label.name, label.color]));
        for (const label of labelSet(configured, [], others))
          assert.equal(label.color, colors.get(label.name) ?? label.color);
        const sorted = (labels: ReturnType<typeof labelSet>): unknown =>
          Object.fromEntries(labels.map((label) => [label.name, label.key]));
        assert.deepEqual(sorted(labelSet(configured, [], found.toReversed())), sorted(labelSet(configured, [], found)));
        const keys = labelSet(configured, declared, found)
          .map((label) => label.key)
          .filter((one) => one !== '');
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });
});
