import type { CorpusItem } from '../corpus.ts';
import { goldParts } from '../decisions.ts';
import { encodeAs, decodeAs } from '../tagging.ts';
import type { Token } from '../token.ts';
import { inUtf16 } from './charSpans.ts';
import type { CharSpan } from './charSpans.ts';
import { DocumentGatherer } from './documents.ts';
import type { DocumentStep } from './documents.ts';
import type { Format, Output, Writer } from './format.ts';
import { elementsOf, isObject, issueItem, jsonReader, spanOf, textAt, wordsIn } from './json.ts';
import type { Json } from './json.ts';
import { itemsOfRow } from './rows.ts';
import { joinForms } from './tokenOffsets.ts';

/** A sentence of the training format: words with `orth` and a BILUO tag, `-` where nobody decided. */
interface TrainingSentence {
  readonly id: string | undefined;
  readonly forms: readonly string[];
  readonly tags: readonly string[];
}

function trainingSentence(value: unknown): TrainingSentence | undefined {
  if (!isObject(value)) return undefined;
  const tokens = elementsOf(value['tokens']).filter(isObject);
  const words = tokens.flatMap((token) => {
    const form = textAt(token, 'orth') ?? '';
    return form.trim() === '' ? [] : [{ form, tag: textAt(token, 'ner') ?? '-' }];
  });
  if (words.length === 0) return undefined;
  return { id: textAt(value, 'id'), forms: words.map(({ form }) => form), tags: words.map(({ tag }) => tag) };
}

function paragraphItems(paragraph: Json, documentId: string | undefined, line: number): readonly CorpusItem[] {
  const sentences = elementsOf(paragraph['sentences'])
    .map(trainingSentence)
    .filter((sentence) => sentence !== undefined);
  const forms = sentences.flatMap((sentence) => sentence.forms);
  if (forms.length === 0) return [];
  const items: CorpusItem[] = [];
  const raw = textAt(paragraph, 'raw');
  const placed = raw === undefined ? undefined : wordsIn(raw, forms);
  if (raw !== undefined && placed === undefined)
    items.push(
      issueItem(
        line,
        'warning',
        'textMismatch',
        'The words of this paragraph are not those of its “raw” text: correct one of them. The words joined by spaces were taken.',
      ),
    );
  const { text, tokens } = raw !== undefined && placed !== undefined ? { text: raw, tokens: placed } : joinForms(forms);
  if (placed !== undefined) items.push({ kind: 'document', id: documentId, text });
  let first = 0;
  for (const { id, forms: own, tags } of sentences) {
    const words = tokens.slice(first, first + own.length);
    first += own.length;
    const start = words[0]?.start ?? 0;
    const end = words.at(-1)?.end ?? start;
    const decoded = decodeAs(
      tags.map((tag) => (tag === '-' || tag === '' ? 'O' : tag)),
      'bilou',
    );
    for (const index of decoded.illegal)
      items.push(
        issueItem(
          line,
          'warning',
          'orphanTag',
          `The tag ${tags[index] ?? ''} of “${own[index] ?? ''}” breaks the rules of BILUO and was read as well as it can be: correct it.`,
        ),
      );
    const undecided = tags.flatMap((tag, token) => (tag === '-' ? [token] : []));
    const { gold, partial } = goldParts({ layer: decoded.layer, undecided }, tags.length);
    items.push({
      kind: 'sentence',
      sentence: {
        text: text.slice(start, end),
        tokens: words.map((token) => ({ ...token, start: token.start - start, end: token.end - start })),
        layer: gold,
        ...(partial === undefined ? {} : { partial }),
        id,
        documentId,
      },
      ...(placed === undefined ? {} : { start }),
      lineOf: () => line,
    });
  }
  return items;
}

