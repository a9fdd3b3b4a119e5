import * as vscode from 'vscode';
import { labelCounts, relabelledLayers } from '../../core/bulk.ts';
import { matchesText } from '../../core/reviewEntries.ts';
import type { ReviewFilter } from '../../core/reviewEntries.ts';
import { report, sessionOrTell } from '../decisions/tell.ts';
import { editorOf } from '../document/currentSentence.ts';
import type { Session } from '../document/session.ts';
import type { Reviewing } from './reviewSteps.ts';
import { filterText } from './reviewText.ts';

type ScopeName = 'selection' | 'filtered' | 'document';

interface Scope {
  readonly name: ScopeName;
  readonly what: string;
  readonly indices: readonly number[];
}

/** What a keybinding or a test may name instead of being asked: the label before and after, and where. */
interface Asked {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly scope?: unknown;
}

/** Gives gold spans of one label another: in the sentences of the editor's selection, in those that the queue's filter finds by text, or in all. */
export async function replaceLabel({ services, review }: Reviewing, argument: unknown): Promise<void> {
  const session = sessionOrTell(services);
  if (session === undefined) return;
  const asked: Asked = typeof argument === 'object' && argument !== null ? argument : {};
  const { revision } = session;
  const scope = await pickScope(scopesOf(session, review.filter), session, asked);
  if (scope === undefined) return;
  const counts = labelCounts(scope.indices.flatMap((index) => session.sentences[index] ?? []));
  const from = await pickName(asked.from, `Replace which label? ${scope.what}`, [...counts], (count) =>
    count === 1 ? '1 span' : `${String(count)} spans`,
  );
  if (from === undefined) return;
  const others = session.labels.filter((name) => name !== from).map((name) => [name, counts.get(name) ?? 0] as const);
  const moved = counts.get(from) ?? 0;
  const to = await pickName(asked.to, `Replace ${from} (${String(moved)} spans) by …`, others, (count) => {
    return `${from} ${String(moved)} → 0, this one ${String(count)} → ${String(count + moved)}`;
  });
  if (to === undefined || moved === 0) return;
  const layers = relabelledLayers(session.sentences, scope.indices, from, to);
  const corrections = layers.map(({ sentence, layer }) => {
    return { sentence, correction: { kind: 'changeSpans', layer } as const };
  });
  const outcome = await session.correctAll(corrections, revision);
  report(outcome);
  if (!outcome.ok) return;
  const after = labelCounts(scope.indices.flatMap((index) => session.sentences[index] ?? []));
  const changes = [from, to].map(
    (name) => `${name} ${String(counts.get(name) ?? 0)} → ${String(after.get(name) ?? 0)}`,
  );
  vscode.window.setStatusBarMessage(`${scope.what}: ${changes.join(', ')}. One undo takes it back.`, 8000);
}

function scopesOf(session: Session, filter: ReviewFilter): readonly Scope[] {
  const all = session.sentences.map((_, index) => index);
  const selection = editorOf(session)?.selection;
  const [first, end] = selection === undefined || selection.isEmpty ? [0, 0] : session.sentencesIn(selection);
  const found =
    filter.text === undefined ? [] : all.filter((index) => matchesText(session.sentences[index]?.text ?? '', filter));
  const counted = (what: string, indices: readonly number[]): string =>
    `${what} (${indices.length === 1 ? '1 sentence' : `${String(indices.length)} sentences`})`;
  const selected = all.slice(first, end);
  const scopes: readonly Scope[] = [
    { name: 'selection', what: counted('In the selection', selected), indices: selected },
    { name: 'filtered', what: counted(`Found by ${filterText({ text: filter.text })}`, found), indices: found },
    { name: 'document', what: counted('In the whole document', all), indices: all },
  ];
  return scopes.filter(({ indices }) => indices.length > 0);
}

/** The scope that is named, the selection where there is one, or what the user picks: never silently the whole document. */
async function pickScope(scopes: readonly Scope[], session: Session, { scope }: Asked): Promise<Scope | undefined> {
  const named = scopes.find(({ name }) => name === scope);
  if (scope !== undefined || scopes.length === 0) return named;
  const items = scopes.map((one) => {
    const spans = [...labelCounts(one.indices.flatMap((index) => session.sentences[index] ?? []))];
    return { label: one.what, description: spans.map(([label, count]) => `${label} ${String(count)}`).join(', '), one };
  });
  return (await vscode.window.showQuickPick(items, { title: 'Replace a label where?' }))?.one;
}

async function pickName(
  named: unknown,
  title: string,
  choices: readonly (readonly [string, number])[],
  describe: (count: number) => string,
): Promise<string | undefined> {
  if (typeof named === 'string') return named;
  const items = choices.map(([label, count]) => ({ label, description: describe(count) }));
  return (await vscode.window.showQuickPick(items, { title }))?.label;
}
