import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convert } from '../../../src/cli/convert.ts';
import { score } from '../../../src/cli/score.ts';
import type { EvaluationJson } from '../../../src/core/report/evaluationJson.ts';
import { repository } from './command.ts';
import { runVerb } from './verb.ts';

const fixtures = path.join(repository, 'test', 'fixtures', 'outside');
/** A folder for the files that are written for a test; `openScratch` makes it. */
export let folder = '';

export function openScratch(): void {
  folder = mkdtempSync(path.join(tmpdir(), 'outside-'));
}

export function closeScratch(): void {
  rmSync(folder, { recursive: true });
}

/** A fixture by its name, or a file that is written for a test. */
export function at(name: string, text?: string): string {
  if (text === undefined) return path.join(fixtures, name);
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

interface Row {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[] | null;
}

/** What is read of a file: for each sentence its entities as `LABEL words`, null where it is not annotated; and what is told. */
export async function readAs(
  file: string,
  ...options: readonly string[]
): Promise<{
  readonly entities: readonly (readonly string[] | null)[];
  readonly told: readonly string[];
  readonly code: number;
}> {
  const { text, warnings, code } = await runVerb(convert, ['--from', file, '--to', 'jsonl', '--out', '-', ...options]);
  const rows = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
  const quote = ({ text: all, spans }: Row): readonly string[] | null =>
    spans?.map(({ start, end, label }) => `${label} ${Array.from(all).slice(start, end).join('')}`) ?? null;
  const told = warnings.flatMap(
    (line) => /:(\d+): (?:warning|error): .* (\[\w+\])$/.exec(line)?.slice(1).join(' ') ?? [],
  );
  return { entities: rows.map(quote), told, code };
}

/** What `score` counts: correct, predicted, gold, F1. */
export async function figures(
  gold: string,
  predicted: string,
  ...options: readonly string[]
): Promise<readonly (number | null)[]> {
  const { text, warnings } = await runVerb(score, ['--gold', gold, '--pred', predicted, ...options]);
  assert.notEqual(text, '', warnings.join('\n'));
  const { correct, predicted: found, gold: all, f1 } = (JSON.parse(text) as EvaluationJson).labelledSpan;
  return [correct, found, all, f1 === null ? null : Math.round(f1 * 1000) / 1000];
}

/** Columns between tabs, for a text that is easier to read between spaces. */
export const tabs = (text: string): string => text.replaceAll(' ', '\t');
