import { addToGroups, compareGroups } from '../../core/breakdown.ts';
import type { BreakdownContext, Dimension } from '../../core/breakdown.ts';
import { inScheme } from '../../core/compare.ts';
import { pairSpans } from '../../core/pairing.ts';
import type { ModelSource } from '../../core/span.ts';
import { addTally, EMPTY_TALLY, scoreOf } from '../../core/tally.ts';
import type { Tally } from '../../core/tally.ts';
import { DIMENSIONS } from '../../protocol/panelDetails.ts';
import type { PanelBreakdown } from '../../protocol/panelDetails.ts';
import { answerOf } from '../document/layers.ts';
import type { SessionSentence } from '../document/session.ts';
import { scoreRow } from './figures.ts';
import type { Reading } from './reading.ts';
import type { Adding } from '../base/runningSum.ts';
import { MODEL_SOURCES } from '../../core/span.ts';
import { largest } from '../../core/lists.ts';

/** What a breakdown reads of a sentence. */
export type Grouped = Pick<SessionSentence, 'tokens' | 'gold' | 'tags' | 'predictions' | 'documentId'>;

/** Exact matches of each model by dimension and group. */
export type Groups = Readonly<Record<ModelSource, ReadonlyMap<Dimension, Map<string, Tally>>>>;

/** Groups that are sent to the page at most: a corpus may have thousands of documents. */
const MOST_GROUPS = 200;

/** How the groups of sentences add up; `known` are the strings of the training corpus. */
export function addingGroups(
  { scheme, policy }: Reading,
  known: ReadonlySet<string> | undefined,
): Adding<Grouped, Groups> {
  const add = (groups: Groups, sentence: Grouped, sign: 1 | -1): void => {
    const reference = answerOf(sentence, 'gold');
    if (reference === undefined) return;
    const { layer } = inScheme(reference, scheme, policy);
    const context: BreakdownContext = {
      forms: sentence.tokens.map(({ form }) => form),
      documentId: sentence.documentId,
      known,
    };
    for (const source of MODEL_SOURCES) {
      const answer = answerOf(sentence, source);
      if (answer === undefined) continue;
      const verdicts = pairSpans(layer, inScheme(answer, scheme, policy).layer);
      if (verdicts.length === 0) continue;
      for (const [dimension, target] of groups[source]) {
        const found = new Map<string, Tally>();
        addToGroups(found, dimension, verdicts, context);
        merge(target, found, sign);
      }
    }
  };
  return {
    nothing: () => ({ bert: noGroups(), t5: noGroups() }),
    add: (groups, sentences, sign) => {
      for (const sentence of sentences) add(groups, sentence, sign);
      return groups;
    },
  };
}

function noGroups(): Map<Dimension, Map<string, Tally>> {
  return new Map(DIMENSIONS.map((dimension) => [dimension, new Map<string, Tally>()]));
}

function merge(target: Map<string, Tally>, found: ReadonlyMap<string, Tally>, sign: 1 | -1): void {
  for (const [group, tally] of found) {
    const sum = addTally(target.get(group) ?? EMPTY_TALLY, tally, sign);
    if (sum.gold === 0 && sum.predicted === 0) target.delete(group);
    else target.set(group, sum);
  }
}

/** The rows of one dimension in reading order; where there are too many groups, those with the most spans. */
export function groupRows(
  groups: Groups,
  dimension: Dimension,
  predicted: Readonly<Record<ModelSource, boolean>>,
): Pick<PanelBreakdown, 'groups' | 'omitted'> {
  const tally = (source: ModelSource, name: string): Tally => groups[source].get(dimension)?.get(name) ?? EMPTY_TALLY;
  const names = [...new Set(MODEL_SOURCES.flatMap((source) => [...(groups[source].get(dimension)?.keys() ?? [])]))];
  const size = (name: string): number =>
    largest(MODEL_SOURCES.map((source) => tally(source, name).gold + tally(source, name).predicted));
  const kept = names.length <= MOST_GROUPS ? names : names.toSorted((a, b) => size(b) - size(a)).slice(0, MOST_GROUPS);
  const row = (source: ModelSource, name: string): PanelBreakdown['groups'][number]['bert'] =>
    predicted[source] ? scoreRow(name, scoreOf(tally(source, name))) : null;
  return {
    groups: kept.sort(compareGroups).map((name) => ({ name, bert: row('bert', name), t5: row('t5', name) })),
    omitted: names.length - kept.length,
  };
}
