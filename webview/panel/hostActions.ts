import type { Actions } from './actions.ts';
import { answered } from './corrections.ts';
import type { Answered, PanelChannel } from './corrections.ts';

/** What a person does that the host does: the page only passes it on. */
export function hostActions(
  channel: PanelChannel,
  say: (text: string, refused: boolean) => void,
): Pick<
  Actions,
  | 'setScheme'
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
    filterQueue: (filter) => {
      ask(channel.request('setQueueFilter', filter), null);
    },
    setScheme: (scheme) => {
      channel.notify('setScheme', { scheme });
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