/** `{text, ents, tokens, sents}` as a Doc writes itself, or `{text, entities}` and `[text, {entities}]` as training scripts have it. */
function docItems(text: string, doc: Json, line: number): readonly CorpusItem[] {
  const entities = doc['ents'] ?? doc['entities'];
  const spans = elementsOf(entities).map((entity): CharSpan | undefined => {
    const [start, end, label] = elementsOf(entity);
    return spanOf(Array.isArray(entity) ? { start, end, label } : entity, 'start', 'end', 'label');
  });
  const good = spans.filter((span) => span !== undefined);
  const places = elementsOf(doc['tokens']).map((token) =>
    spanOf(isObject(token) ? { ...token, label: 'token', text: undefined } : token, 'start', 'end', 'label'),
  );
  const whole = places.every((place) => place !== undefined) ? inUtf16(text, places, 'codePoint') : [];
  const tokens = whole
    .map(({ start, end }): Token => ({ form: text.slice(start, end), start, end }))
    .filter(({ form }) => form.trim() !== '');
  const sentences = elementsOf(doc['sents'])
    .map((sent) => spanOf(isObject(sent) ? { ...sent, label: 'sent', text: undefined } : sent, 'start', 'end', 'label'))
    .filter((sent) => sent !== undefined);
  const lengths = inUtf16(text, sentences, 'codePoint').map(
    ({ start, end }) => tokens.filter((token) => token.start >= start && token.start < end).length,
  );
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const left = spans.length - good.length;
  return [
    ...(left === 0
      ? []
      : [
          issueItem(
            line,
            'error',
            'label',
            `${String(left)} entities of this text have no start, end and label: correct them. They were left out.`,
          ),
        ]),
    ...itemsOfRow(
      {
        text,
        spans: Array.isArray(entities) ? inUtf16(text, good, 'codePoint') : null,
        unread: left,
        documentId: textAt(doc, 'doc', 'id'),
        ids: [],
        tokens: tokens.length > 0 ? tokens : undefined,
        lengths: lengths.length > 0 && all === tokens.length ? lengths : undefined,
      },
      line,
    ),
  ];
}

function take(value: unknown, line: number): readonly CorpusItem[] {
  if (Array.isArray(value)) {
    const [text, doc] = value as readonly unknown[];
    if (typeof text === 'string' && isObject(doc)) return docItems(text, doc, line);
  }
  if (isObject(value)) {
    const text = textAt(value, 'text');
    if (text !== undefined) return docItems(text, value, line);
    const paragraphs = elementsOf(value['paragraphs']).filter(isObject);
    if (paragraphs.length > 0)
      return paragraphs.flatMap((paragraph) => paragraphItems(paragraph, textAt(value, 'id'), line));
  }
  return [
    issueItem(
      line,
      'error',
      'noText',
      'This is neither a document with “paragraphs” nor a text with entities: correct it, or name the right format. It was left out.',
    ),
  ];
}

function sentenceJson({ sentence }: Extract<DocumentStep, { kind: 'sentence' }>): string {
  const { tokens, layer, id, text } = sentence;
  const tags = layer === null ? undefined : encodeAs(layer, tokens.length, 'bilou');
  return JSON.stringify({
    ...(id === undefined ? {} : { id }),
    tokens: tokens.map((token, index) => ({
      id: index,
      orth: token.form,
      ner: tags?.[index] ?? '-',
      space: index === tokens.length - 1 || /\s/.test(text.charAt(token.end)),
    })),
    brackets: [],
  });
}

function writer(): Writer {
  const gatherer = new DocumentGatherer();
  let documents = 0;
  let sentences = 0;
  const text = (step: DocumentStep): string => {
    switch (step.kind) {
      case 'open':
        sentences = 0;
        return `${documents++ === 0 ? '[\n' : ',\n'}{${step.id === undefined ? '' : `"id":${JSON.stringify(step.id)},`}"paragraphs":[{"sentences":[`;
      case 'sentence':
        return `${sentences++ === 0 ? '\n' : ',\n'}${sentenceJson(step)}`;
      case 'close':
        return `\n],"raw":${JSON.stringify(step.text)},"cats":[]}]}`;
    }
  };
  const outputs = (steps: readonly DocumentStep[]): readonly Output[] =>
    steps.map((step) => ({ file: '', text: text(step) }));
  return {
    add: (item) => outputs(gatherer.add(item)),
    end: () => [...outputs(gatherer.end()), { file: '', text: documents === 0 ? '[]\n' : '\n]\n' }],
  };
}

/** spaCy's JSON for training, as `spacy convert` takes it; what a Doc writes (`ents`, `tokens`, `sents`) and `[text, {entities}]` are read too. */
export const spacy: Format = {
  id: 'spacy',
  title: 'spaCy training JSON',
  extensions: ['json'],
  shape: 'file',
  holds: {
    tokens: true,
    sentences: true,
    sentenceIds: true,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: true,
    runningText: true,
  },
  read: () => jsonReader(take, { lines: false }),
  write: writer,
};
