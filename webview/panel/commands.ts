import { nextStretch } from '../../src/core/decisions.ts';
import type { CompletionKind } from '../../src/core/draft.ts';
import { nextSpan } from '../../src/core/spanEdits.ts';
import type { Reshape } from '../../src/core/spanEdits.ts';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import type { Answered, PanelChannel, PanelCorrection } from './corrections.ts';
import { withWords, wordsChanged } from './sentence/decides.ts';
import { layersOf } from './sentence/selection.ts';
import type { SelectedTokens, TokenRange } from './sentence/selection.ts';
import { SOURCE_NAMES } from '../../src/core/span.ts';

/** What a command of the page works on. */
export interface CommandTarget {
  readonly state: PanelState | null;
  readonly channel: PanelChannel;
  /** Undefined where there is no token. */
  readonly selected: SelectedTokens | undefined;
  readonly correct: (correction: PanelCorrection, said: string) => void;
  readonly say: (text: string, refused: boolean) => void;
  readonly select: (tokens: TokenRange & { readonly sentence: number }) => void;
  /** The next sentence is asked for to find a span in it, at its start or at its end. */
  readonly arriveBy: (direction: 1 | -1) => void;
  /** Says how a request ended. */
  readonly ask: (request: Promise<Answered>) => void;
  readonly searchQueue: () => void;
  readonly toggleKeys: () => void;
}

const reshapes: Readonly<Partial<Record<PanelCommand, readonly [Reshape, string]>>> = {
  extendSpanEnd: ['extendEnd', 'Extended at the end'],
  shrinkSpanEnd: ['shrinkEnd', 'Shrunk at the end'],
  extendSpanStart: ['extendStart', 'Extended at the start'],
  shrinkSpanStart: ['shrinkStart', 'Shrunk at the start'],
  splitSpan: ['split', 'Split'],
  mergeSpan: ['merge', 'Merged'],
};

const moves: Readonly<
  Partial<Record<PanelCommand, 'next' | 'previous' | 'nextDisagreement' | 'previousDisagreement'>>
> = {
  nextSentence: 'next',
  previousSentence: 'previous',
  nextDisagreement: 'nextDisagreement',
  previousDisagreement: 'previousDisagreement',
};

/** Does what a key or a button of the page stands for. */
export function runCommand(command: PanelCommand, target: CommandTarget): void {
  const { selected, channel } = target;
  const reshape = reshapes[command];
  const to = moves[command];
  if (to !== undefined) channel.notify('move', { to });
  if (reshape !== undefined && selected !== undefined) {
    const [how, said] = reshape;
    target.correct({ kind: 'reshape', how, first: selected.first, end: selected.end }, said);
  }
  switch (command) {
    case 'acceptBert':
    case 'acceptBertAndNext':
      accept('bert', command === 'acceptBertAndNext', target);
      break;
    case 'acceptT5':
    case 'acceptT5AndNext':
      accept('t5', command === 'acceptT5AndNext', target);
      break;
    case 'completeNoEntity':
      complete('noEntity', target);
      break;
    case 'completeAgreed':
      complete('agreed', target);
      break;
    case 'completeBert':
      complete('bert', target);
      break;
    case 'completeT5':
      complete('t5', target);
      break;
    case 'nextUndecided':
      moveToUndecided(target);
      break;
    case 'undoCorrection':
      target.correct({ kind: 'undo' }, 'Undone');
      break;
    case 'redoCorrection':
      target.correct({ kind: 'redo' }, 'Redone');
      break;
    case 'nextSpan':
      moveSpan(1, target);
      break;
    case 'previousSpan':
      moveSpan(-1, target);
      break;
    case 'nextInQueue':
      target.ask(channel.request('nextInQueue', {}));
      break;
    case 'filterQueue':
      target.searchQueue();
      break;
    case 'showKeys':
      target.toggleKeys();
      break;
    default:
      if (selected !== undefined) decide(command, selected, target);
  }
}

/** What needs a sentence with tokens. */
function decide(command: PanelCommand, { sentence, first, end, text }: SelectedTokens, target: CommandTarget): void {
  switch (command) {
    case 'removeLabel':
    case 'removeLabelAndNext':
      target.correct({ kind: 'clear', first, end, next: command === 'removeLabelAndNext' }, `No entity: ${text}`);
      break;
    case 'setEmpty':
    case 'setEmptyAndNext':
      target.correct({ kind: 'setEmpty', next: command === 'setEmptyAndNext' }, 'No entities in this sentence');
      break;
    case 'markReviewed':
      target.correct({ kind: 'markReviewed' }, 'Done');
      break;
    case 'editNote':
      target.channel.notify('editNote', { sentence });
      break;
    case 'showTokens':
      target.channel.notify('reveal', { sentence, first, end });
      break;
    default:
  }
}

function accept(source: 'bert' | 't5', next: boolean, { state, correct, say }: CommandTarget): void {
  const sentence = state?.sentence ?? null;
  const layer = sentence?.rows.find((candidate) => candidate.source === source)?.layer ?? null;
  const name = SOURCE_NAMES[source];
  if (state === null || sentence === null || layer === null) say(`${name} has not annotated this sentence.`, true);
  else
    correct(
      { kind: 'accept', source, next },
      withWords(`Accepted ${name}`, wordsChanged(sentence, layer, state.scheme)),
    );
}

function complete(by: CompletionKind, { correct, selected }: CommandTarget): void {
  if (selected !== undefined) correct({ kind: 'complete', by, next: false }, 'Decided');
}

/** Selects the next undecided words of the sentence; past the last ones, goes to the next sentence in progress. */
function moveToUndecided({ state, selected, channel, select }: CommandTarget): void {
  const sentence = state?.sentence ?? null;
  if (sentence === null || selected === undefined) return;
  const found = nextStretch(sentence.undecided, selected.end - 1);
  if (found === undefined) channel.notify('move', { to: 'nextUndecided' });
  else select({ sentence: sentence.index, ...found });
}

/** Selects the next span of any source in the sentence; past the last one, the first span of the next sentence that has one. */
function moveSpan(direction: 1 | -1, { state, selected, channel, select, arriveBy }: CommandTarget): void {
  const sentence = state?.sentence ?? null;
  if (sentence === null || selected === undefined) return;
  const found = nextSpan(layersOf(sentence), selected, direction);
  if (found !== undefined) {
    select({ sentence: sentence.index, ...found });
    return;
  }
  arriveBy(direction);
  channel.notify('move', { to: direction === 1 ? 'nextWithSpan' : 'previousWithSpan' });
}
