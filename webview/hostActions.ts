import type { Actions } from './actions.ts';
import type { PanelChannel } from './corrections.ts';

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
> {
  return {
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
      channel.request('copy', { text, what }).then(
        ({ accepted, message }) => {
          say(message ?? `Copied: ${what}`, !accepted);
        },
        (error: unknown) => {
          say(error instanceof Error ? error.message : String(error), true);
        },
      );
    },
  };
}
