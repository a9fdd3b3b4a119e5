import type { CorpusSentence } from '../corpus.ts';
import { NO_LABEL } from '../span.ts';
import type { Format, Output, Writer, WriteOptions } from './format.ts';
import { escapeHtml } from '../report/markup.ts';

/** Marks differ by the form of their line as well as by colour; every one carries its label. */
const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.7 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1rem; margin: 2.5rem 0 0.5rem; }
p { margin: 0.4rem 0; }
p.open { opacity: 0.65; }
p.cut { opacity: 0.65; text-align: center; }
mark { color: inherit; background: none; border-bottom: 2px solid #0a5bb5; padding: 0 0.1em; }
mark.l1 { border-color: #b3460b; border-bottom-style: dashed; } mark.l2 { border-color: #1a7f37; border-bottom-style: double; border-bottom-width: 4px; }
mark.l3 { border-color: #8250df; border-bottom-style: dotted; border-bottom-width: 3px; }
@media (prefers-color-scheme: dark) { mark { border-color: #6cb3ff; } mark.l1 { border-color: #ffa657; } mark.l2 { border-color: #56d364; } mark.l3 { border-color: #d2a8ff; } }
sup { font-size: 0.65em; margin-left: 0.2em; font-weight: 600; }
`;
const FORMS = 4;

function paragraph({ text, tokens, layer }: CorpusSentence, formOf: (label: string) => number): string {
  let at = 0;
  const parts: string[] = [];
  for (const { first, end, label } of layer ?? []) {
    const start = tokens[first]?.start ?? at;
    const stop = tokens[end - 1]?.end ?? start;
    const form = formOf(label);
    const name = label === NO_LABEL ? '' : `<sup>${escapeHtml(label)}</sup>`;
    parts.push(
      escapeHtml(text.slice(at, start)),
      `<mark class="l${String(form)}">${escapeHtml(text.slice(start, stop))}${name}</mark>`,
    );
    at = stop;
  }
  parts.push(escapeHtml(text.slice(at)));
  return `<p${layer === null ? ' class="open" title="not annotated"' : ''} dir="auto">${parts.join('')}</p>\n`;
}

function writer(options: WriteOptions): Writer {
  const forms = new Map<string, number>();
  const formOf = (label: string): number => {
    const form = forms.get(label) ?? forms.size % FORMS;
    forms.set(label, form);
    return form;
  };
  const title = escapeHtml(options.name);
  let begun = false;
  let documentId: string | undefined;
  let left = 0;
  const output = (text: string): readonly Output[] => {
    const head = begun
      ? ''
      : `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>${title}</title>\n<style>${style}</style>\n</head>\n<body>\n<h1>${title}</h1>\n`;
    begun = true;
    return [{ file: '', text: head + text }];
  };
  return {
    add: (item) => {
      if (item.kind === 'cut') left += item.left;
      if (item.kind !== 'sentence') return [];
      const { sentence } = item;
      const opens = sentence.documentId !== documentId;
      documentId = sentence.documentId;
      const heading = opens && documentId !== undefined ? `<h2>${escapeHtml(documentId)}</h2>\n` : '';
      const gap =
        left === 0 || (opens && begun)
          ? ''
          : `<p class="cut">[… ${left === 1 ? '1 sentence' : `${String(left)} sentences`} left out]</p>\n`;
      left = 0;
      return output(heading + gap + paragraph(sentence, formOf));
    },
    end: () => output('</body>\n</html>\n'),
  };
}

/** A page for reading: a paragraph a sentence, entities marked with their labels. Out only. */
export const html: Format = {
  id: 'html',
  title: 'HTML for reading',
  extensions: ['html'],
  shape: 'file',
  holds: {
    tokens: false,
    sentences: true,
    sentenceIds: false,
    documentIds: true,
    unannotated: true,
    annotators: false,
    comments: false,
    spacedWords: true,
    runningText: false,
  },
  write: writer,
};
