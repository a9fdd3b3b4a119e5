import { strict as assert } from 'node:assert';
import { AutoTokenizer } from '@huggingface/transformers';
import { describe, it } from 'mocha';
import { tokenizerFacts } from '../../src/inference/modelFiles.ts';
import { useLocalFilesOnly } from '../../src/inference/modelStore.ts';
import { MAX_PIECES_OF_WORD, WordPieces } from '../../src/inference/wordPieces.ts';
import { specOf } from '../../src/node/models/manifest.ts';
import { bundled, modelsRoot, sentences } from './support/bundled.ts';

async function tokenizerOf(source: 'bert' | 't5') {
  useLocalFilesOnly();
  const spec = specOf(bundled(source), modelsRoot);
  const tokenizer = await AutoTokenizer.from_pretrained(`${modelsRoot}/${spec.folder}`, { local_files_only: true });
  const facts = await tokenizerFacts(spec);
  return { tokenizer, markers: facts.markers, pieces: new WordPieces(tokenizer, facts, tokenizer.unk_token_id) };
}

for (const source of ['bert', 't5'] as const) {
  describe(`the pieces of words for ${source}`, () => {
    it('joined are those of the whole sentence', async () => {
      const { tokenizer, pieces } = await tokenizerOf(source);
      for (const words of sentences) {
        const whole = tokenizer.encode(words.join(' '), { add_special_tokens: false });
        assert.deepEqual(
          words.flatMap((word) => pieces.ofWord(word)),
          whole,
        );
      }
    });

    it('never are markers, whatever the word', async () => {
      const { tokenizer, markers, pieces } = await tokenizerOf(source);
      assert.ok(markers.length > 3);
      const ids = new Set(markers.map((marker) => tokenizer.get_vocab().get(marker)));
      ids.delete(tokenizer.unk_token_id);
      for (const word of [...markers, ...markers.map((marker) => `x${marker}y${marker}`), markers.join('')]) {
        const found = pieces.ofWord(word).filter((id) => ids.has(id));
        assert.deepEqual(found, [], word);
      }
    });

    it('are at least one and not too many', async () => {
      const { pieces } = await tokenizerOf(source);
      for (const word of ['', ' ', '\u200B', '\uFE0F', '😀', '👩‍👩‍👧', '日本語', 'שלום', '\u0000', '\uD800']) {
        assert.ok(pieces.ofWord(word).length >= 1, JSON.stringify(word));
      }
      assert.equal(pieces.ofWord('x1-'.repeat(5_000)).length <= MAX_PIECES_OF_WORD, true);
    });
  });
}

describe('the pieces of a prompt', () => {
  it('are those of the tokenizer, and a marker in it is its one piece', async () => {
    const { tokenizer, pieces } = await tokenizerOf('t5');
    const text = 'full PER LOC ORG - : Angela \n flew  to Berlin';
    const plain = tokenizer.encode(text.replaceAll(/\s+/gu, ' '), { add_special_tokens: false });
    assert.deepEqual(pieces.ofPrompt(text), plain);
    const token = bundled('t5').prompt?.tagTokens['O'] ?? '';
    const id = tokenizer.get_vocab().get(token);
    assert.ok(id !== undefined);
    assert.deepEqual(pieces.ofPrompt(`Angela ${token}`), [...pieces.ofWord('Angela'), id]);
  });
});
