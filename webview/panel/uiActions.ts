import type { Actions } from './actions.ts';
import { withGroup, withSection, withSort } from './state.ts';
import type { Ui } from './state.ts';

/** What a person does that changes only how the page shows things. */
export function uiActions(
  ui: () => Ui,
  setUi: (ui: Ui) => void,
): Pick<
  Actions,
  | 'select'
  | 'setOrder'
  | 'setDimension'
  | 'openGroup'
  | 'setNormalisation'
  | 'sortBy'
  | 'openTab'
  | 'showPair'
  | 'resizeSentence'
  | 'openSection'
> {
  const set = (part: Partial<Ui>): void => {
    setUi({ ...ui(), ...part });
  };
  return {
    select: (selection) => {
      set({ selection });
    },
    setOrder: (order) => {
      set({ order });
    },
    setDimension: (dimension) => {
      set({ dimension });
    },
    setNormalisation: (normalisation) => {
      set({ normalisation });
    },
    openTab: (tab) => {
      set({ tab });
    },
    showPair: ({ rowSource, columnSource }) => {
      set({ pair: { rowSource, columnSource } });
    },
    resizeSentence: (sentenceHeight) => {
      set({ sentenceHeight });
    },
    openGroup: (group, open) => {
      setUi(withGroup(ui(), group, open));
    },
    sortBy: (by) => {
      setUi(withSort(ui(), by));
    },
    openSection: (section, open) => {
      // The element tells of its opening by the page itself as well.
      if (ui().closed.includes(section) === open) setUi(withSection(ui(), section, open));
    },
  };
}
