import assert from 'node:assert/strict';
import { formats } from '../../src/core/formats/registry.ts';
import type { Holds } from '../../src/core/formats/format.ts';
import { groupNames } from '../../src/core/reviewWords.ts';
import { codesIn, manifest, pages, read, rowNamed, rowsOf } from './support/documentation.ts';
import type { Schema } from './support/documentation.ts';

const { contributes } = manifest;

const arrows: Readonly<Record<string, string>> = { left: '←', right: '→', up: '↑', down: '↓' };

/** A key as the pages write it: `ctrl+k shift+h` is `Ctrl+K Shift+H`. */
const keyText = (key: string): string =>
  key
    .split(' ')
    .map((stroke) =>
      stroke
        .split('+')
        .map((part) => arrows[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
        .join('+'),
    )
    .join(' ');

describe('docs/settings.md', () => {
  const rows = rowsOf('docs/settings.md');
  const settings = new Map(contributes.configuration.flatMap(({ properties }) => Object.entries(properties)));

  it('has every setting with its default, and no other', () => {
    for (const [name, schema] of settings) {
      const row = rowNamed(rows, `\`${name}\``);
      assert.ok(row !== undefined, `${name} has no row`);
      const expected =
        name === 'entityLens.labels'
          ? (schema.default as readonly { name: string }[]).map((label) => label.name).join(', ')
          : `\`${JSON.stringify(schema.default)}\``;
      assert.equal(row[1], expected, name);
    }
    const told = rows.map(([first = '']) => /^`(entityLens\.[\w.]+)`$/.exec(first)?.[1]);
    const colors = new Set(contributes.colors.map(({ id }) => id));
    assert.deepEqual(
      told.filter((name) => name !== undefined && !settings.has(name) && !colors.has(name)),
      [],
    );
  });

  it('has every key of labels and of models', () => {
    const keys = (schema: Schema | undefined): readonly string[] => Object.keys(schema?.properties ?? {});
    const models = settings.get('entityLens.models');
    const { bert, t5 } = models?.properties ?? {};
    const wanted = [
      ...keys(settings.get('entityLens.labels')?.items),
      ...keys(bert),
      ...keys(t5),
      ...keys(t5?.properties?.['prompt']),
    ];
    assert.ok(wanted.length > 15);
    assert.deepEqual(
      wanted.filter((key) => rowNamed(rows, `\`${key}\``) === undefined),
      [],
    );
  });

  it('has every colour', () => {
    const named = rows.flatMap(([first = '']) => {
      const [from, to] = codesIn(first);
      const series = /^(entityLens\.label)1(\D*) to \1(\d)\2$/.exec(`${from ?? ''} to ${to ?? ''}`);
      if (series === null) return codesIn(first);
      const [, start = '', end = '', last] = series;
      return Array.from({ length: Number(last) }, (_, index) => `${start}${String(index + 1)}${end}`);
    });
    assert.deepEqual(
      contributes.colors.map(({ id }) => id).filter((id) => !named.includes(id)),
      [],
    );
  });
});

describe('docs/commands-and-keys.md', () => {
  const rows = rowsOf('docs/commands-and-keys.md');

  it('has every command with its keys, and no other', () => {
    for (const { command, title } of contributes.commands) {
      const row = rowNamed(rows, title);
      assert.ok(row !== undefined, `${title} has no row`);
      const keys = contributes.keybindings.filter((binding) => binding.command === command);
      assert.deepEqual(
        [...codesIn(row[1] ?? '')].sort(),
        [...new Set(keys.map(({ key }) => keyText(key)))].sort(),
        title,
      );
    }
    const text = read('docs/commands-and-keys.md');
    const all = text.slice(text.indexOf('## All commands'));
    const told = [...all.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, title = '']) => title);
    const titles = contributes.commands.map(({ title }) => title);
    assert.deepEqual(
      told.filter((title) => title !== 'command' && !/^-+$/.test(title) && !titles.includes(title)),
      [],
    );
  });

  it('is right about commands that other pages name', () => {
    const titles = new Set(contributes.commands.map(({ title }) => title));
    const named = ['README.md', ...pages].flatMap((file) =>
      [...read(file).matchAll(/\*\*Entity Lens: ([^*]+)\*\*/g)].map(([, title = '']) => title),
    );
    assert.ok(named.length >= 3);
    assert.deepEqual(
      named.filter((title) => !titles.has(title)),
      [],
    );
  });
});

describe('docs/corpora-and-formats.md', () => {
  /** What a format cannot hold, in the words of the page. */
  const words: Readonly<Record<Exclude<keyof Holds, 'predictions' | 'notes' | 'partial' | 'cells'>, string>> = {
    tokens: 'borders of words',
    sentences: 'borders of sentences',
    sentenceIds: 'ids of sentences',
    documentIds: 'names of documents',
    unannotated: 'what nobody annotated',
    annotators: 'who annotated',
    comments: 'comments and notes',
    spacedWords: 'spaces in words',
    runningText: 'white space',
  };

  it('has every format, whether it is read and written, and what it cannot hold', () => {
    const rows = rowsOf('docs/corpora-and-formats.md');
    for (const { id, title, holds, read: reads, write: writes } of formats) {
      const [, name, isRead, isWritten, lost] = rowNamed(rows, `\`${id}\``) ?? [];
      const yes = (there: unknown): string => (there === undefined ? 'no' : 'yes');
      const kinds = Object.keys(words) as (keyof typeof words)[];
      const missing = kinds.filter((kind) => writes !== undefined && !holds[kind]).map((kind) => words[kind]);
      const kept = holds.predictions === true ? ' (predictions stay)' : '';
      assert.deepEqual(
        { name, isRead, isWritten, lost },
        { name: title, isRead: yes(reads), isWritten: yes(writes), lost: missing.join(', ') + kept },
        id,
      );
    }
  });
});

describe('docs/annotating.md', () => {
  it('has every kind of the review queue', () => {
    const rows = rowsOf('docs/annotating.md');
    assert.deepEqual(
      Object.values(groupNames).filter((name) => rowNamed(rows, name) === undefined),
      [],
    );
  });
});
