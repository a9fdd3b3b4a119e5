import type { Dimension } from '../../src/core/breakdown.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import type { ModelSource } from '../../src/core/span.ts';
import type { PanelState } from '../../src/protocol/panel.ts';
import type { QueueEntry, QueueFilter } from '../../src/protocol/panelQueue.ts';
import type { PanelCommand } from '../../src/protocol/panelCommands.ts';
import type { Place } from './sections/cases.ts';
import type { MatrixOrder, Normalisation } from '../shared/matrixChoices.ts';
import type { CaseRef, RowGroup, Section, Selection, Sort, Tab, Ui } from './state.ts';

/** Everything that a person can do on the page; the components call nothing else. */
export interface Actions {
  /** A function that does what the key of the command does. */
  readonly runner: (command: PanelCommand) => () => void;
  readonly label: (name: string) => void;
  readonly select: (selection: Selection) => void;
  /** Goes to the sentence whose number stands in an input. */
  readonly goTo: (input: EventTarget | null) => void;
  readonly setScheme: (scheme: Scheme) => void;
  readonly setPolicy: (policy: PanelState['policy']) => void;
  readonly setMatrixLevel: (level: PanelState['matrixLevel']) => void;
  readonly annotate: () => void;
  readonly cancel: () => void;
  readonly exportCorpus: () => void;
  readonly selectModel: (source: ModelSource) => void;
  readonly setNormalisation: (normalisation: Normalisation) => void;
  readonly setOrder: (order: MatrixOrder) => void;
  readonly setDimension: (dimension: Dimension) => void;
  readonly openGroup: (group: RowGroup, open: boolean) => void;
  readonly chooseTrainingCorpus: () => void;
  readonly predictOtherScheme: (on: boolean) => void;
  /** Puts a text into the clipboard; `what` says what it is. */
  readonly copy: (text: string, what: string) => void;
  readonly sortBy: (by: Sort['by']) => void;
  readonly openTab: (tab: Tab) => void;
  /** Shows this matrix before the others. */
  readonly showPair: (pair: NonNullable<Ui['pair']>) => void;
  /** Gives the sentence's area a height in CSS pixels; null for the default. */
  readonly resizeSentence: (height: number | null) => void;
  readonly openSection: (section: Section, open: boolean) => void;
  readonly filterQueue: (filter: QueueFilter) => void;
  readonly openQueued: (entry: QueueEntry) => void;
  readonly openCell: (cell: CaseRef) => void;
  /** Goes to a place in the text. */
  readonly openCase: (place: Place) => void;
  readonly closeCases: () => void;
}
