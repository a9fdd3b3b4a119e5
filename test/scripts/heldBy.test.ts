import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { inRoot } from '../../scripts/lib/paths.mjs';

/** Tests that run what is built, with the file that it is built from. */
const BUILT: readonly (readonly [tests: string, entry: string])[] = [
  ['test/extension-host/', 'src/extension/extension.ts'],
  ['test/workbench/', 'src/extension/extension.ts'],
  ['test/cli/', 'src/cli/main.ts'],
  ['test/serving/', 'src/cli/main.ts'],
  ['test/node/learning/', 'src/node/learning/worker.ts'],
  ['test/webview/evaluation/', 'webview/evaluation/main.ts'],
  ['test/webview/', 'webview/panel/main.ts'],
];

/** By which test each file, or each file of a folder, is held that has none of its own name; the longest line counts. */
const heldBy = JSON.parse(readFileSync(inRoot('test', 'heldBy.json'), 'utf8')) as Readonly<Record<string, string>>;

const sources = ['src/core', 'src/node', 'src/extension', 'webview'].flatMap((folder) =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`),
);

function ownTest(source: string): string {
  return `test/${source.replace(/^src\//, '').replace(/\.ts$/, '.test.ts')}`;
}

/** All files that a file imports, with what these import, types included. */
function reachedFrom(entry: string): ReadonlySet<string> {
  const reached = new Set([entry]);
  for (const file of reached) {
    const text = readFileSync(inRoot(file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:from|import\(?) ?'(\.[^']+\.ts)'/g))
      reached.add(path.posix.join(path.posix.dirname(file), name));
  }
  return reached;
}

const reaches = new Map<string, ReadonlySet<string>>();

function doesReach(test: string, source: string): boolean {
  const entry = BUILT.find(([folder]) => test.startsWith(folder))?.[1];
  return [test, ...(entry === undefined ? [] : [entry])].some((from) => {
    let known = reaches.get(from);
    if (known === undefined) reaches.set(from, (known = reachedFrom(from)));
    return known.has(source);
  });
}

describe('each source file', () => {
  const alone = sources.filter((source) => !existsSync(inRoot(ownTest(source))));
  const lineOf = (source: string): string | undefined =>
    Object.keys(heldBy)
      .filter((line) => source === line || (line.endsWith('/') && source.startsWith(line)))
      .sort((a, b) => b.length - a.length)[0];

  it('has its test under the same name and place, or a line in test/heldBy.json', () => {
    assert.deepEqual(
      alone.filter((source) => lineOf(source) === undefined),
      [],
    );
  });

  it('is reached by the test that its line names', () => {
    const wrong = alone.flatMap((source) => {
      const test = heldBy[lineOf(source) ?? ''];
      if (test === undefined) return [];
      return existsSync(inRoot(test)) && doesReach(test, source) ? [] : [`${test} does not reach ${source}`];
    });
    assert.deepEqual(wrong, []);
  });

  it('stands in no line that nobody needs', () => {
    const used = new Set(alone.map(lineOf));
    assert.deepEqual(
      Object.keys(heldBy).filter((line) => !used.has(line)),
      [],
    );
  });
});
