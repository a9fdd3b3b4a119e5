import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { carryOver, matchWords } from '../../src/core/carryOver.ts';
import type { CarryOver, FormerGold } from '../../src/core/carryOver.ts';
import { parseColumns } from '../../src/core/columns/columns.ts';
import type { Sentence } from '../../src/core/sentence.ts';
import { tokenize } from '../../src/core/tokenize.ts';

const file = [
  '# sent_id = n-1\n# reviewed = ada 2026-01-01\n# note = look\n# text = Angela Merkel teh chancellor left New York today .\n',
  ...[
    'Angela B-PER',
    'Merkel I-PER',
    'teh O',
    'chancellor O',
    'left _',
    'New B-LOC',
    'York I-LOC',
    'today O',
    '. O',
  ].map((row, index) => `${String(index + 1)}\t${row.replace(' ', '\t')}\t-\tada\n`),
  '\n# text = It rained .\n1\tIt\tO\t-\tada\n2\trained\tO\t-\tada\n3\t.\tO\t-\tada\n\n',
].join('');
const columns = parseColumns(file);
const fileLines = file.split('\n');
const former = (...indices: number[]): FormerGold[] =>
  indices.map((index) => {
    const first = columns.firstLines[index] ?? 0;
    const sentence = columns.sentences[index]!;
    return { sentence, lines: fileLines.slice(first, first + sentence.lineCount) };
  });
const prose = (text: string): Sentence => ({ text, tokens: tokenize(text) });
const carry = (olds: number[], ...texts: string[]): CarryOver | undefined =>
  carryOver(former(...olds), texts.map(prose), columns.layout);
const tagsOf = (carried: CarryOver | undefined): readonly string[] =>
  (carried?.blocks ?? []).map(({ lines }) =>
    lines
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split('\t').slice(1, 3).join('/'))
      .join(' '),
  );

describe('gold of a sentence that was changed', () => {
  it('keeps untouched spans and words, with who decided them; a changed word is undecided, and the mark of review goes', () => {
    const carried = carry([0], 'Angela Merkel the chancellor left New York today.');
    assert.deepEqual(tagsOf(carried), [
      'Angela/B-PER Merkel/I-PER the/_ chancellor/O left/_ New/B-LOC York/I-LOC today/O ./O',
    ]);
    assert.deepEqual([carried?.sentences, carried?.undecided, carried?.reviewed], [1, 1, 1]);
    const [block] = carried?.blocks ?? [];
    assert.deepEqual(block?.lines.slice(0, 3), [
      '# sent_id = n-1',
      '# note = look',
      '# text = Angela Merkel the chancellor left New York today.',
    ]);
    assert.ok(block.lines.includes('3\tthe\t_\t-\t-'));
    assert.ok(block.lines.includes('4\tchancellor\tO\t-\tada'));
  });

  it('leaves a span undecided that was changed itself, or into which a word was put', () => {
    assert.deepEqual(tagsOf(carry([0], 'Angla Merkel teh chancellor left New new York today.')), [
      'Angla/_ Merkel/_ teh/O chancellor/O left/_ New/_ new/_ York/_ today/O ./O',
    ]);
  });

  it('goes to both parts of a sentence that was cut, and to one that was made of two', () => {
    const cut = carry([0], 'Angela Merkel teh chancellor.', 'left New York today.');
    assert.deepEqual(tagsOf(cut), [
      'Angela/B-PER Merkel/I-PER teh/O chancellor/O ./_ left/_ New/B-LOC York/I-LOC today/O ./O',
    ]);
    assert.equal(cut?.blocks[0]?.lines.filter((line) => line.startsWith('# text')).length, 2);
    const joined = carry([0, 1], 'Angela Merkel teh chancellor left New York today It rained.');
    assert.deepEqual(tagsOf(joined), [
      'Angela/B-PER Merkel/I-PER teh/O chancellor/O left/_ New/B-LOC York/I-LOC today/O It/O rained/O ./O',
      '',
    ]);
  });

  it('stays in the file where the text is another one', () => {
    assert.equal(carry([0], 'Nobody knows what became of those letters.'), undefined);
    assert.equal(carry([0]), undefined);
    // Most of the sentence is gone: what is left of it gets its gold, and the block stays beside it.
    const short = carry([0], 'New York today');
    assert.equal(short?.blocks[0]?.lines[3], '# text = Angela Merkel teh chancellor left New York today .');
    assert.equal(short.reviewed, 0);
  });

  it('never decides a word that nobody decided, nor another way, whatever is typed', () => {
    const word = fc.constantFrom('Angela', 'Merkel', 'teh', 'the', 'chancellor', 'left', 'New', 'York', 'today', 'x');
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 }), (texts) => {
        const carried = carry([0, 1], ...texts.map((words) => words.join(' ')));
        const before = new Set(
          columns.sentences.flatMap(({ tokens, tags }) => tokens.map(({ form }, i) => `${form}/${tags[i] ?? ''}`)),
        );
        for (const cell of tagsOf(carried).flatMap((row) => row.split(' ')))
          assert.ok(cell === '' || cell.endsWith('/_') || before.has(cell), cell);
        for (const { lines } of carried?.blocks ?? [])
          assert.deepEqual(parseColumns(lines.map((line) => `${line}\n`).join('')).issues, []);
      }),
    );
  });

  it('matches words as a diff does, and large changes by their ends', () => {
    assert.deepEqual(matchWords('a b c d e'.split(' '), 'a x c y e'.split(' ')), [0, undefined, 2, undefined, 4]);
    const long = Array.from({ length: 3000 }, (_, index) => String(index));
    const turned = ['0', ...long.slice(1, -1).reverse(), '2999'];
    assert.deepEqual(
      matchWords(long, turned).filter((one) => one !== undefined),
      [0, 2999],
    );
  });
});
