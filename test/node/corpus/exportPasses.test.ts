import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { CorpusSentence } from '../../../src/core/corpus.ts';
import { writeIob2 } from '../../../src/core/formats/iob2.ts';
import { shapeOf } from '../../../src/core/formats/parts.ts';
import { formatOf, formats } from '../../../src/core/formats/registry.ts';
import { RECORDS } from '../../../src/core/formats/records.ts';
import type { Format } from '../../../src/core/formats/format.ts';
import type { Layer } from '../../../src/core/span.ts';
import { splitSentences } from '../../../src/core/splitSentences.ts';
import { tokenize } from '../../../src/core/tokenize.ts';
import { readCorpus } from '../../../src/node/corpus/corpusInput.ts';
import { prepareExport, writeExport } from '../../../src/node/corpus/exportPasses.ts';
import type { ExportPlan, PreparedExport } from '../../../src/node/corpus/exportPasses.ts';
import { proseSource } from '../../../src/node/corpus/exportSources.ts';
import type { ReadBytes } from '../../../src/node/corpus/exportSources.ts';

const news = path.resolve('samples', 'news.txt');
const read: ReadBytes = async function* (file) {
  yield await readFile(file);
};
const never = new AbortController().signal;
const quiet = (): void => undefined;

/** Words that begin with a capital letter, as if a person had labelled them. */
function capitals(forms: readonly string[]): Layer {
  return forms.flatMap((form, first) => (/^\p{Lu}/u.test(form) ? [{ first, end: first + 1, label: 'X' }] : []));
}

/** The sentence with neighbouring spans, which all have one label here, as one. */
function joined(sentence: CorpusSentence): CorpusSentence {
  const layer = (sentence.layer ?? []).reduce<Layer>((spans, span) => {
    const last = spans.at(-1);
    return last?.end === span.first ? [...spans.slice(0, -1), { ...last, end: span.end }] : [...spans, span];
  }, []);
  return { ...sentence, layer };
}

