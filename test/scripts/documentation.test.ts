import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { chooseLayers } from '../../scripts/test/layers.mjs';
import { manifest, pages, read } from './support/documentation.ts';

const linking = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'models/README.md',
  'models/RESULTS.md',
  'samples/README.md',
  ...pages,
];

/** The text without fenced code, whose brackets are no links and whose `#` begins no heading. */
const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '');

/** The targets of links and pictures; code between backticks holds none. */
const linksOf = (text: string): readonly string[] =>
  [
    ...withoutCode(text)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, target = '']) => target);

/** The anchors of a page's headings, as GitHub and VS Code make them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(text).matchAll(/^#+ +(.+)$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${String(count)}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** What is wrong with a page's relative links. */
function brokenLinks(file: string, text: string): readonly string[] {
  return linksOf(text)
    .filter((target) => !/^[a-z]+:/i.test(target))
    .flatMap((target) => {
      const [name = '', anchor] = target.split('#');
      const goal = name === '' ? file : path.posix.join(path.posix.dirname(file), name);
      if (!existsSync(inRoot(goal))) return [`${file}: ${target} is not there`];
      if (anchor === undefined) return [];
      return anchorsOf(read(goal)).has(anchor) ? [] : [`${file}: ${goal} has no heading #${anchor}`];
    });
}

describe('the README', () => {
  const readme = read('README.md');

  it('takes a minute: under 900 words', () => {
    const words = readme.split(/\s+/).filter((word) => word !== '').length;
    assert.ok(words < 900, `${String(words)} words`);
  });

  it('has one picture, the two commands, five steps, and leads to every page', () => {
    assert.equal([...readme.matchAll(/^!\[/gm)].length, 1);
    for (const command of ['npm start', 'npm test']) assert.match(readme, new RegExp(`^${command}\\b`, 'm'));
    assert.deepEqual(
      [...readme.matchAll(/^(\d+)\. /gm)].map(([, number]) => number),
      ['1', '2', '3', '4', '5'],
    );
    const linked = new Set(linksOf(readme).map((target) => target.split('#')[0]));
    assert.deepEqual(
      pages.filter((page) => !linked.has(page)),
      [],
    );
  });
});

describe('links of the documentation', () => {
  for (const file of linking)
    it(`${file} leads to files and headings that are there`, () => {
      assert.deepEqual(brokenLinks(file, read(file)), []);
    });

  it('would be found broken', () => {
    const text = 'See [a](docs/none.md), [b](docs/search.md#nowhere), [c](#nor-here) and [d](docs/search.md#examples).';
    assert.deepEqual(brokenLinks('README.md', text), [
      'README.md: docs/none.md is not there',
      'README.md: docs/search.md has no heading #nowhere',
      'README.md: README.md has no heading #nor-here',
    ]);
  });
});

describe('CONTRIBUTING.md', () => {
  it('names files that are there, by a path from the root', () => {
    const named = [...read('CONTRIBUTING.md').matchAll(/`((?:src|webview|test|scripts)\/[\w./-]+\.\w+)`/g)].map(
      ([, name = '']) => name,
    );
    assert.ok(named.length >= 40, String(named.length));
    assert.deepEqual(
      named.filter((name) => !existsSync(inRoot(name))),
      [],
    );
  });
});

describe('commands that the documentation names', () => {
  const text = ['README.md', ...pages].map(read).join('\n');

  it('are scripts of package.json', () => {
    const named = new Set([...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name));
    assert.ok(named.size >= 4);
    assert.deepEqual(
      [...named].filter((name) => !Object.hasOwn(manifest.scripts, name)),
      [],
    );
  });

  it('run a layer of tests, and tests that are there', () => {
    const titles = readdirSync(inRoot('test'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .flatMap((name) => [...read(`test/${name}`).matchAll(/\b(?:describe|it)\((['"`])(.+?)\1,/g)])
      .map(([, , title = '']) => title);
    const named = [...text.matchAll(/npm test -- ([\w-]+) -g (?:"([^"]+)"|(\w+))/g)];
    assert.ok(named.length >= 3);
    for (const [command, layer = '', quoted, bare = ''] of named) {
      chooseLayers([layer]);
      assert.ok(
        titles.some((title) => title.includes(quoted ?? bare)),
        command,
      );
    }
  });
});
