import type { CorpusItem, CorpusSentence } from '../corpus.ts';
import type { ColumnLayout } from '../columns/document.ts';
import type { Tagging } from '../tagging.ts';

/** What a reader is told besides the text. */
export interface ReadOptions {
  /** The name of the document where the format gives none: the file's name without its ending. */
  readonly name?: string | undefined;
  /** Which columns there are, where the detection is wrong. */
  readonly layout?: ColumnLayout | undefined;
  /** The names of numbered tags, in order. */
  readonly tagNames?: readonly string[] | undefined;
  /** How offsets are counted; undefined takes what the format says, or what fits the text. */
  readonly offsets?: OffsetUnit | undefined;
  /** The annotations that belong to the text (brat's `.ann`); undefined where there is no such file. */
  readonly annotations?: string | undefined;
  /** What becomes of predictions that stand beside annotations: notes of the sentence (where nothing is said), gold where nobody annotated, or nothing. */
  readonly predictions?: PredictionsUse | undefined;
}

/** What becomes of another program's predictions. */
export type PredictionsUse = 'notes' | 'gold' | 'none';

/** What a writer is told besides the corpus. */
export interface WriteOptions {
  /** The name of the corpus, for files that are made and for descriptions. */
  readonly name: string;
  /** Who annotated what has no name of its own. */
  readonly annotator: string;
  readonly eol: '\n' | '\r\n';
  readonly tagging?: Tagging | undefined;
  readonly offsets?: OffsetUnit | undefined;
  /** Which part of a split corpus a sentence belongs to, where it is split. */
  readonly splitOf?: ((sentence: CorpusSentence) => DatasetSplit) | undefined;
  /** In which files a dataset folder's rows will lie, as its card names them; JSON Lines where nothing is said. */
  readonly dataFiles?: 'jsonl' | 'parquet' | undefined;
  /** What the description of a dataset says. */
  readonly card?: DatasetCard | undefined;
}

/** The parts of a split corpus. */
export type DatasetSplit = 'train' | 'validation' | 'test';

/** What only a person can say of a dataset. */
export interface DatasetCard {
  /** As Hugging Face names it: `cc-by-sa-4.0`. */
  readonly licence?: string | undefined;
  /** ISO 639-1 codes. */
  readonly languages?: readonly string[] | undefined;
  /** Where the texts and annotations come from, a sentence each. */
  readonly provenance?: readonly string[] | undefined;
  /** The models whose answers stand where nobody annotated. */
  readonly models?: readonly string[] | undefined;
}

/** How a format counts characters. */
export type OffsetUnit = 'codePoint' | 'utf16' | 'byte';

/** Takes a text piece by piece and gives what is complete; `end` gives the rest. */
export interface Reader {
  readonly push: (text: string) => readonly CorpusItem[];
  readonly end: () => readonly CorpusItem[];
}

/** A piece of output: more text for the file with this name, relative to the target ('' where the target is one file). */
export interface Output {
  readonly file: string;
  readonly text: string;
}

/** Takes a corpus step by step and gives text that is ready; `end` gives the rest. */
export interface Writer {
  readonly add: (item: CorpusItem) => readonly Output[];
  readonly end: () => readonly Output[];
}

/** What a format can hold besides tokens' texts and spans; the rest is a loss, which is counted before writing. */
export interface Holds {
  /** Where words begin and end. */
  readonly tokens: boolean;
  /** Where sentences begin and end. */
  readonly sentences: boolean;
  readonly sentenceIds: boolean;
  readonly documentIds: boolean;
  /** That nobody annotated a sentence yet. */
  readonly unannotated: boolean;
  readonly annotators: boolean;
  readonly comments: boolean;
  /** Words that contain spaces. */
  readonly spacedWords: boolean;
  /** White space between and inside sentences as it was. */
  readonly runningText: boolean;
  /** What separates cells, where words and labels stand in such: what would end a cell is written in another way. */
  readonly cells?: '\t' | ' ';
  /** What other programs predicted, beside annotations. */
  readonly predictions?: boolean;
  /** The keys of comments that are kept although comments are not. */
  readonly notes?: readonly string[];
  /** What is decided of a sentence some of whose words are undecided. */
  readonly partial?: boolean;
}

/** The formats by the names that commands take. */
export type FormatId =
  | 'iob2'
  | 'conll2003'
  | 'bioes'
  | 'bilou'
  | 'conllu'
  | 'conllup'
  | 'jsonl'
  | 'doccano'
  | 'prodigy'
  | 'spacy'
  | 'label-studio'
  | 'brat'
  | 'text'
  | 'hf'
  | 'html';

/** A file format: one file in this folder and one row in the registry. */
export interface Format {
  readonly id: FormatId;
  readonly title: string;
  /** Usual endings of its files, without the dot, the first one for new files. */
  readonly extensions: readonly string[];
  /** Whether it is one file, a pair of files for each document, or a folder. */
  readonly shape: 'file' | 'pairs' | 'folder';
  readonly holds: Holds;
  readonly read?: (options: ReadOptions) => Reader;
  readonly write?: (options: WriteOptions) => Writer;
}
