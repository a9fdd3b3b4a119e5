import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The labels of OntoNotes 5. */
export const ontoNotes: readonly string[] = [
  'PERSON',
  'NORP',
  'FAC',
  'ORG',
  'GPE',
  'LOC',
  'PRODUCT',
  'EVENT',
  'WORK_OF_ART',
  'LAW',
  'LANGUAGE',
  'DATE',
  'TIME',
  'PERCENT',
  'MONEY',
  'QUANTITY',
  'ORDINAL',
  'CARDINAL',
];

/** What a tiny classifier knows: a tag of its own for some words, O for every other word. */
export interface TinyClassifier {
  /** In the order of its logits; the first is what unknown words get. */
  readonly tags: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  /** Whether its tokenizer works on bytes and takes the blank before a word into the word's piece, as that of RoBERTa does. */
  readonly byteLevel?: boolean;
  /** What config.json says besides. */
  readonly config?: Readonly<Record<string, unknown>>;
}

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];

/**
 * Writes a real token classifier in the layout of transformers.js: a WordPiece tokenizer of whole words and an ONNX graph
 * that looks each word's logits up in a table. A few kilobytes, any number of tags, and known answers.
 */
export async function writeTinyClassifier(folder: string, model: TinyClassifier): Promise<void> {
  const words = Object.keys(model.words);
  const merged = model.byteLevel === true ? words.map((word) => prefixesOf(`Ġ${word}`)) : [];
  const letters = [...new Set(words.flatMap((word) => Array.from(`Ġ${word}`)))];
  const vocabulary = [...SPECIAL, ...(model.byteLevel === true ? [...letters, ...merged.flat()] : words)];
  const table = vocabulary.flatMap((word) => {
    const tag = model.words[word.replace('Ġ', '')] ?? model.tags[0];
    return model.tags.map((one) => (one === tag ? 6 : 0));
  });
  const json = async (name: string, value: unknown): Promise<void> => {
    await writeFile(path.join(folder, name), JSON.stringify(value));
  };
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  await json('config.json', {
    architectures: ['BertForTokenClassification'],
    model_type: 'bert',
    max_position_embeddings: 512,
    id2label: Object.fromEntries(model.tags.map((tag, id) => [String(id), tag])),
    ...model.config,
  });
  await json('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    model_max_length: 512,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
  });
  const frame = (token: string): object => ({ SpecialToken: { id: token, type_id: 0 } });
  await json('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
    })),
    normalizer: null,
    pre_tokenizer:
      model.byteLevel === true
        ? { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
        : { type: 'WhitespaceSplit' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [frame('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, frame('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((token) => [token, { id: token, ids: [SPECIAL.indexOf(token)], tokens: [token] }]),
      ),
    },
    decoder: model.byteLevel === true ? { type: 'ByteLevel' } : { type: 'WordPiece', prefix: '##', cleanup: false },
    model: {
      ...(model.byteLevel === true
        ? {
            type: 'BPE',
            merges: merged.flatMap((prefixes) => prefixes.map((prefix) => [prefix.slice(0, -1), prefix.slice(-1)])),
          }
        : { type: 'WordPiece', continuing_subword_prefix: '##', max_input_chars_per_word: 100 }),
      unk_token: '[UNK]',
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  });
  await writeFile(path.join(folder, 'onnx', 'model_quantized.onnx'), lookUpGraph(table, model.tags.length));
}

/** The prefixes of a word from two letters on, which byte-pair merges build one after the other. */
function prefixesOf(word: string): readonly string[] {
  return Array.from({ length: word.length - 1 }, (_, index) => word.slice(0, index + 2));
}

// The wire format of protocol buffers, as far as ONNX needs it here: varints (type 0) and bytes (type 2).
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function number(field: number, value: number): Buffer {
  return Buffer.from([...varint(field * 8), ...varint(value)]);
}

function bytes(field: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
}

const FLOAT = 1;
const INT64 = 7;

/** `logits[batch, piece] = table[input_ids[batch, piece]]`, with `width` logits a piece. */
function lookUpGraph(table: readonly number[], width: number): Buffer {
  const value = (name: string, type: number, dimensions: readonly (string | number)[]): Buffer[] => {
    const shape = dimensions.map((size) => bytes(1, typeof size === 'number' ? number(1, size) : bytes(2, size)));
    return [bytes(1, name), bytes(2, bytes(1, number(1, type), bytes(2, ...shape)))];
  };
  const data = Buffer.from(new Float32Array(table).buffer);
  const rows = table.length / width;
  return Buffer.concat([
    number(1, 8),
    bytes(
      7,
      bytes(1, bytes(1, 'table'), bytes(1, 'input_ids'), bytes(2, 'logits'), bytes(4, 'Gather')),
      bytes(2, 'lookUp'),
      bytes(5, number(1, rows), number(1, width), number(2, FLOAT), bytes(8, 'table'), bytes(9, data)),
      bytes(11, ...value('input_ids', INT64, ['batch', 'pieces'])),
      bytes(11, ...value('attention_mask', INT64, ['batch', 'pieces'])),
      bytes(12, ...value('logits', FLOAT, ['batch', 'pieces', width])),
    ),
    bytes(8, number(2, 13)),
  ]);
}

/** A classifier that knows one or two words for each label, in the full scheme. */
export function labelledWords(labels: readonly string[], words: Readonly<Record<string, string>>): TinyClassifier {
  return { tags: ['O', ...labels.flatMap((label) => [`B-${label}`, `I-${label}`])], words };
}
