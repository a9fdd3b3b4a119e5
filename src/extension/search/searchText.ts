import type { SearchHit } from '../../core/search/searchRun.ts';
import type { Source } from '../../core/span.ts';
import { count, things } from '../corpus/corpusText.ts';
import type { SearchGroup, SearchRequest, SearchState } from './corpusSearch.ts';
import { SOURCES, SOURCE_NAMES } from '../../core/span.ts';
import { append } from '../../core/lists.ts';

/** What is searched for, in words. */
export function requestText(request: SearchRequest, scope = ''): string {
  const what = request.kind === 'query' ? request.typed : 'strings with several labels';
  const where = scope === '' ? '' : ` in ${scope.replace(/\/$/, '')}`;
  return `${what}${where}${request.kind === 'query' && request.matchCase ? ' · with case' : ''}`;
}

const missing: Readonly<Record<Source, string>> = {
  gold: 'nobody annotated them',
  bert: 'BERT was not asked about them in this session',
  t5: 'T5 was not asked about them in this session',
};

/** What was found and what is not known, for the line above the results. */
export function stateText(state: SearchState, groups: readonly SearchGroup[]): string {
  const { request, running, stopped, done, total, found, listed, unknown, problems } = state;
  const holding = groups.filter((group) => group.found > 0).length;
  const parts =
    request.kind === 'query'
      ? [`${things(found, 'place')} in ${things(holding, 'document')}`]
      : [`${things(groups.length, 'string')} with several labels, at ${things(found, 'place')}`];
  if (listed < found) parts.push(`${count(listed)} listed: narrow the search to see the others`);
  for (const [source, number] of unknown) parts.push(`${things(number, 'sentence')} not judged: ${missing[source]}`);
  if (running)
    parts.push(total === undefined ? 'looking for documents…' : `document ${count(done + 1)} of ${count(total)}…`);
  if (stopped) parts.push(`stopped after ${things(done, 'document')} of ${count(total ?? 0)}`);
  append(parts, problems.slice(0, 3));
  if (problems.length > 3) parts.push(`${things(problems.length - 3, 'more document')} cannot be read`);
  return parts.join(' · ');
}

/** How many places a group has, and for a string how often it has each label. */
export function groupText({ found, labels, hits }: SearchGroup): string {
  const counts = [...(labels ?? [])].map(([label, number]) => `${label} ${count(number)}`).join(', ');
  const places = hits.length < found ? `${count(hits.length)} of ${count(found)} listed` : count(found);
  return counts === '' ? places : counts;
}

/** What the sources say at a place: `Gold PER · BERT no entity`. */
export function labelsText({ labels }: Pick<SearchHit, 'labels'>): string {
  return SOURCES.flatMap((source) => {
    const own = labels[source];
    if (own === undefined) return [];
    const said = own === null ? 'unknown' : own.length === 0 ? 'no entity' : own.join(' ');
    return [`${SOURCE_NAMES[source]} ${said}`];
  }).join(' · ');
}
