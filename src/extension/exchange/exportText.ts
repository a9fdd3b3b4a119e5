import type { Loss } from '../../core/formats/losses.ts';
import type { PreparedExport } from '../../node/corpus/exportPasses.ts';

/** A line of the preview; only the one that exports can be chosen. */
export interface PreviewLine {
  readonly kind: 'export' | 'told' | 'heading';
  readonly label: string;
  readonly description: string;
  /** More words, on a line of their own. */
  readonly detail?: string;
}

/** What is lost, in a word or two. */
const lossNames: Readonly<Record<Loss['kind'], string>> = {
  tokens: 'borders of words',
  sentences: 'borders of sentences',
  sentenceIds: 'ids of sentences',
  documentIds: 'names of documents',
  unannotated: 'what nobody annotated',
  inProgress: 'sentences in progress',
  annotators: 'who annotated',
  comments: 'comments and notes',
  spacedWords: 'spaces in words',
  runningText: 'white space',
  cellWords: 'words that no cell holds',
  lineEnds: 'line ends in texts',
  otherColumns: 'other columns',
};

const counted = (number: number, one: string, many = `${one}s`): string =>
  number === 1 ? `1 ${one}` : `${number.toLocaleString('en')} ${many}`;

/** What was written, for people. */
export function exportSummary({ counts, plan }: PreparedExport, target: string): string {
  const filled =
    plan.filler === undefined ? '' : `, ${counts.filled.toLocaleString('en')} filled from ${plan.filler.name}`;
  const gold = (counts.sentences - counts.filled).toLocaleString('en');
  return `Wrote ${counted(counts.sentences, 'sentence')} with ${counted(counts.entities, 'entity', 'entities')} to ${target}: ${gold} gold${filled}.${leftText(counts, plan.choice.take)}`;
}

function leftText({ left, inProgress }: PreparedExport['counts'], take: string): string {
  if (left === 0) return '';
  const which = take === 'reviewed' ? 'nobody reviewed' : left === 1 ? 'is not complete' : 'are not complete';
  return ` ${counted(left, 'sentence')} that ${which} ${left === 1 ? 'was' : 'were'} left out${progressText(inProgress)}.`;
}

function progressText(inProgress: number): string {
  return inProgress === 0 ? '' : ` (${inProgress.toLocaleString('en')} in progress)`;
}

/** What an export will hold, lose and replace, as lines of a list whose first ones decide. */
export function previewLines(
  prepared: PreparedExport,
  target: string,
  replaced: readonly string[],
): readonly PreviewLine[] {
  const { counts, losses, sizes, issues, plan } = prepared;
  const line = (label: string, description: string): PreviewLine => ({ kind: 'told', label, description });
  const separator = (label: string): PreviewLine => ({ kind: 'heading', label, description: '' });
  const labels = Object.entries(counts.labels)
    .sort((a, b) => b[1] - a[1])
    .map(([label, count]) => `${label === '_' ? 'no label' : label} ${count.toLocaleString('en')}`);
  return [
    {
      kind: 'export',
      label:
        replaced.length === 0 ? '$(check) Export' : `$(replace) Replace ${counted(replaced.length, 'file')} and export`,
      description: `${counted(counts.sentences, 'sentence')} to ${target}`,
    },
    separator('what is written'),
    line(counted(counts.entities, 'entity', 'entities'), labels.join(', ')),
    ...(plan.filler === undefined ? [] : [line(counted(counts.filled, 'sentence'), `from ${plan.filler.name}`)]),
    ...(counts.left === 0
      ? []
      : [line(counted(counts.left, 'sentence'), `left out${progressText(counts.inProgress)}`)]),
    ...sizes.map((size) => sizeLine(size)),
    separator(`what ${plan.format.title} cannot hold`),
    ...(losses.length === 0
      ? [line('Nothing is lost', '')]
      : losses.map(({ kind, count, message }) => ({
          ...line(`$(warning) ${lossNames[kind]}`, count.toLocaleString('en')),
          detail: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
        }))),
    ...(issues === 0
      ? []
      : [
          separator('problems of the documents'),
          line(`$(warning) ${counted(issues, 'place')}`, 'could not be read as meant'),
        ]),
    ...(replaced.length === 0 ? [] : [separator('files that are replaced'), ...replaced.map((name) => line(name, ''))]),
  ];
}

function sizeLine({ part, documents, sentences, labels }: PreparedExport['sizes'][number]): PreviewLine {
  const label = part === 'validation' ? 'dev' : part;
  if (documents === 0)
    return {
      kind: 'told',
      label: `$(warning) ${label}`,
      description: 'nothing: there are too few documents for these shares',
    };
  const each = [...labels].map(([name, count]) => `${name} ${count.toLocaleString('en')}`).join(', ');
  return {
    kind: 'told',
    label,
    description: `${counted(documents, 'document')}, ${counted(sentences, 'sentence')}: ${each}`,
  };
}
