import type { Scheme } from '../src/core/scheme.ts';
import type { ModelSource } from '../src/core/span.ts';
import type { PanelState } from '../src/protocol/panel.ts';
import type { Case } from './cases.ts';
import type { Command } from './keys.ts';
import type { CaseRef, Normalisation, Section, Selection, Sort } from './state.ts';

/** Everything that a person can do on the page; the components call nothing else. */
export interface Actions {
  /** A function that does what the key of the command does. */
  readonly runner: (command: Command) => () => void;
  readonly label: (name: string) => void;
  readonly select: (selection: Selection) => void;
  /** Goes to the sentence whose number stands in an input. */
  readonly goTo: (input: EventTarget | null) => void;
  readonly setScheme: (scheme: Scheme) => void;
  readonly setMatrixLevel: (level: PanelState['matrixLevel']) => void;
  readonly annotate: () => void;
  readonly cancel: () => void;
  readonly exportCorpus: () => void;
  readonly selectModel: (source: ModelSource) => void;
  readonly setNormalisation: (normalisation: Normalisation) => void;
  readonly sortBy: (by: Sort['by']) => void;
  readonly openSection: (section: Section, open: boolean) => void;
  readonly openCell: (cell: CaseRef) => void;
  readonly openCase: (item: Case) => void;
  readonly closeCases: () => void;
}
