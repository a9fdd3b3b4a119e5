import type { CorpusItem } from '../corpus.ts';
import { fittingUnit, inUtf16, offsetsTo } from './charSpans.ts';
import type { Format, Output, ReadOptions, Writer, WriteOptions } from './format.ts';
import { elementsOf, isObject, issueItem, jsonReader, numbersOf, spanOf, textAt, textsOf, wordsIn } from './json.ts';
import { isRegionList } from './jsonRows.ts';
import { dataOf, labelStudio } from './labelStudio.ts';
import { RowGatherer, itemsOfRow } from './rows.ts';
import type { Row } from './rows.ts';

function take(value: unknown, line: number, options: ReadOptions): readonly CorpusItem[] {
  const text = isObject(value) ? textAt(value, 'text') : undefined;
  if (!isObject(value) || text === undefined)
    return [issueItem(line, 'error', 'noText', 'This row has no “text”: add it, or delete the row. It was left out.')];
  // The labels stand under the name of their control in the project.
  const key = Object.keys(value).find((one) => isRegionList(value[one])) ?? 'label';
  const written = value[key];
  const spans = elementsOf(written).map((span) => spanOf(span, 'start', 'end', 'labels'));
  const good = spans.filter((span) => span !== undefined);
  const left = spans.length - good.length;
  const annotated = Array.isArray(written) || value['annotation_id'] !== undefined || value['annotator'] !== undefined;
  const id = textAt(value, 'sent_id');
  const row: Row = {
    text,
    spans: annotated ? inUtf16(text, good, options.offsets ?? fittingUnit(text, good)) : null,
    unread: left,
    documentId: textAt(value, 'doc'),
    ids: textsOf(value['sent_ids']) ?? (id === undefined ? [] : [id]),
    tokens: wordsIn(text, textsOf(value['tokens'])),
    lengths: numbersOf(value['sentences']),
  };
  const message = `${String(left)} labels of this row have no start, end and labels: correct them. They were left out.`;
  return [...(left === 0 ? [] : [issueItem(line, 'error', 'label', message)]), ...itemsOfRow(row, line)];
}

function writer({ offsets = 'codePoint', annotator }: WriteOptions): Writer {
  const gatherer = new RowGatherer();
  let number = 0;
  const write = (rows: readonly Row[]): readonly Output[] =>
    rows.map((row) => {
      const { text, spans } = row;
      const offset = offsetsTo(text, offsets);
      const label = spans?.map(({ start, end, label: name }) => ({
        start: offset(start),
        end: offset(end),
        text: text.slice(start, end),
        labels: [name],
      }));
      const value = { id: number + 1, ...dataOf(row), ...(label === undefined ? {} : { label, annotator }) };
      return { file: '', text: (number++ === 0 ? '[\n' : ',\n') + JSON.stringify(value) };
    });
  return {
    add: (item) => write(gatherer.add(item)),
    end: () => [...write(gatherer.end()), { file: '', text: number === 0 ? '[]\n' : '\n]\n' }],
  };
}

/** Label Studio's short export (JSON-MIN): the data of a task and, beside them, the regions of each control. */
export const labelStudioMin: Format = {
  ...labelStudio,
  id: 'label-studio-min',
  title: 'Label Studio JSON-MIN',
  holds: { ...labelStudio.holds, predictions: false },
  read: (options) => jsonReader((value, line) => take(value, line, options), { lines: false }),
  write: writer,
};
