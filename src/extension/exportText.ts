import type { CorpusSentence } from '../core/corpus.ts';
import { writeIob2 } from '../core/formats/iob2.ts';
import { writeJsonl } from '../core/formats/jsonl.ts';
import { encode } from '../core/scheme.ts';
import { sourceNames } from './layers.ts';
import type { ExportFormat, ExportSentence } from './exportPlan.ts';

/** An export as a file's text; `annotator` stands beside gold tags whose sentence does not say who decided them. */
export function exportText(sentences: readonly ExportSentence[], format: ExportFormat, annotator: string): string {
  const corpus = sentences.map((one) => corpusSentence(one));
  const parts = format === 'iob2' ? writeIob2(corpus, { eol: '\n', annotator }) : writeJsonl(corpus);
  return [...parts].join('');
}

/** What a model filled in carries the model's name, so that a reader can tell it from people's decisions. */
function corpusSentence({ sentence, layer, source }: ExportSentence): CorpusSentence {
  const { text, tokens, id, documentId } = sentence;
  const annotators =
    source === 'gold'
      ? sentence.annotators
      : encode(layer, tokens.length, 'full').map((tag) => (tag === 'O' ? undefined : sourceNames[source]));
  return { text, tokens, id, documentId, layer, annotators };
}
