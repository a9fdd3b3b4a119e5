import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parseColumns } from '../../src/core/columns/columns.ts';
import { cli, npmCli, repository } from './support/command.ts';

const corpus = `# newdoc id = weather
# sent_id = one
# text = Ana Sousa left Oslo.
1	Ana	B-PER	-	carol
2	Sousa	I-PER	-	carol
3	left	O	-	-
4	Oslo	B-LOC	-	dave
5	.	O	-	-

# sent_id = two
# a comment of a kind that nobody knows
# text = It rained.
1	It	O	-	-
2	rained	O	-	-
3	.	O	-	-

`;

interface Span {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly correct: number;
  readonly predicted: number;
  readonly gold: number;
}

interface Evaluation {
  readonly sentences: number;
  readonly tokens: number;
  readonly sentencesPerSecond: number;
  readonly labelledSpan: Span;
  readonly unlabelledSpan: Span;
  readonly strictSpan: Span;
  readonly tokenF1: Readonly<Record<string, number>>;
  readonly tokenMacroF1: number;
  readonly confusion: { readonly tags: readonly string[]; readonly rows: readonly (readonly number[])[] };
}

describe('the command line', function () {
  this.timeout(240_000);
  let folder = '';
  const inFolder = (name: string): string => path.join(folder, name);
  const made = async (name: string, text: string | Uint8Array): Promise<string> => {
    await writeFile(inFolder(name), text);
    return inFolder(name);
  };
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  describe('as a whole', () => {
    it('prints nothing of its own on stdout and tells its commands', async () => {
      const { code, stdout } = await npmCli('--help');
      assert.equal(code, 0);
      assert.ok(stdout.startsWith('Entity Lens without an editor.\n'), stdout.slice(0, 200));
      for (const name of ['annotate', 'evaluate', 'score', 'study'])
        assert.match(stdout, new RegExp(`^ {2}${name} `, 'mu'));
    });

    it('ends with 2 and the usage on a wrong call', async () => {
      const calls = [
        [],
        ['nope'],
        ['toString'],
        ['evaluate'],
        ['evaluate', '--corpus', 'x', '--system', 'gpt'],
        ['evaluate', '--corpus', 'x', '--system', 'bert', '--scheme', 'half'],
        ['evaluate', '--corpus', 'x', '--system', 'bert', '--threads', '0'],
        ['evaluate', '--corpus', 'x', '--system', 'bert', '--unheard-of'],
        ['annotate', '--system', 'bert', '--out', 'x'],
        ['annotate', 'a', 'b', '--system', 'bert', '--out', 'x'],
        ['annotate', 'a', '--system', 'bert'],
        ['annotate', 'a', '--out', 'x'],
      ];
      for (const call of calls) {
        const { code, stdout, stderr } = await cli(...call);
        assert.deepEqual([code, stdout], [2, ''], call.join(' '));
        assert.match(stderr, /--|commands?|annotate/u);
        assert.doesNotMatch(stderr, /\n\s+at /u);
      }
    });

    it('tells the options of each command', async () => {
      for (const verb of ['annotate', 'evaluate', 'score', 'study']) {
        const { code, stdout, stderr } = await cli(verb, '--help');
        assert.deepEqual([code, stderr], [0, '']);
        assert.ok(stdout.startsWith(verb));
      }
    });
  });

  describe('evaluate', () => {
    for (const system of ['bert', 't5'] as const) {
      for (const scheme of ['full', 'simplified'] as const) {
        it(`prints every figure as JSON for ${system}, ${scheme}`, async () => {
          const file = await made('corpus.iob2', corpus);
          const { code, stdout, stderr } = await cli(
            ...['evaluate', '--corpus', file, '--system', system, '--scheme', scheme, '--json'],
          );
          assert.deepEqual([code, stderr], [0, '']);
          const figures = JSON.parse(stdout) as Evaluation;
          assert.deepEqual([figures.sentences, figures.tokens], [2, 8]);
          assert.ok(figures.sentencesPerSecond > 0);
          for (const span of [figures.labelledSpan, figures.unlabelledSpan, figures.strictSpan]) {
            assert.equal(span.gold, 2);
            assert.ok(span.correct <= Math.min(span.predicted, span.gold));
            assert.deepEqual(Object.keys(span), ['precision', 'recall', 'f1', 'correct', 'predicted', 'gold']);
          }
          // A label that neither side has enters no mean: O, and B and I of PER and LOC.
          const tags = scheme === 'full' ? 5 : 3;
          assert.equal(Object.keys(figures.tokenF1).length, tags);
          const mean = Object.values(figures.tokenF1).reduce((a, b) => a + b, 0) / tags;
          assert.ok(Math.abs(mean - figures.tokenMacroF1) < 1e-9);
          assert.equal(figures.confusion.tags[0], 'O');
          assert.equal(
            figures.confusion.rows.flat().reduce((a, b) => a + b, 0),
            8,
          );
          const ofO = figures.confusion.rows[0]!.reduce((a, b) => a + b, 0);
          assert.equal(ofO, 5);
        });
      }
    }

    it('prints a table without --json, and a progress bar where it is asked for', async () => {
      const file = await made('corpus.iob2', corpus);
      const { code, stdout, stderr } = await cli('evaluate', '--corpus', file, '--system', 'bert', '--progress');
      assert.equal(code, 0);
      assert.match(stdout, /labelled span +\S+ +\S+ +\S+ +\d+ +\d+ +2\n/u);
      assert.match(stderr, /corpus\.iob2 \[#+\] 2\/2/u);
    });

    it('counts only sentences that have gold', async () => {
      const file = await made('half.iob2', corpus.replaceAll(/\t(?:O|[BI]-\w+)\t(?=-\t(?:carol|dave))/gu, '\t_\t'));
      const { code, stdout } = await cli('evaluate', '--corpus', file, '--system', 'bert', '--json');
      assert.equal(code, 0);
      assert.equal((JSON.parse(stdout) as Evaluation).sentences, 1);
    });

    it('names a file that is missing, no text, without sentences or without gold, and ends with 1', async () => {
      const files = [
        inFolder('nowhere.iob2'),
        await made('empty.iob2', ''),
        await made('binary.iob2', Uint8Array.from([0x31, 0x09, 0xff, 0xfe, 0x00, 0x0a])),
        await made('bare.iob2', corpus.replaceAll(/\t(?:O|[BI]-\w+)\t/gu, '\t_\t')),
      ];
      for (const file of files) {
        const { code, stdout, stderr } = await cli('evaluate', '--corpus', file, '--system', 'bert', '--json');
        assert.deepEqual([code, stdout], [1, ''], file);
        assert.ok(stderr.includes(file), stderr);
        assert.doesNotMatch(stderr, /\n\s+at /u);
      }
    });

    it('names a malformed line and goes on with the rest', async () => {
      const file = await made('broken.iob2', corpus.replace('3\tleft\tO\t-\t-', '3\tleft'));
      const { code, stdout, stderr } = await cli('evaluate', '--corpus', file, '--system', 'bert', '--json');
      assert.equal(code, 0);
      assert.ok(stderr.includes(`${file}:6:`), stderr);
      assert.equal((JSON.parse(stdout) as Evaluation).sentences, 2);
    });

    it('takes a model of the user, with its labels in our words', async () => {
      const file = await made('corpus.iob2', corpus);
      const model = path.join(repository, 'models', 'bert-full');
      const call = ['evaluate', '--corpus', file, '--system', 'bert', '--json', '--model', model];
      const { code, stdout } = await cli(...call, '--label-map', '{"PER": "HUMAN"}');
      assert.equal(code, 0);
      const { tokenF1 } = JSON.parse(stdout) as Evaluation;
      assert.ok('B-HUMAN' in tokenF1 && 'B-PER' in tokenF1);
      const unknown = await cli(...call, '--label-map', '{"GPE": "LOC"}');
      assert.equal(unknown.code, 1);
      assert.match(unknown.stderr, /“GPE”/u);
      for (const wrong of [
        ['--label-map', '{'],
        ['--dtype', 'huge'],
        ['--k', '-1'],
      ]) {
        assert.equal((await cli(...call, ...wrong)).code, 2, wrong.join(' '));
      }
    });

    it('shows the raw failures of a T5 that may write what it likes, with as many examples as asked for', async () => {
      const file = await made('corpus.iob2', corpus);
      const { code, stdout } = await cli(
        ...['evaluate', '--corpus', file, '--system', 't5', '--json', '--free', '--k', '0'],
      );
      assert.equal(code, 0);
      const figures = JSON.parse(stdout) as Evaluation & { readonly failures: Readonly<Record<string, number>> };
      assert.equal(figures.sentences, 2);
      assert.equal(typeof figures.failures, 'object');
    });

    it('names models that are missing, and ends with 1', async () => {
      const file = await made('corpus.iob2', corpus);
      const { code, stderr } = await cli('evaluate', '--corpus', file, '--system', 'bert', '--models', folder);
      assert.equal(code, 1);
      assert.ok(stderr.includes(path.join(folder, 'manifest.json')), stderr);
    });
  });

  describe('annotate', () => {
    it('writes prose as UNER columns with legal tags, in which every character stands', async () => {
      const text = 'Angela Merkel met Kofi Annan in Paris. 😀\r\n\r\nThey don’t like <B-PER> or [SEP]!\r\n';
      const file = await made('notes.txt', text);
      for (const system of ['bert', 't5']) {
        const out = inFolder(`notes.${system}.iob2`);
        const { code, stdout } = await cli('annotate', file, '--system', system, '--scheme', 'full', '--out', out);
        assert.deepEqual([code, stdout], [0, '']);
        const written = await readFile(out, 'utf8');
        const { issues, sentences } = parseColumns(written);
        assert.deepEqual(issues, []);
        assert.ok(sentences.length >= 2);
        const forms = sentences.flatMap(({ tokens }) => tokens.map(({ form }) => form)).join('');
        assert.equal(forms, text.replaceAll(/\s+/gu, ''));
        for (const { illegal, tags, annotators } of sentences) {
          assert.deepEqual(illegal, []);
          tags.forEach((tag, index) => {
            assert.match(tag, /^(?:O|[BI]-(?:PER|LOC|ORG))$/u);
            assert.equal(annotators[index] === '-' || annotators[index] === undefined, tag === 'O');
          });
        }
      }
    });

    it('replaces the tags of columns and nothing else', async () => {
      const file = await made('corpus.iob2', corpus);
      const out = inFolder('tagged.iob2');
      const { code } = await cli('annotate', file, '--system', 'bert', '--scheme', 'simplified', '--out', out);
      assert.equal(code, 0);
      const lines = (await readFile(out, 'utf8')).split('\n');
      corpus.split('\n').forEach((line, index) => {
        if (!/^\d/u.test(line)) assert.equal(lines[index], line);
        else assert.equal(lines[index]?.split('\t').slice(0, 2).join('\t'), line.split('\t').slice(0, 2).join('\t'));
      });
      for (const sentence of parseColumns(lines.join('\n')).sentences) {
        for (const tag of sentence.tags) assert.match(tag, /^[OBI]$/u);
      }
    });

    it('writes to stdout where it is told so', async () => {
      const file = await made('notes.md', '# Title\n\nBerlin is big.\n');
      const { code, stdout } = await cli('annotate', file, '--system', 'bert', '--out', '-');
      assert.equal(code, 0);
      assert.equal(parseColumns(stdout).sentences.at(-1)?.tokens[0]?.form, 'Berlin');
    });

    it('leaves the old file and no other where it cannot write or there is nothing to tag', async () => {
      const empty = await made('blank.txt', ' \n\n');
      const kept = await made('kept.iob2', 'kept');
      const names = await readdir(folder);
      const nothing = await cli('annotate', empty, '--system', 'bert', '--out', kept);
      assert.equal(nothing.code, 1);
      assert.ok(nothing.stderr.includes(empty));
      const file = await made('kept.iob2', 'kept');
      const text = path.join(repository, 'LICENSE');
      const nowhere = await cli('annotate', text, '--system', 'bert', '--out', path.join(folder, 'no', 'x.iob2'));
      assert.equal(nowhere.code, 1);
      assert.match(nowhere.stderr, /x\.iob2 cannot be written/u);
      assert.equal(await readFile(file, 'utf8'), 'kept');
      assert.deepEqual(await readdir(folder), names);
    });
  });

  describe('study', () => {
    it('names the corpora that it misses', async () => {
      const { code, stderr } = await cli('study', '--data', folder);
      assert.equal(code, 1);
      assert.match(stderr, /uner_en_ewt\.test\.iob2 is missing/u);
    });

    it('prints the table of the chosen systems with the figures of the study beside ours', async () => {
      await made('uner_en_ewt.test.iob2', corpus);
      await made('uner_en_pud.test.iob2', corpus);
      const { code, stdout } = await cli('study', '--data', folder, '--only', 'BERT, full');
      assert.equal(code, 0);
      const rows = stdout.split('\n').filter((line) => line.startsWith('| BERT, full |'));
      assert.equal(rows.length, 4);
      assert.match(rows[0]!, /^\| BERT, full \| EWT test \| (?:\.\d{3}|1\.000|–) \(\.816\) \|/u);
      assert.match(rows[1]!, /^\| BERT, full \| PUD test \| (?:\.\d{3}|1\.000|–) \(\.769\) \|/u);
      assert.match(rows[2]!, /O .*B-PER .*I-PER /u);
    });
  });
});
