import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { allDecided } from '../../../src/core/decisions.ts';
import { goldEdits } from '../../../src/core/columns/columnEdits.ts';
import { parseColumns } from '../../../src/core/columns/columns.ts';
import { applyEdits } from '../../../src/core/lines.ts';

const uner = [
  '# newdoc id = d1',
  '# sent_id = d1-1',
  "# text = I don't know Paris.",
  '1\tI\tO\t-\t-',
  "2-3\tdon't\t_\t-\t-",
  '2\tdo\tO\t-\t-',
  "3\tn't\tO\t-\t-",
  '4\tknow\tO\t-\t-',
  '5\tParis\tB-LOC\t-\tann',
  '6\t.\tO\t-\t-',
  '',
  '# sent_id = d1-2',
  '# text = New York',
  '1\tNew\tB-LOC\t-\tann',
  '2\tYork\tI-LOC\t-\tann',
  '',
];

const reasons = (text: string): string[] =>
  parseColumns(text).issues.map(({ line, reason }) => `${String(line)} ${reason}`);

describe('parseColumns', () => {
  it('reads UNER: ids, documents, offsets in the text, gold, annotators and relative cells', () => {
    const document = parseColumns(uner.join('\n'));
    assert.deepEqual(document.layout, { columns: 5, id: 0, form: 1, tag: 2, annotator: 4, separator: '\t' });
    assert.deepEqual(document.firstLines, [0, 11]);
    assert.equal(document.lineCount, 16);
    assert.deepEqual(document.issues, []);
    const [first, second] = document.sentences;
    assert.deepEqual(first?.tokens.slice(0, 3), [
      { form: 'I', start: 0, end: 1 },
      { form: 'do', start: 2, end: 4 },
      { form: "n't", start: 4, end: 7 },
    ]);
    assert.deepEqual(first.gold, [{ first: 4, end: 5, label: 'LOC' }]);
    assert.equal(first.annotators[4], 'ann');
    assert.deepEqual(first.cells[4], { line: 8, form: [2, 7], tag: [8, 13], annotator: [16, 19] });
    assert.equal(second?.documentId, 'd1');
    assert.equal(second.id, 'd1-2');
    assert.deepEqual(second.gold, [{ first: 0, end: 2, label: 'LOC' }]);
  });

  it('finds the same in CRLF, without a last line end, and after a byte order mark', () => {
    const plain = parseColumns(uner.join('\n')).sentences.map(({ tokens, gold, id }) => ({ tokens, gold, id }));
    for (const text of [uner.join('\r\n'), uner.join('\n').trimEnd(), `\uFEFF${uner.join('\n')}`]) {
      const document = parseColumns(text);
      assert.deepEqual(document.issues, []);
      assert.deepEqual(
        document.sentences.map(({ tokens, gold, id }) => ({ tokens, gold, id })),
        plain,
      );
    }
    assert.equal(parseColumns(uner.join('\r\n')).eol, '\r\n');
  });

  it('detects four columns of CoNLL-2003 with documents, and two columns whose words may begin with #', () => {
    const conll = parseColumns(
      '-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\n-DOCSTART- -X- -X- O\n\nx NN B-NP O\n',
    );
    assert.deepEqual(conll.layout, {
      columns: 4,
      id: undefined,
      form: 0,
      tag: 3,
      annotator: undefined,
      separator: ' ',
    });
    assert.deepEqual(
      conll.sentences.map(({ text, documentId, gold }) => ({ text, documentId, gold })),
      [
        { text: 'EU rejects', documentId: 'document 1', gold: [{ first: 0, end: 1, label: 'ORG' }] },
        { text: 'x', documentId: 'document 2', gold: [] },
      ],
    );
    const pairs = parseColumns('# text = #one two\n#one\tO\ntwo\tB-PER\n');
    assert.deepEqual(
      pairs.sentences[0]?.tokens.map(({ form }) => form),
      ['#one', 'two'],
    );
    assert.equal(pairs.sentences[0].text, '#one two');
    assert.deepEqual(pairs.issues, []);
  });

  it('takes tokens without `# text`, or with one that does not fit, as joined by spaces', () => {
    const document = parseColumns('# text = Hello there\n1\tHello\tO\t-\t-\n2\tyou\tO\t-\t-\n');
    assert.equal(document.sentences[0]?.text, 'Hello you');
    assert.deepEqual(document.sentences[0].tokens[1], { form: 'you', start: 6, end: 9 });
    assert.deepEqual(reasons('# text = Hello there\n1\tHello\tO\t-\t-\n2\tyou\tO\t-\t-\n'), ['3 textMismatch']);
    assert.deepEqual(reasons('# text = Hello there\n1\tHello\tO\t-\t-\n'), ['1 textMismatch']);
  });

  it('names line and remedy of what it cannot read, and reads the rest of the sentence', () => {
    const text = [
      '# text = one two three four five',
      '1\tone\tO\t-\t-',
      '2\ttwo',
      '3\tthree\tX-PER\t-\t-',
      '4 four I-PER - -',
      '5\t\tO\t-\t-',
      '6\tfive\tO\t-',
      '',
    ].join('\n');
    const document = parseColumns(text);
    assert.deepEqual(document.sentences[0]?.tokens, [
      { form: 'one', start: 0, end: 3 },
      { form: 'three', start: 8, end: 13 },
      { form: 'five', start: 19, end: 23 },
    ]);
    assert.deepEqual(document.sentences[0].illegal, [1]);
    assert.deepEqual(document.sentences[0].gold, []);
    assert.deepEqual(reasons(text), ['3 cellCount', '4 unknownTag', '5 mixedSeparators', '6 emptyForm', '7 cellCount']);
    for (const { message } of document.issues) assert.match(message, /write|add|use|correct/i);
  });

  it('takes no line of prose among rows of tabs for a row', () => {
    const text = '1\tAda\tO\t-\t-\n2\tLovelace\tO\t-\t-\nTODO check this name again\n3\tmet\tO\t-\t-\n';
    const document = parseColumns(text);
    assert.deepEqual(
      document.sentences[0]?.tokens.map(({ form }) => form),
      ['Ada', 'Lovelace', 'met'],
    );
    assert.deepEqual(reasons(text), ['3 mixedSeparators']);
  });

  it('leaves a row of CoNLL-U alone that has a cell too many or too few', () => {
    const row = (id: number, form: string, misc: string): string =>
      `${String(id)}\t${form}\t_\t_\t_\t_\t_\t_\t_\t${misc}\n`;
    for (const odd of ['2\tB\t\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n', '2\tB\t_\t_\t_\t_\t_\t_\t_\n']) {
      const text = row(1, 'A', 'NER=O') + odd + row(3, 'C', 'NER=O');
      const sentence = parseColumns(text).sentences[0];
      assert.deepEqual(
        sentence?.tokens.map(({ form }) => form),
        ['A', 'C'],
      );
      assert.deepEqual(reasons(text), ['2 cellCount']);
    }
  });

  it('says that nobody annotated a sentence with `_`', () => {
    const document = parseColumns('1\tParis\t_\t-\t-\n2\tBerlin\tB-LOC\t-\t-\n');
    assert.equal(document.sentences[0]?.gold, null);
    assert.deepEqual(document.sentences[0].illegal, []);
  });

  it('reads nothing out of nothing', () => {
    for (const text of ['', '\n\n', '\uFEFF', '# only a comment\n']) {
      assert.deepEqual(parseColumns(text).sentences, []);
      assert.deepEqual(parseColumns(text).issues, []);
    }
  });

  it('finds entities in the last column of CoNLL-U and in a named column of CoNLL-U Plus', () => {
    const row = (id: string, form: string, misc: string): string => `${id}\t${form}\t_\tX\t_\t_\t0\tdep\t_\t${misc}\n`;
    const treebank = parseColumns(
      row('1', 'au', 'SpaceAfter=No|name=B-ORG') +
        row('2', 'b', 'name=I-ORG') +
        row('3', 'c', '_') +
        '\n' +
        row('1', 'd', '_'),
    );
    assert.deepEqual(treebank.issues, []);
    assert.deepEqual(
      treebank.sentences.map(({ tags, gold }) => ({ tags, gold })),
      [
        { tags: ['B-ORG', 'I-ORG', 'O'], gold: [{ first: 0, end: 2, label: 'ORG' }] },
        { tags: ['_'], gold: null },
      ],
    );
    const plus = parseColumns('# global.columns = ID FORM UPOS UNER:NER MISC\n1\tx\tB-A\tB-PER\t_\n');
    assert.deepEqual(plus.sentences[0]?.gold, [{ first: 0, end: 1, label: 'PER' }]);
  });

  it('gives tokens that are written as one word its place, or theirs in it', () => {
    const rows = [
      "# text = Je don't du",
      '1\tJe\tO',
      "2-3\tdon't\t_",
      '2\tdo\tO',
      "3\tn't\tO",
      '4-5\tdu\t_',
      '4\tde\tO',
      '5\tle\tO',
    ];
    const document = parseColumns(rows.join('\n'));
    assert.deepEqual(document.issues, []);
    assert.deepEqual(
      document.sentences[0]?.tokens.map(({ start, end }) => [start, end]),
      [
        [0, 2],
        [3, 5],
        [5, 8],
        [9, 11],
        [9, 11],
      ],
    );
  });

  it('tells IOB1, BIOES and BILOU by their tags, and corrections keep to them', () => {
    const cases = [
      ['iob1', 'I-PER I-PER B-PER O', 'a\tI-LOC\n\nb\tI-LOC\n\n'],
      ['bioes', 'B-PER E-PER S-PER O', ''],
      ['bilou', 'B-PER L-PER U-PER O', ''],
    ] as const;
    for (const [tagging, tags, before] of cases) {
      const text =
        before +
        tags
          .split(' ')
          .map((tag, index) => `w${String(index)}\t${tag}\n`)
          .join('');
      const document = parseColumns(text);
      assert.equal(document.layout.tagging, tagging);
      assert.deepEqual(document.issues, []);
      const last = document.sentences.length - 1;
      const layer = [
        { first: 0, end: 2, label: 'PER' },
        { first: 2, end: 3, label: 'PER' },
      ];
      assert.deepEqual(document.sentences[last]?.gold, layer);
      const moved = [
        { first: 1, end: 2, label: 'ORG' },
        { first: 2, end: 4, label: 'PER' },
      ];
      const after = parseColumns(applyEdits(text, goldEdits(document, last, allDecided(moved), 'me')));
      assert.deepEqual(after.sentences[last]?.gold, moved);
      assert.deepEqual(after.issues, []);
    }
    assert.equal(parseColumns('1\tx\tI-PER\t-\t-\n\n1\ty\tI-PER\t-\t-\n').layout.tagging, undefined);
  });
});