describe('an export of half-annotated prose', () => {
  let folder = '';
  let complete: readonly CorpusSentence[] = [];
  let all = 0;
  let texts: readonly string[] = [];
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-export-'));
    const text = await readFile(news, 'utf8');
    const sentences = splitSentences(text).map(({ start, end }): CorpusSentence => {
      const own = text.slice(start, end);
      const tokens = tokenize(own);
      return { text: own, tokens, layer: capitals(tokens.map(({ form }) => form)) };
    });
    all = sentences.length;
    texts = sentences.map((sentence) => sentence.text);
    // Runs of two, single ones, sentences that the file does not hold, and one in which a word is undecided.
    const annotated = sentences.filter((_, index) => index % 5 < 2 || index % 7 === 0);
    const [doubtful, ...rest] = annotated;
    complete = rest;
    const file = [...writeIob2(annotated, { eol: '\n', annotator: 'ada' })].join('');
    const block = file.slice(0, file.indexOf('\n\n'));
    await writeFile(path.join(folder, 'news.txt.iob2'), block.replace(/\tO\t/, '\t_\t') + file.slice(block.length));
    await writeFile(path.join(folder, 'news.txt'), text);
    assert.ok(doubtful !== undefined && doubtful.tokens.length > 1);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const plan = async (format: Format, more: Partial<ExportPlan> = {}): Promise<ExportPlan> => {
    const file = async (name: string): Promise<{ file: string; name: string; size: number }> => {
      const place = path.join(folder, name);
      return { file: place, name, size: (await stat(place)).size };
    };
    return {
      sources: [proseSource(await file('news.txt'), await file('news.txt.iob2'), read)],
      choice: { take: 'gold', labelMap: {}, scheme: 'full' },
      format,
      split: undefined,
      records: 'run',
      filler: undefined,
      name: 'news',
      annotator: '-',
      card: {},
      version: '0',
      ...more,
    };
  };
  const write = async (wanted: ExportPlan, name: string): Promise<[PreparedExport, string]> => {
    const target = path.join(folder, 'out', name);
    await rm(target, { recursive: true, force: true });
    const { mkdir } = await import('node:fs/promises');
    await mkdir(path.dirname(target), { recursive: true });
    const prepared = await prepareExport(wanted, never, quiet);
    await writeExport(prepared, { path: target, replace: true }, never, quiet);
    return [prepared, target];
  };
  const nameOf = (format: Format, records: string): string =>
    shapeOf(format, false) === 'folder'
      ? `${format.id}-${records}`
      : `${format.id}-${records}.${format.extensions[0] ?? 'x'}`;
  const strings = (sentences: readonly CorpusSentence[]): readonly string[] =>
    sentences.flatMap(({ text, tokens, layer }) =>
      (layer ?? []).map(
        ({ first, end, label }) => `${label} ${text.slice(tokens[first]?.start, tokens[end - 1]?.end)}`,
      ),
    );

  for (const format of formats.filter((one) => one.write !== undefined))
    for (const records of RECORDS)
      it(`to ${format.id}, a record a ${records}, holds its complete sentences and nothing else`, async () => {
        const [{ counts }, target] = await write(await plan(format, { records }), nameOf(format, records));
        assert.deepEqual(
          [counts.sentences, counts.left, counts.inProgress],
          [complete.length, all - complete.length, 1],
        );
        assert.equal(counts.entities, strings(complete).length);
        const files = (await stat(target)).isDirectory()
          ? (await readdir(target, { recursive: true })).map((name) => path.join(target, name))
          : [target];
        const written = (
          await Promise.all(files.map(async (file) => ((await stat(file)).isFile() ? readFile(file, 'utf8') : '')))
        ).join('\n');
        const whole = new Set(complete.map(({ text }) => text));
        const missing = texts.filter((text) => !whole.has(text));
        // A string that only a sentence holds which must not go out.
        for (const text of missing.filter((one) => !/["\\]/.test(one)))
          for (const words of text.split('\n'))
            if (words.length > 30) assert.ok(!written.includes(words), `${format.id} wrote “${words}”`);
        if (format.read === undefined) return;
        const back = [...readCorpus(target, { format: format.id })].map(({ item }) => item);
        const sentences = back.flatMap((item) => (item.kind === 'sentence' ? [item.sentence] : []));
        assert.deepEqual(
          back.filter((item) => item.kind === 'issue' && item.issue.reason !== 'bareLabels'),
          [],
        );
        assert.ok(sentences.every(({ layer }) => layer !== null));
        // Bare labels cannot tell neighbours of one label apart; the export counts that as a loss.
        const held = format.holds.neighbours === false ? complete.map(joined) : complete;
        assert.deepEqual([...strings(sentences)].sort(), [...strings(held)].sort());
        const plain = (list: readonly CorpusSentence[]): string =>
          [...list.map(({ tokens }) => tokens.map(({ form }) => form).join(''))].sort().join('\n');
        if (format.holds.sentences) assert.equal(plain(sentences), plain(complete));
        if (format.holds.runningText && format.id !== 'brat') {
          const records2 = back.filter((item) => item.kind === 'document');
          if (records === 'sentence') assert.equal(records2.length, format.id === 'spacy' ? complete.length : 0);
          else assert.ok(records2.length > 2 && records2.length < complete.length);
        }
      });

  it('makes ids of sentences that stay when more of them are taken, and writes their text once', async () => {
    for (const id of ['iob2', 'bioes', 'conllu'] as const) {
      const [, target] = await write(await plan(formatOf(id)!), `ids.${id}`);
      const text = await readFile(target, 'utf8');
      const ids = [...text.matchAll(/^# sent_id = (.*)$/gm)].map(([, name]) => name);
      assert.deepEqual(
        ids,
        complete.map((sentence) => `news.txt-${String(texts.indexOf(sentence.text) + 1).padStart(4, '0')}`),
      );
      assert.equal([...text.matchAll(/^# text = /gm)].length, complete.length);
    }
  });

  it('is read back byte for byte in columns', async () => {
    for (const format of formats.filter(
      (one) => one.read !== undefined && one.holds.sentenceIds && one.holds.comments,
    )) {
      const [, target] = await write(await plan(format), `bytes.${format.id}`);
      const text = await readFile(target, 'utf8');
      const writer = format.write?.({ name: 'x', annotator: '-', eol: '\n' });
      const items = [...readCorpus(target, { format: format.id })].map(({ item }) => item);
      const again = [...items.flatMap((item) => writer?.add(item) ?? []), ...(writer?.end() ?? [])];
      assert.equal(again.map((piece) => piece.text).join(''), text, format.id);
    }
  });

  it('goes out whole where nothing is left out of it, and with models’ answers where those are asked for', async () => {
    const doccano = formatOf('doccano')!;
    const filler = {
      name: 'BERT',
      model: { id: 'b', name: 'BERT', files: [] },
      fill: (sentences: readonly CorpusSentence[]) =>
        Promise.resolve(sentences.map(({ tokens }) => capitals(tokens.map(({ form }) => form)))),
    };
    const [{ counts }, target] = await write(await plan(doccano, { filler }), 'filled.jsonl');
    assert.deepEqual([counts.left, counts.filled], [0, all - complete.length]);
    const rows = (await readFile(target, 'utf8')).trim().split('\n');
    assert.deepEqual(
      rows.map((row) => (JSON.parse(row) as { text: string }).text),
      [await readFile(news, 'utf8')],
    );
  });
});
