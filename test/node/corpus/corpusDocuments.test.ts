import { strict as assert } from 'node:assert';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { CorpusInputError } from '../../../src/node/corpus/utf8Text.ts';
import { CountCache, sentencesOf } from '../../../src/node/corpus/corpusDocuments.ts';
import type { CorpusDocument, DocumentSentence } from '../../../src/node/corpus/corpusDocuments.ts';
import { diskFiles } from '../../../src/node/corpus/corpusFiles.ts';
import type { CorpusFiles } from '../../../src/node/corpus/corpusFiles.ts';

const columns = '# text = Ada slept\n1\tAda\tB-PER\t-\tg\n2\tslept\tO\t-\t-\n\n';
const prose = '\uFEFFAda slept through the whole of that long night. Rome\nfell. Ada slept.\n\nIt rained.\n';
const proseGold = '# text = Rome fell.\n1\tRome\tB-LOC\t-\tg\n2\tfell\tO\t-\t-\n3\t.\tO\t-\t-\n\n';

describe('documents of a corpus on disk', () => {
  let folder = '';
  const never = new AbortController().signal;
  const made = async (name: string, text: string | Uint8Array): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return file;
  };
  const read = async (document: CorpusDocument, signal = never): Promise<DocumentSentence[]> => {
    const sentences: DocumentSentence[] = [];
    for await (const found of sentencesOf(diskFiles, document, signal)) sentences.push(...found);
    return sentences;
  };
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'entity-lens-corpus-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are read with the line of each token', async () => {
    const file = await made('long.iob2', columns.repeat(2000));
    const sentences = await read({ file, gold: undefined });
    assert.equal(sentences.length, 2000);
    const last = sentences.at(-1);
    assert.deepEqual([last?.gold, last?.lineOf(0)], [[{ first: 0, end: 1, label: 'PER' }], 4 * 1999 + 1]);
  });

  it('are prose with its gold beside it, in the words of the text', async () => {
    const file = await made('news.txt', prose);
    const gold = await made('news.txt.iob2', proseGold);
    const sentences = await read({ file, gold });
    assert.deepEqual(
      sentences.map((sentence) => [sentence.text, sentence.gold?.length ?? null, sentence.lineOf(0)]),
      [
        ['Ada slept through the whole of that long night.', null, 0],
        ['Rome\nfell.', 1, 0],
        ['Ada slept.', null, 1],
        ['It rained.', null, 3],
      ],
    );
    assert.equal(sentences[1]?.lineOf(1), 1);
  });

  it('are read again only when a file changed', async () => {
    const file = await made('cached.iob2', columns);
    let reads = 0;
    const files: CorpusFiles = {
      stamp: diskFiles.stamp.bind(diskFiles),
      text: (name, signal) => {
        reads++;
        return diskFiles.text(name, signal);
      },
    };
    const cache = new CountCache(files);
    const document = { file, gold: undefined };
    assert.equal((await cache.of(document, never)).sentences, 1);
    assert.equal((await cache.of(document, never)).labels.get('PER'), 1);
    assert.equal(reads, 1);
    await writeFile(file, columns.repeat(3));
    await utimes(file, new Date(), new Date(Date.now() + 5000));
    assert.equal((await cache.of(document, never)).sentences, 3);
    assert.equal(reads, 2);
    cache.keep(new Set());
    await cache.of(document, never);
    assert.equal(reads, 3);
  });

  it('can be left in the middle, and say what they cannot read', async () => {
    const file = await made('many.iob2', columns.repeat(5000));
    const stop = new AbortController();
    let seen = 0;
    await assert.rejects(
      async () => {
        for await (const found of sentencesOf(diskFiles, { file, gold: undefined }, stop.signal)) {
          seen += found.length;
          if (seen > 0) stop.abort();
        }
      },
      { name: 'AbortError' },
    );
    assert.ok(seen > 0 && seen < 5000);
    const binary = await made('binary.iob2', Uint8Array.of(0x41, 0xff, 0xfe));
    await assert.rejects(read({ file: binary, gold: undefined }), CorpusInputError);
    await assert.rejects(read({ file: path.join(folder, 'absent.iob2'), gold: undefined }), { code: 'ENOENT' });
  });

  it('let others work while they are read', async () => {
    const file = await made('large.iob2', columns.repeat(40_000));
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await new CountCache(diskFiles).of({ file, gold: undefined }, never);
    clearInterval(timer);
    process.stdout.write(`      longest wait while 80,000 tokens were counted: ${longest.toFixed(1)} ms\n`);
    assert.ok(longest > 0 && longest < 500);
  });
});
