import type { PanelQueue } from '../../../src/protocol/panelQueue.ts';

/** A filter that lets everything through. */
export const none = { group: null, label: null, source: null, text: '' } as const;

const entry = (sentence: number, text: string): PanelQueue['groups'][number]['entries'][number] => ({
  sentence,
  first: 9,
  end: 12,
  before: 'Tim Cook in ',
  text,
  after: ' on Friday .',
  why: 'BERT LOC, T5 ORG, at least 80 % sure',
  state: sentence === 2 ? 'complete' : 'untouched',
  note: sentence === 2 ? 'the city?' : null,
});

/** A queue of two groups, one of them longer than what is listed. */
export const queue: PanelQueue = {
  document: 'en_pud-ud-test.iob2',
  progress: '3 of 120 reviewed',
  filter: none,
  groups: [
    {
      group: 'otherLabel',
      name: 'Models disagree: label',
      count: 2,
      entries: [entry(2, 'New York City'), entry(5, 'Rome')],
    },
    { group: 'illegal', name: 'Illegal tags', count: 140, entries: [entry(7, '<b>x</b>')] },
  ],
};
