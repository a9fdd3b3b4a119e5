import type { ImportReport } from '../../node/corpus/importRun.ts';

const counted = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** What was imported, for people: the copies, what is in them, and what could not be read or kept. */
export function importSummary(
  reports: readonly ImportReport[],
  names: readonly string[],
  failed: readonly string[],
): string {
  const sum = (of: (report: ImportReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  const sentences = sum((report) => report.sentences);
  const problems = sum(({ issues, more }) => issues.length + [...more.values()].reduce((a, b) => a + b, 0));
  const target = names.length === 1 ? (names[0] ?? '') : `${String(names.length)} IOB2 files`;
  const parts = [
    `Imported ${counted(sentences, 'sentence')} (${counted(
      sum(({ annotated }) => annotated),
      'annotated',
      'annotated',
    )}, ${counted(
      sum(({ entities }) => entities),
      'entity',
      'entities',
    )}) to ${target}.`,
  ];
  if (problems > 0) parts.push(`${counted(problems, 'problem')} in the Problems view.`);
  const lost = new Map<string, string>();
  for (const { losses } of reports) for (const { kind, message } of losses) lost.set(kind, message);
  for (const message of lost.values()) parts.push(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
  if (failed.length > 0) parts.push(`${counted(failed.length, 'file')} could not be read: ${failed[0] ?? ''}`);
  return parts.join(' ');
}
