import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { report as verb } from '../../src/cli/report.ts';
import type { Report } from '../../src/core/report/report.ts';
import { runVerb } from './support/verb.ts';

let folder = '';

function uner(name: string, sentences: readonly string[]): string {
  const path = join(folder, name);
  const blocks = sentences.map((line, index) => {
    const rows = line.split(' ').map((tag, at) => [at + 1, `w${index}${at}`, tag, '-', 'me'].join('\t'));
    return [`# newdoc id = d${index}`, `# sent_id = s${index}`, ...rows].join('\n');
  });
  writeFileSync(path, `${blocks.join('\n\n')}\n`);
  return path;
}

describe('report from files', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'report-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const gold = ['O B-PER I-PER O B-ORG', '_ _', 'B-LOC O B-LOC I-LOC'];
  const first = ['O B-PER I-PER O B-LOC', 'O O', 'B-LOC O B-LOC O'];
  const second = ['O B-PER I-PER O B-ORG', 'O O', 'O O B-LOC I-LOC'];

  async function written(name: string, ...more: readonly string[]): Promise<string> {
    const out = join(folder, name);
    const files = ['--pred', `Ann=${uner('a.iob2', first)}`, '--pred', `Ben=${uner('b.iob2', second)}`];
    const corpus = uner('gold.iob2', gold);
    const outcome = await runVerb(verb, ['--corpus', corpus, ...files, '--out', out, '--draws', '50', ...more]);
    assert.deepEqual([outcome.code, outcome.warnings], [0, [`Wrote ${out}.`]]);
    return readFileSync(out, 'utf8');
  }

  it('compares two people over the sentences that gold annotates', async () => {
    const report = JSON.parse(await written('r.json')) as Report;
    const [corpus] = report.views[0]!.corpora;
    assert.deepEqual(
      [corpus?.name, corpus?.sentences, corpus?.annotated, corpus?.unit],
      ['gold.iob2', 3, 2, 'document'],
    );
    assert.match(corpus?.files[0]?.sha256 ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(
      corpus?.systems.map(({ name, figures }) => [name, figures.labelledSpan.f1]),
      [
        ['Ann', 0.5],
        ['Ben', 6 / 7],
      ],
    );
    const [comparison] = corpus.comparisons;
    assert.deepEqual([comparison?.mcNemar.onlyA, comparison?.mcNemar.onlyB], [1, 2]);
    assert.equal(comparison?.spanF1, 2 / 7);
    assert.equal(report.models.length, 0);
    assert.equal(report.draws, 50);
  });

  it('reads the same spans from files that are tagged otherwise', async () => {
    const bioes = ['O B-PER E-PER O S-ORG', '_ _', 'S-LOC O B-LOC E-LOC'];
    const out = join(folder, 'bioes.json');
    const outcome = await runVerb(verb, [
      ...[
        '--corpus',
        uner('gold.iob2', gold),
        '--pred',
        `Same=${uner('same.iob2', bioes)}`,
        '--out',
        out,
        '--draws',
        '20',
      ],
    ]);
    assert.equal(outcome.code, 0, outcome.warnings.join());
    const report = JSON.parse(readFileSync(out, 'utf8')) as Report;
    const { figures } = report.views[0]!.corpora[0]!.systems[0]!;
    assert.deepEqual([figures.labelledSpan.f1, figures.strictSpan.f1, figures.accuracy], [1, 1, 1]);
  });

  it('tells seen from unseen names by a training corpus', async () => {
    const train = uner('train.iob2', ['B-LOC O O B-PER', 'O O', 'B-LOC O']);
    const report = JSON.parse(await written('r.json', '--train', train)) as Report;
    assert.deepEqual(
      Object.entries(report.views[0]!.corpora[0]!.systems[0]!.breakdowns['seen']!).map(([group, { gold: count }]) => [
        group,
        count,
      ]),
      [
        ['seen', 1],
        ['unseen', 3],
      ],
    );
  });

  it('writes a page and Markdown', async () => {
    assert.match(await written('r.html'), /^<!doctype html>[^]*Ann[^]*<\/html>\n$/);
    assert.match(await written('r.md', '--policy', 'strict', '--scheme', 'simplified'), /^# Evaluation[^]*discarded/);
  });

  it('refuses what cannot be compared and what cannot be understood', async () => {
    const corpus = uner('gold.iob2', gold);
    const other = uner('other.iob2', ['O O']);
    const bare = uner('bare.iob2', ['_ _']);
    const out = ['--out', join(folder, 'r.json')];
    const code = async (...args: readonly string[]): Promise<number> => (await runVerb(verb, args)).code;
    assert.equal(await code('--corpus', corpus, '--pred', `A=${other}`, ...out), 1);
    assert.equal(await code('--corpus', bare, '--pred', `A=${bare}`, ...out), 1);
    assert.equal(await code('--corpus', join(folder, 'none'), '--pred', `A=${corpus}`, ...out), 1);
    assert.equal(await code('--corpus', corpus, ...out), 2);
    assert.equal(await code('--pred', `A=${corpus}`, ...out), 2);
    assert.equal(await code('--corpus', corpus, '--pred', corpus, ...out), 2);
    assert.equal(await code('--corpus', corpus, '--pred', `A=${corpus}`, '--out', join(folder, 'r.pdf')), 2);
    assert.equal(await code('--corpus', corpus, '--corpus', corpus, '--pred', `A=${corpus}`, ...out), 2);
    assert.equal(await code('--corpus', corpus, '--pred', `A=${corpus}`, '--draws', '0', ...out), 2);
  });
});
