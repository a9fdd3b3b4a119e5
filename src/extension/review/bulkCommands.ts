import * as vscode from 'vscode';
import { agreedLayers, labelledLayers, otherOccurrences } from '../../core/bulk.ts';
import type { BulkLayer, Occurrence } from '../../core/bulk.ts';
import type { Correction } from '../../core/correction.ts';
import { decidedSpans, decisionsOf } from '../../core/decisions.ts';
import { excerpt } from '../../core/excerpt.ts';
import { matchesText } from '../../core/reviewEntries.ts';
import type { ReviewFilter } from '../../core/reviewEntries.ts';
import { MODEL_SOURCES, overlaps } from '../../core/span.ts';
import type { Layer } from '../../core/span.ts';
import { report, sessionOrTell } from '../decisions/tell.ts';
import { editorOf } from '../document/currentSentence.ts';
import type { Session } from '../document/session.ts';
import type { Reviewing } from './reviewSteps.ts';
import { tokenTarget } from '../decisions/targets.ts';
import { filterText } from './reviewText.ts';

type Scope = 'visible' | 'filtered';

interface ScopeItem extends vscode.QuickPickItem {
  readonly layers: readonly BulkLayer[];
  readonly scope: Scope;
}

/** Makes what both models say gold of the sentences that nobody annotated, as far as the editor shows them or the filter of the queue finds them. */
export async function acceptAgreed({ services, review }: Reviewing, argument: unknown): Promise<void> {
  const session = sessionOrTell(services);
  if (session === undefined) return;
  if (session.scheme !== 'full') {
    void vscode.window.showInformationMessage(
      'Spans of the simplified scheme have no labels. Switch to the full scheme first.',
    );
    return;
  }
  const { revision } = session;
  const items = scopesOf(session, review.filter);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      'Both models agree on no sentence without gold that is visible or that the queue’s filter finds by text or label.',
    );
    return;
  }
  const named = items.find(({ scope }) => scope === scopeOf(argument));
  const choice =
    scopeOf(argument) === undefined
      ? await vscode.window.showQuickPick(items, { title: 'Accept where both models agree' })
      : named;
  if (choice === undefined) return;
  await makeGold(session, choice.layers, revision, (layer) => ({ kind: 'setLayer', layer, from: MODEL_SOURCES }));
}

function scopesOf(session: Session, filter: ReviewFilter): readonly ScopeItem[] {
  const agreed = agreedLayers(session.sentences);
  const ranges = (editorOf(session)?.visibleRanges ?? []).map((range) => session.sentencesIn(range));
  const visible = agreed.filter(({ sentence }) => ranges.some(([first, end]) => first <= sentence && sentence < end));
  const found = agreed.filter(
    ({ sentence, layer }) =>
      matchesText(session.sentences[sentence]?.text ?? '', filter) &&
      (filter.label === undefined || layer.some(({ label }) => label === filter.label)),
  );
  const narrowed = filter.text !== undefined || filter.label !== undefined;
  const item = (scope: Scope, what: string, layers: readonly BulkLayer[]): ScopeItem => {
    const before = goldCount(session);
    const change = `gold in ${String(before)} → ${String(before + layers.length)} of ${String(session.sentences.length)} sentences`;
    return { scope, layers, label: `${what}: ${String(layers.length)}`, description: change };
  };
  const filterName = filterText({ label: filter.label, text: filter.text });
  return [
    item('visible', 'Visible in the editor', visible),
    ...(narrowed ? [item('filtered', `Found by the filter ${filterName}`, found)] : []),
  ].filter(({ layers }) => layers.length > 0);
}

function goldCount({ sentences }: Session): number {
  return sentences.filter(({ gold }) => gold !== null).length;
}

/** One edit for all, and a word on what it did. */
async function makeGold(
  session: Session,
  layers: readonly BulkLayer[],
  revision: number,
  correctionOf: (layer: Layer) => Correction,
): Promise<void> {
  const before = goldCount(session);
  const corrections = layers.map(({ sentence, layer }) => ({
    sentence,
    correction: correctionOf(layer),
  }));
  const outcome = await session.correctAll(corrections, revision);
  report(outcome);
  if (!outcome.ok) return;
  const changed = layers.length === 1 ? '1 sentence' : `${String(layers.length)} sentences`;
  const counts = `gold in ${String(goldCount(session))} of ${String(session.sentences.length)}, before ${String(before)}`;
  vscode.window.setStatusBarMessage(`${changed} changed: ${counts}. One undo takes it back.`, 8000);
}

function scopeOf(argument: unknown): Scope | undefined {
  if (typeof argument !== 'object' || argument === null || !('scope' in argument)) return undefined;
  return argument.scope === 'visible' || argument.scope === 'filtered' ? argument.scope : undefined;
}

/** Gives the label of the gold span at the cursor to other places with the same words, those that the user leaves checked. */
export async function labelOccurrences({ services }: Reviewing, argument: unknown): Promise<void> {
  const target = tokenTarget(services, undefined);
  const session = typeof target === 'string' ? undefined : target.session;
  const span =
    typeof target === 'string'
      ? undefined
      : decidedSpans(session?.sentences[target.index] ?? { gold: null }).find((one) =>
          overlaps(one, { ...target, label: one.label }),
        );
  if (typeof target === 'string' || session === undefined || span === undefined) {
    void vscode.window.showInformationMessage('Put the cursor on words that have a gold label first.');
    return;
  }
  const { revision } = session;
  const places = otherOccurrences(session.sentences, target.index, span);
  if (places.length === 0) {
    void vscode.window.showInformationMessage('These words stand nowhere else without this label.');
    return;
  }
  const items = places.map((place) => placeItem(session, place));
  const unasked = typeof argument === 'object' && argument !== null && 'picked' in argument;
  const chosen = unasked
    ? items.filter(({ picked }) => picked)
    : await vscode.window.showQuickPick(items, {
        canPickMany: true,
        title: `Label ${String(places.length)} other places as ${span.label}`,
        placeHolder: 'Places that have another label are left out unless you check them',
      });
  if (chosen === undefined || chosen.length === 0) return;
  const picked = chosen.map(({ place }) => place);
  await makeGold(session, labelledLayers(session.sentences, picked, span.label), revision, (layer) => ({
    kind: 'changeSpans',
    layer,
  }));
}

interface PlaceItem extends vscode.QuickPickItem {
  readonly place: Occurrence;
  readonly picked: boolean;
}

function placeItem(session: Session, place: Occurrence): PlaceItem {
  const sentence = session.sentences[place.sentence];
  const label = sentence === undefined ? '' : excerpt(sentence, place).text;
  const replaced = place.replaces.map((span) => span.label).join(', ');
  const first = sentence === undefined || decisionsOf(sentence) === null ? 'first gold of this sentence' : '';
  return {
    place,
    label,
    description: `sentence ${String(place.sentence + 1)}${replaced === '' ? '' : ` · replaces ${replaced}`}${first === '' ? '' : ` · ${first}`}`,
    picked: replaced === '',
  };
}
