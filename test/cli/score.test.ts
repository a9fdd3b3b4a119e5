import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { EvaluationJson } from '../../src/core/report/evaluationJson.ts';
import { score as verb } from '../../src/cli/score.ts';
import { runVerb } from './support/verb.ts';
import type { VerbOutcome } from './support/verb.ts';

let folder = '';

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A UNER file of sentences given as tags. */
function uner(name: string, sentences: readonly string[], eol = '\n'): string {
  const blocks = sentences.map((line, index) =>
    [
      `# sent_id = ${index + 1}`,
      `# text = ${line}`,
      ...line.split(' ').map((tag, at) => [at + 1, `w${at}`, tag, '-', 'me'].join('\t')),
    ].join(eol),
  );
  return file(name, `# newdoc id = d${eol}${blocks.join(eol + eol)}${eol}`);
}

function score(...args: readonly string[]): Promise<VerbOutcome> {
  return runVerb(verb, args);
}

function figures(outcome: VerbOutcome): EvaluationJson {
  assert.deepEqual([outcome.code, outcome.warnings], [0, []]);
  return JSON.parse(outcome.text) as EvaluationJson;
}

describe('score', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'score-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const gold = ['O B-PER I-PER O B-ORG', 'B-LOC O B-LOC I-LOC'];
  const predicted = ['O B-PER I-PER O B-LOC', 'B-LOC O B-LOC O'];

  it('gives all figures of E10', async () => {
    const json = figures(await score('--gold', uner('g.iob2', gold), '--pred', uner('p.iob2', predicted), '--json'));
    assert.deepEqual([json.sentences, json.tokens], [2, 9]);
    assert.deepEqual(json.labelledSpan, { precision: 0.5, recall: 0.5, f1: 0.5, correct: 2, predicted: 4, gold: 4 });
    assert.equal(json.accuracy?.toFixed(4), '0.7778');
    assert.equal(json.tokenMacroF1?.toFixed(4), '0.5224');
    assert.deepEqual(json.confusion.tags, ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC']);
    assert.deepEqual(Object.keys(json.labels), ['PER', 'ORG', 'LOC']);
  });

  it('prints what conlleval prints', async () => {
    const { text } = await score(
      '--gold',
      uner('g.iob2', gold),
      '--pred',
      uner('p.iob2', predicted),
      '--format',
      'conlleval',
    );
    assert.equal(
      text,
      [
        'processed 9 tokens with 4 phrases; found: 4 phrases; correct: 2.',
        'accuracy:  77.78%; precision:  50.00%; recall:  50.00%; FB1:  50.00',
        '              LOC: precision:  33.33%; recall:  50.00%; FB1:  40.00  3',
        '              ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
        '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
        '',
      ].join('\n'),
    );
  });

  it('follows scheme and policy', async () => {
    const goldFile = uner('g.iob2', ['B-PER I-LOC O', 'B-PER O']);
    const predictedFile = uner('p.iob2', ['B-PER I-LOC O', 'I-PER O']);
    const labelled = async (...args: string[]): Promise<number[]> => {
      const {
        correct,
        predicted: found,
        gold: all,
      } = figures(await score('--gold', goldFile, '--pred', predictedFile, ...args)).labelledSpan;
      return [correct, found, all];
    };
    assert.deepEqual(await labelled(), [3, 3, 3]);
    assert.deepEqual(await labelled('--policy', 'strict'), [1, 1, 2]);
    assert.deepEqual(await labelled('--scheme', 'simplified'), [2, 2, 2]);
  });

  it('reads other layouts, CRLF, a byte order mark and a file without a last line end alike', async () => {
    const unix = figures(await score('--gold', uner('g.iob2', gold), '--pred', uner('p.iob2', predicted)));
    const twoColumns = (sentences: readonly string[], between: string, eol: string): string =>
      sentences
        .map((line) =>
          line
            .split(' ')
            .map((tag, at) => `w${at}${between}${tag}`)
            .join(eol),
        )
        .join(eol + eol);
    const variants = [
      await score('--gold', uner('gw.iob2', gold, '\r\n'), '--pred', uner('pw.iob2', predicted, '\r\n')),
      await score('--gold', uner('g2.iob2', gold), '--pred', file('p2.conll', twoColumns(predicted, '\t', '\n'))),
      await score('--gold', file('g3.conll', twoColumns(gold, ' ', '\n')), '--pred', uner('p3.iob2', predicted)),
      await score(
        '--gold',
        file('g4.conll', `\uFEFF${twoColumns(gold, '\t', '\r\n')}`),
        '--pred',
        uner('p4.iob2', predicted),
      ),
    ];
    for (const variant of variants) assert.deepEqual(figures(variant), unix);
  });

  it('reads a corpus that is larger than what it reads at once, words of any script and tags of any language', async () => {
    const lines = Array.from(
      { length: 1500 },
      (_, index) => `Straße東京😀${index}\tB-ORT\n#\tI-ORT\n.\tO\n-\tB-GRÖSSE\n\n`,
    );
    const path = file('large.conll', lines.join(''));
    const json = figures(await score('--gold', path, '--pred', path));
    assert.deepEqual([json.sentences, json.tokens], [1500, 6000]);
    assert.deepEqual(
      Object.entries(json.labels).map(([label, { gold: count, f1 }]) => [label, count, f1]),
      [
        ['GRÖSSE', 1500, 1],
        ['ORT', 1500, 1],
      ],
    );
  });

  it('leaves out ranges and empty tokens, and counts -DOCSTART- only as conlleval does', async () => {
    const ranges = file('r.conllu', '1-2\tau\t_\t-\t-\n1\tà\tO\t-\tme\n2\tle\tB-LOC\t-\tme\n2.1\tx\t_\t-\t-\n');
    assert.equal(figures(await score('--gold', ranges, '--pred', ranges)).tokens, 2);
    const documents = file('d.conll', '-DOCSTART- -X- O O\n\nEU NNP I-NP B-ORG\n');
    assert.equal(figures(await score('--gold', documents, '--pred', documents)).tokens, 1);
    assert.match(
      (await score('--gold', documents, '--pred', documents, '--format', 'conlleval')).text,
      /^processed 2 tokens with 1 phrases/,
    );
  });

  it('reads the tags of CoNLL-U from its last column', async () => {
    const row = (id: number, tag: string): string => `${id}\tw\tw\tX\t_\t_\t0\troot\t_\tSpaceAfter=No|NER=${tag}`;
    const path = file('c.conllu', `# sent_id = 1\n${row(1, 'B-PER')}\n${row(2, 'I-PER')}\n${row(3, 'O')}\n`);
    const json = figures(await score('--gold', path, '--pred', path));
    assert.deepEqual([json.tokens, json.labelledSpan.gold, json.labelledSpan.f1], [3, 1, 1]);
  });

  it('counts complete sentences only, and says how many others there are', async () => {
    const outcome = await score(
      '--gold',
      uner('g.iob2', ['O B-PER', '_ _', 'B-PER _']),
      '--pred',
      uner('p.iob2', ['O B-PER', 'O O', 'O O']),
    );
    const json = JSON.parse(outcome.text) as EvaluationJson & { inProgress: number; untouched: number };
    assert.deepEqual([json.sentences, json.inProgress, json.untouched], [1, 1, 1]);
    assert.match(outcome.warnings.join(), /Counted: 1 complete, 1 in progress \(not counted\), 1 untouched\.$/);
    const conlleval = await score(
      '--gold',
      uner('g.iob2', ['O B-PER', '_ _', 'B-PER _']),
      '--pred',
      uner('p.iob2', ['O B-PER', 'O O', 'O O']),
      '--format',
      'conlleval',
    );
    assert.match(conlleval.text, /processed 2 tokens with 1 phrases; found: 1 phrases; correct: 1/);
  });

  it('counts what a prediction leaves open as O, and says of how many words', async () => {
    const outcome = await score('--gold', uner('g.iob2', ['B-PER B-LOC O']), '--pred', uner('p.iob2', ['B-PER _ _']));
    const json = JSON.parse(outcome.text) as EvaluationJson;
    assert.deepEqual([json.sentences, json.labelledSpan.gold, json.labelledSpan.predicted], [1, 2, 1]);
    assert.match(outcome.warnings.join(), /says nothing .* of 2 words that gold decides; they count as O/);
  });

  it('takes the labels of the corpus where it holds others than the usual three', async () => {
    const path = uner('g.iob2', ['B-DATE I-DATE O']);
    assert.equal(
      figures(await score('--gold', path, '--pred', path)).tokenMacroReading,
      '3 tags, O included: B and I of DATE',
    );
    assert.equal(
      figures(await score('--gold', path, '--pred', path, '--labels', 'DATE,TIME')).tokenMacroReading,
      '5 tags, O included: B and I of DATE, TIME',
    );
  });

  it('names the place where two files differ, or a line that cannot be read', async () => {
    const goldFile = uner('g.iob2', gold);
    const message = async (path: string): Promise<string> => {
      const { code, text, warnings } = await score('--gold', goldFile, '--pred', path);
      assert.deepEqual([code, text], [1, '']);
      return warnings.join();
    };
    assert.match(
      await message(uner('short.iob2', gold.slice(0, 1))),
      /short\.iob2 ends before the sentence at .*g\.iob2:12/,
    );
    assert.match(
      await message(uner('long.iob2', [...gold, 'O'])),
      /g\.iob2 ends before the sentence at .*long\.iob2:19/,
    );
    assert.match(await message(uner('other.iob2', ['O O', gold[1]!])), /differ at token 3: “w2” and “\(none\)”/);
    assert.match(
      await message(file('bad.iob2', '1\tw0\tO\t-\tme\n2\tw1\tO\t-\tme\n3\tw2\tO\t-\tme\n4\n')),
      /bad\.iob2:4: 1 cells instead of 5/,
    );
    assert.match(await message(join(folder, 'none.iob2')), /ENOENT.*none\.iob2/);
  });

  it('refuses a wrong call with code 2 and says what is right', async () => {
    const path = uner('g.iob2', gold);
    const calls: readonly (readonly string[])[] = [
      [],
      ['--gold', path],
      ['--gold', path, '--pred', path, '--scheme', 'half'],
      ['--gold', path, '--pred', path, '--policy', 'lax'],
      ['--gold', path, '--pred', path, '--format', 'xml'],
      ['--gold', path, '--pred', path, '--json', '--format', 'conlleval'],
      ['--gold', path, '--pred', path, '--format', 'conlleval', '--policy', 'strict'],
      ['--gold', path, '--pred', path, '--surprise'],
    ];
    for (const call of calls) {
      const { code, text, warnings } = await score(...call);
      assert.deepEqual([code, text], [2, ''], call.join(' '));
      assert.notEqual(warnings.join(), '');
    }
  });
});
