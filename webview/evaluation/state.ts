import * as v from 'valibot';
import type {
  EvaluatedCorpusView,
  EvaluatedSystem,
  EvaluationSchemeView,
  EvaluationView,
} from '../../src/protocol/evaluation.ts';
import { failureModeSchema } from '../../src/protocol/panelDetails.ts';
import { schemeSchema } from '../../src/protocol/schemas.ts';
import { normalisationSchema, orderSchema } from '../shared/matrixChoices.ts';

const sections = ['domains', 'figures', 'matrices', 'failures', 'cost'] as const;
export type Section = (typeof sections)[number];

/** What a list of places is of; cells are told by names, since another system's matrix may have other rows. */
const openedSchema = v.variant('kind', [
  v.object({ kind: v.literal('failure'), corpus: v.string(), system: v.string(), mode: failureModeSchema }),
  v.object({
    kind: v.literal('cell'),
    corpus: v.string(),
    system: v.string(),
    level: v.picklist(['token', 'span']),
    row: v.string(),
    column: v.string(),
  }),
]);
export type Opened = v.InferOutput<typeof openedSchema>;

/** What the page itself remembers; names that an evaluation does not have stand for its first ones. */
export const uiSchema = v.object({
  scheme: schemeSchema,
  corpus: v.string(),
  system: v.string(),
  level: v.picklist(['token', 'span']),
  normalisation: normalisationSchema,
  order: orderSchema,
  closed: v.array(v.picklist(sections)),
  opened: v.nullable(openedSchema),
});
export type Ui = v.InferOutput<typeof uiSchema>;

export const initialUi: Ui = {
  scheme: 'full',
  corpus: '',
  system: '',
  level: 'span',
  normalisation: 'counts',
  order: 'labels',
  closed: [],
  opened: null,
};

/** What is looked at of an evaluation. */
export interface Chosen {
  readonly view: EvaluationSchemeView;
  readonly corpus: EvaluatedCorpusView;
  readonly system: EvaluatedSystem;
}

/** The scheme, corpus and system that the choices mean; undefined for an evaluation that has none. */
export function chosenIn({ views }: EvaluationView, ui: Ui): Chosen | undefined {
  const view = views.find(({ scheme }) => scheme === ui.scheme) ?? views[0];
  const corpus = view?.corpora.find(({ name }) => name === ui.corpus) ?? view?.corpora[0];
  const system = corpus?.systems.find(({ name }) => name === ui.system) ?? corpus?.systems[0];
  return view === undefined || corpus === undefined || system === undefined ? undefined : { view, corpus, system };
}
