import { sumDocuments } from '../../core/documentCounts.ts';
import type { DocumentCounts } from '../../core/documentCounts.ts';
import { DRIFT_POINTS, labelDrift, splitOf } from '../../core/labelDrift.ts';
import type { Drift, LabelShare, Split } from '../../core/labelDrift.ts';
import { WORK_STATES, workCounts, workText } from '../../core/workState.ts';
import type { WorkState } from '../../core/workState.ts';
import type { ScanProgress } from './corpus.ts';
import type { CorpusEntry } from './corpusEntry.ts';

/** A line below a document or the summary: what is counted, how much it is, and how that is to be understood. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly explained?: string;
}

/** The parts of one corpus that is split by file names, and how labels drift between them. */
export interface CorpusDrift {
  /** The path without the word that names the part; empty where the whole corpus is one. */
  readonly corpus: string;
  readonly drifts: readonly Drift[];
}

const thousands = new Intl.NumberFormat('en');

/** A number as people read it: 12,345. */
export function count(value: number): string {
  return thousands.format(value);
}

/** A number of things in words. */
export function things(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The counts of all documents that are counted. */
export function totalOf(entries: readonly CorpusEntry[]): DocumentCounts {
  return sumDocuments(entries.flatMap(({ counts }) => (counts === undefined ? [] : [counts])));
}

/** What the line of a document says beside its name. */
export function entryText({ counts, models, problem }: CorpusEntry): string {
  if (problem !== undefined) return 'cannot be read';
  if (counts === undefined) return 'not counted yet';
  const parts = [things(counts.sentences, 'sentence'), workText(workCounts(counts))];
  if (models !== undefined) parts.push(`${count(models.disagreements)} disagree`);
  return parts.join(' · ');
}

/** What the line of a folder says beside its name. */
export function folderText(entries: readonly CorpusEntry[]): string {
  const total = totalOf(entries);
  return [things(entries.length, 'document'), things(total.sentences, 'sentence'), workText(workCounts(total))].join(
    ' · ',
  );
}

/** The whole corpus in one line. */
export function summaryText(entries: readonly CorpusEntry[]): string {
  const { sentences, tokens } = totalOf(entries);
  return [things(entries.length, 'document'), things(sentences, 'sentence'), things(tokens, 'token')].join(' · ');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)} %)`;
}

const stateLabels: Readonly<Record<WorkState, string>> = {
  untouched: 'Untouched',
  inProgress: 'In progress',
  complete: 'Complete',
  reviewed: 'Reviewed',
};
const stateExplained: Readonly<Record<WorkState, string>> = {
  untouched: 'Sentences of which no word is decided.',
  inProgress: 'Sentences of which some words are decided and others are not. No figure counts them.',
  complete: 'Sentences whose every word is decided and that nobody marked as reviewed.',
  reviewed: 'Complete sentences that somebody looked through.',
};

/** What is known of one document, or of several together, line by line. */
export function factsOf(entries: readonly CorpusEntry[]): readonly Fact[] {
  const total = totalOf(entries);
  const { sentences, tokens, notes, labels } = total;
  const states = workCounts(total);
  const spans = [...labels.values()].reduce((sum, one) => sum + one, 0);
  return [
    { label: 'Sentences', value: count(sentences) },
    { label: 'Tokens', value: count(tokens) },
    ...WORK_STATES.map((state) => ({
      label: stateLabels[state],
      value: `${count(states[state])}${percent(states[state], sentences)}`,
      explained: stateExplained[state],
    })),
    ...(notes === 0 ? [] : [{ label: 'Notes', value: count(notes) }]),
    disagreementFact(entries),
    { label: 'Spans', value: count(spans) },
    ...sortedLabels(labels).map(([label, own]) => ({
      label,
      value: `${count(own)}${percent(own, spans)}`,
      explained: `Gold spans labelled ${label}, and their share of all spans.`,
    })),
  ];
}

function disagreementFact(entries: readonly CorpusEntry[]): Fact {
  const known = entries.flatMap(({ models }) => (models === undefined ? [] : [models]));
  const label = 'Disagreements';
  if (known.length === 0)
    return { label, value: 'unknown', explained: 'No model was asked in this session. Annotate a document to know.' };
  const sum = (of: (models: (typeof known)[number]) => number): number => known.reduce((all, one) => all + of(one), 0);
  const asked = `BERT was asked about ${things(
    sum(({ bert }) => bert),
    'sentence',
  )}, T5 about ${count(sum(({ t5 }) => t5))}`;
  const where = entries.length === 1 ? '' : ` in ${things(known.length, 'document')} of ${count(entries.length)}`;
  return {
    label,
    value: `${count(sum(({ disagreements }) => disagreements))}${where}`,
    explained: `Sentences about which two of gold, BERT and T5 differ. In this session ${asked}.`,
  };
}

/** Everything about a document as text, for its tooltip. */
export function entryDetails(entry: CorpusEntry): string {
  const facts = entry.counts === undefined ? [] : factsOf([entry]).map(({ label, value }) => `${label}: ${value}`);
  return [entry.path, ...(entry.problem === undefined ? [] : [entry.problem]), ...facts].join('\n');
}

/** The spans of several documents by label, the most frequent first. */
export function labelsText(entries: readonly CorpusEntry[]): string {
  const labels = sortedLabels(totalOf(entries).labels);
  if (labels.length === 0) return 'no spans';
  return labels.map(([label, own]) => `${label} ${count(own)}`).join(' · ');
}

function sortedLabels(labels: DocumentCounts['labels']): readonly (readonly [string, number])[] {
  return [...labels].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** The line above the tree: the whole corpus, and how far the counting is or why it is not complete. */
export function viewText(
  progress: ScanProgress | undefined,
  stopped: boolean,
  entries: readonly CorpusEntry[],
): string | undefined {
  const summary = entries.length === 0 ? [] : [summaryText(entries)];
  if (progress !== undefined)
    summary.push(
      progress.total === undefined
        ? 'looking for documents…'
        : `counting document ${count(Math.min(progress.done + 1, progress.total))} of ${count(progress.total)}…`,
    );
  const open = entries.filter(({ counts, problem }) => counts === undefined && problem === undefined).length;
  if (stopped && open > 0)
    summary.push(
      `stopped: ${things(open, 'document')} of ${count(entries.length)} ${open === 1 ? 'is' : 'are'} not counted, refresh to go on`,
    );
  return summary.length === 0 ? undefined : summary.join(' · ');
}

/** The drift within each corpus of which several parts are counted, by file names. */
export function driftsOf(entries: readonly CorpusEntry[]): readonly CorpusDrift[] {
  const corpora = new Map<string, Map<Split, DocumentCounts[]>>();
  for (const { path, counts } of entries) {
    const found = splitOf(path);
    if (found === undefined || counts === undefined) continue;
    const parts = corpora.get(found.corpus) ?? new Map<Split, DocumentCounts[]>();
    corpora.set(found.corpus, parts.set(found.split, [...(parts.get(found.split) ?? []), counts]));
  }
  return [...corpora].flatMap(([corpus, parts]) => {
    const drifts = labelDrift(new Map([...parts].map(([split, counts]) => [split, sumDocuments(counts).labels])));
    return drifts.length === 0 ? [] : [{ corpus, drifts }];
  });
}

/** How much the labels of two parts differ, in words. */
export function driftText({ divergence, labels }: Drift): string {
  const drifting = labels.filter(({ drifts }) => drifts).map(({ label, points }) => `${label} ${signed(points)}`);
  const what = drifting.length === 0 ? 'no label drifts' : drifting.join(', ');
  return `divergence ${divergence.toFixed(3)} · ${what}`;
}

function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
}

/** The shares of one label in two parts. */
export function shareText({ from, to, points, drifts }: LabelShare): string {
  const shares = `${(100 * from).toFixed(1)} % → ${(100 * to).toFixed(1)} %`;
  const note = drifts ? ', drifts' : Math.abs(points) >= DRIFT_POINTS ? ', may be chance' : '';
  return `${shares} (${signed(points)} points${note})`;
}

/** What the figures of drift mean. */
export const driftExplained = `The share of each label among the gold spans of two parts. A label drifts where its shares are at least ${String(DRIFT_POINTS)} percentage points apart and further than chance explains (two proportions, z above 1.96). The divergence is that of Jensen and Shannon: 0 bits for the same shares, 1 for no label in common.`;
