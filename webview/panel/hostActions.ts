import type { Actions } from './actions.ts';
import { answered } from './corrections.ts';
import type { Answered, PanelChannel } from './corrections.ts';

/** What a person does that the host does: the page only passes it on. */
export function hostActions(
  channel: PanelChannel,
  say: (text: string, refused: boolean) => void,
  sentences: () => number,
): Pick<
  Actions,
  | 'goTo'
  | 'setMatrixLevel'
  | 'annotate'
  | 'cancel'
  | 'exportCorpus'
  | 'setPolicy'
  | 'chooseTrainingCorpus'
  | 'predictOtherScheme'
  | 'selectModel'
  | 'copy'
  | 'filterQueue'
> {
  const ask = (request: Promise<Answered>, done: string | null): void => {
    void answered(request).then(({ accepted, message }) => {
      const text = message ?? done;
      if (text !== null) say(text, !accepted);
    });
  };
  return {
    goTo: (input) => {
      if (!(input instanceof HTMLInputElement) || sentences() === 0) return;
      const number = Math.round(input.valueAsNumber);
      if (number >= 1 && number <= sentences()) channel.notify('selectSentence', { sentence: number - 1 });
      else say(`There are sentences 1 to ${String(sentences())}.`, true);
    },
    filterQueue: (filter) => {
      ask(channel.request('setQueueFilter', filter), null);
    },
    setMatrixLevel: (level) => {
      channel.notify('setMatrixLevel', { level });
    },
    annotate: () => {
      channel.notify('annotate', {});
    },
    cancel: () => {
      channel.notify('cancel', {});
    },
    exportCorpus: () => {
      channel.notify('exportCorpus', {});
    },
    setPolicy: (policy) => {
      channel.notify('setPolicy', { policy });
    },
    chooseTrainingCorpus: () => {
      channel.notify('chooseTrainingCorpus', {});
    },
    predictOtherScheme: (on) => {
      channel.notify('predictOtherScheme', { on });
    },
    selectModel: (source) => {
      channel.notify('selectModel', { source });
    },
    copy: (text, what) => {
      ask(channel.request('copy', { text, what }), `Copied: ${what}`);
    },
  };
}

/** Tells the host whether the page has the keyboard, now and whenever that changes. */
export function tellFocus(channel: PanelChannel): void {
  for (const kind of ['focus', 'blur'] as const)
    window.addEventListener(kind, () => {
      channel.notify('focus', { has: kind === 'focus' });
    });
  if (document.hasFocus()) channel.notify('focus', { has: true });
}
