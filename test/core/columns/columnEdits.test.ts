import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ColumnDocument, TextEdit } from '../../../src/core/columns/document.ts';
import { allDecided, decisionsOf } from '../../../src/core/decisions.ts';
import { commentEdit, goldEdits, insertion, sentenceBlock, tokenPlace } from '../../../src/core/columns/columnEdits.ts';
import { updateColumns } from '../../../src/core/columns/columnUpdate.ts';
import { parseColumns } from '../../../src/core/columns/columns.ts';
import { joinForms } from '../../../src/core/formats/tokenOffsets.ts';
import { applyEdits, lineStarts, offsetAt, splitLines } from '../../../src/core/lines.ts';
import { layerOver, madeSentence } from '../formats/generators.ts';
import type { MadeSentence } from '../formats/generators.ts';

const eols = fc.constantFrom<'\n' | '\r\n'>('\n', '\r\n');

function blockOf(
  { words, layer }: MadeSentence,
  eol: '\n' | '\r\n',
  ids: { id?: string; documentId?: string } = {},
): string {
  return sentenceBlock(joinForms(words), decisionsOf({ gold: layer }), { ...ids, annotator: 'ann', eol });
}

const corpus = fc
  .record({
    sentences: fc.array(madeSentence, { minLength: 1, maxLength: 6 }),
    eol: eols,
    bom: fc.boolean(),
    finalBreak: fc.boolean(),
  })
  .map(({ sentences, eol, bom, finalBreak }) => {
    const blocks = sentences.map((sentence, index) =>
      blockOf(sentence, eol, index % 2 === 0 ? { id: String(index), documentId: `d${String(index)}` } : {}),
    );
    const text = (bom ? '\uFEFF' : '') + blocks.join(eol);
    return { sentences, eol, text: finalBreak ? text : text.slice(0, -eol.length) };
  });

function linesAfter(text: string): (line: number) => string {
  const lines = splitLines(text);
  return (line) => {
    const content = lines[line];
    assert.ok(content !== undefined, `line ${String(line)} was asked for, there are ${String(lines.length)}`);
    return content;
  };
}

function place(text: string, offset: number): { line: number; character: number } {
  const starts = lineStarts(text);
  const line = starts.findLastIndex((start) => start <= offset);
  const length = splitLines(text)[line]?.length ?? 0;
  return { line, character: Math.min(offset - (starts[line] ?? 0), length) };
}

describe('goldEdits', () => {
  it('makes the layer the gold of the sentence and leaves every other byte', () => {
    fc.assert(
      fc.property(
        corpus.chain((made) =>
          fc.nat(made.sentences.length - 1).chain((index) =>
            fc.record({
              made: fc.constant(made),
              index: fc.constant(index),
              layer: fc.option(layerOver(made.sentences[index]?.words.length ?? 0), { freq: 5 }),
            }),
          ),
        ),
        ({ made, index, layer }) => {
          const before = parseColumns(made.text);
          assert.deepEqual(before.issues, []);
          assert.deepEqual(
            before.sentences.map(({ gold }) => gold),
            made.sentences.map((sentence) => sentence.layer),
          );
          const edits = goldEdits(before, index, decisionsOf({ gold: layer }), 'me');
          const text = applyEdits(made.text, edits);
          const after = parseColumns(text);
          assert.deepEqual(after.sentences[index]?.gold, layer);
          assert.deepEqual(updateColumns(before, edits, linesAfter(text)), after);
          const cellsOf = (source: string): string[][] => splitLines(source).map((line) => line.split('\t'));
          const [old, now] = [cellsOf(made.text), cellsOf(text)];
          assert.equal(old.length, now.length);
          old.forEach((cells, line) => {
            const changed = now[line] ?? [];
            if (cells[2] === changed[2]) assert.deepEqual(changed, cells);
            else assert.deepEqual([changed[0], changed[1], changed[3]], [cells[0], cells[1], cells[3]]);
          });
          assert.deepEqual(goldEdits(after, index, decisionsOf({ gold: layer }), 'somebody else'), []);
        },
      ),
    );
  });

  it('writes the name of who decided, without what would break the line', () => {
    const text = '1\tParis\tO\t-\t-\n2\tis\tO\t-\t-\n';
    const edits = goldEdits(parseColumns(text), 0, allDecided([{ first: 0, end: 1, label: 'LOC' }]), ' Jo\tAnn\n');
    assert.equal(applyEdits(text, edits), '1\tParis\tB-LOC\t-\tJo Ann\n2\tis\tO\t-\t-\n');
  });

  it('leaves rows without an annotator column alone but for the tag', () => {
    const text = 'Paris NNP B-NP O\nis VBZ B-VP O\n';
    const edits = goldEdits(parseColumns(text), 0, allDecided([{ first: 0, end: 1, label: 'LOC' }]), 'me');
    assert.equal(applyEdits(text, edits), 'Paris NNP B-NP B-LOC\nis VBZ B-VP O\n');
  });
});

