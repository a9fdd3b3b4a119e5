import type { ReviewFilter } from '../../core/reviewEntries.ts';
import { REVIEW_GROUPS, textPattern } from '../../core/reviewEntries.ts';
import { excerpt } from '../../core/excerpt.ts';
import { groupNames } from '../../core/reviewWords.ts';
import { sentenceState } from '../../core/sentenceState.ts';
import { workState } from '../../core/workState.ts';
import type { PanelQueue, QueueEntry, QueueFilter } from '../../protocol/panelQueue.ts';
import type { QueuedSentence } from '../review/reviewQueue.ts';
import { nameOf } from '../review/reviewView.ts';
import { progressText, reasonText } from '../review/reviewText.ts';
import { countsOf } from '../document/sentenceCounts.ts';
import type { Session, SessionSentence } from '../document/session.ts';

/** Sentences of one group that the panel lists; a longer list is narrowed by the filter. */
const MOST_LISTED = 100;
/** UTF-16 characters shown after the place. */
const AFTER = 120;

/** The review queue as the panel shows it. */
export function panelQueue(
  session: Session | undefined,
  entries: readonly QueuedSentence[],
  filter: ReviewFilter,
): PanelQueue {
  return {
    document: session === undefined ? null : nameOf(session),
    progress: session === undefined ? '' : progressText(countsOf(session)),
    filter: {
      group: filter.group ?? null,
      label: filter.label ?? null,
      source: filter.source ?? null,
      text: filter.text?.typed ?? '',
    },
    groups: REVIEW_GROUPS.flatMap((group) => {
      const own = entries.filter((entry) => entry.group === group);
      if (own.length === 0) return [];
      const listed = own.slice(0, MOST_LISTED).flatMap((entry) => {
        const sentence = session?.sentences[entry.sentence];
        return sentence === undefined ? [] : [queueEntry(entry, sentence)];
      });
      return [{ group, name: groupNames[group], count: own.length, entries: listed }];
    }),
  };
}

function queueEntry(entry: QueuedSentence, sentence: SessionSentence): QueueEntry {
  const [{ first, end }] = entry.items;
  const { text, highlight } = excerpt(sentence, { first, end });
  const [start, stop] = highlight;
  const { note } = sentenceState(sentence.comments);
  const after = text.slice(stop);
  return {
    sentence: entry.sentence,
    first,
    end,
    before: text.slice(0, start),
    text: text.slice(start, stop),
    after: after.length > AFTER ? `${after.slice(0, AFTER)}…` : after,
    why: reasonText(entry),
    state: workState(sentence),
    note: note ?? null,
  };
}

/** The filter that a person chose in the panel; undefined where its text is no regular expression. */
export function reviewFilter({ group, label, source, text }: QueueFilter): ReviewFilter | undefined {
  const pattern = text === '' ? undefined : textPattern(text);
  if (text !== '' && pattern === undefined) return undefined;
  return { group: group ?? undefined, label: label ?? undefined, source: source ?? undefined, text: pattern };
}