describe('insertion', () => {
  it('puts a new sentence at its place, whatever the end of the file looks like', () => {
    fc.assert(
      fc.property(
        corpus,
        madeSentence,
        fc.nat(6),
        fc.constantFrom('', 'eol', 'blanks', 'spaces'),
        (made, added, at, end) => {
          const tail = { '': '', eol: made.eol, blanks: made.eol.repeat(3), spaces: `${made.eol}${made.eol}  ` }[end];
          const source = made.text + tail;
          const before = parseColumns(source);
          const index = Math.min(at, before.sentences.length);
          const edit = insertion(before, index, blockOf(added, made.eol, { id: 'new' }));
          const text = applyEdits(source, [edit]);
          const after = parseColumns(text);
          assert.deepEqual(after.issues, []);
          assert.equal(after.sentences[index]?.id, 'new');
          assert.deepEqual(after.sentences[index].gold, added.layer);
          assert.equal(after.sentences.length, before.sentences.length + 1);
          const updated = updateColumns(before, edit, linesAfter(text));
          assert.deepEqual(updated, after);
          const kept = updated.sentences.toSpliced(index, 1);
          kept.forEach((sentence, old) => {
            const mayChange = before.bom && index === 0 && old === 0;
            if (!mayChange) assert.equal(sentence, before.sentences[old]);
          });
        },
      ),
    );
  });

  it('begins an empty file', () => {
    for (const text of ['', '\uFEFF', '  ', '\n', '\n\n']) {
      const edit = insertion(parseColumns(text), 0, blockOf({ words: ['Hi'], layer: [] }, '\n'));
      const after = applyEdits(text, [edit]);
      assert.equal(parseColumns(after).sentences.length, 1, JSON.stringify(after));
      assert.ok(after.endsWith('# text = Hi\n1\tHi\tO\t-\t-\n\n'));
    }
  });
});

describe('commentEdit', () => {
  it('adds, replaces and deletes one comment and nothing else', () => {
    fc.assert(
      fc.property(corpus, fc.nat(5), (made, at) => {
        const index = at % made.sentences.length;
        let text = made.text;
        const apply = (value: string | null): ColumnDocument => {
          const edit = commentEdit(parseColumns(text), index, 'reviewed', value);
          if (edit !== undefined) text = applyEdits(text, [edit]);
          return parseColumns(text);
        };
        const read = (document: ColumnDocument): string | undefined =>
          document.sentences[index]?.comments.find(({ key }) => key === 'reviewed')?.value;
        assert.equal(read(apply('me 2026')), 'me 2026');
        assert.equal(read(apply('you = 2027\nx')), 'you = 2027 x');
        assert.deepEqual(parseColumns(text).issues, []);
        assert.equal(read(apply(null)), undefined);
        assert.equal(text, made.text);
      }),
    );
  });
});

describe('updateColumns', () => {
  const snippets = fc.oneof(
    fc.constantFrom(
      '',
      '\n',
      '\n\n',
      '\t',
      ' ',
      'x',
      '# newdoc id = z\n',
      '# newdoc\n',
      '-DOCSTART- -X- O O\n',
      '\n# newdoc id = q\n\n',
    ),
    fc.constantFrom(
      '1\tA\tB-PER\t-\t-\n',
      'a\tO\nb\tI-PER\n',
      'a b c O\n',
      'B-LOC',
      '# text = x',
      '\n1\tA\t_\t-\t-\n\n',
      '2\tB\n',
      '1\tA\tS-LOC\t-\t-\n',
      'E-PER',
    ),
    madeSentence.map((made) => `\n${blockOf(made, '\n')}`),
  );
  const change = fc.record({ from: fc.nat(), length: fc.oneof(fc.nat(3), fc.nat(60)), text: snippets });

  it('equals reading the whole text, for any edits, one after the other and several at once', () => {
    fc.assert(
      fc.property(
        corpus,
        fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        (made, rounds) => {
          let text = made.text;
          let document = parseColumns(text);
          for (const round of rounds) {
            const edits = disjoint(text, round, made.eol);
            text = applyEdits(text, edits);
            document = updateColumns(document, edits, linesAfter(text));
            assert.deepEqual(document, parseColumns(text));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('keeps every sentence that no edit touches the same object', () => {
    const blocks = Array.from({ length: 100 }, (_, index) => `1\tw${String(index)}\tO\t-\t-\n2\tx\tO\t-\t-\n`);
    const text = blocks.join('\n');
    const before = parseColumns(text);
    const edits = [3, 50, 98].flatMap((sentence) => {
      const at = tokenPlace(before, sentence, 0);
      return at === undefined ? [] : [{ ...at, text: 'neu\tO\t-\t-\n1\tmore' }];
    });
    const after = applyEdits(text, edits);
    const updated = updateColumns(before, edits, linesAfter(after));
    assert.deepEqual(updated, parseColumns(after));
    const changed = updated.sentences.flatMap((sentence, index) =>
      sentence === before.sentences[index] ? [] : [index],
    );
    assert.deepEqual(changed, [3, 50, 98]);
  });
});

/** Edits at random places of a text that do not overlap and never divide a CRLF. */
function disjoint(
  text: string,
  changes: readonly { from: number; length: number; text: string }[],
  eol: '\n' | '\r\n',
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let last = -1;
  const starts = lineStarts(text);
  for (const { from, length, text: inserted } of changes
    .map((change) => ({ ...change, from: change.from % (text.length + 1) }))
    .sort((a, b) => a.from - b.from)) {
    const start = place(text, from);
    const end = place(text, Math.min(from + length, text.length));
    if (offsetAt(text, starts, start) <= last) continue;
    last = offsetAt(text, starts, end);
    edits.push({ start, end, text: inserted.replaceAll('\n', eol) });
  }
  return edits;
}
