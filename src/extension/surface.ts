import type { AnnotatorsView } from './compare/annotatorsView.ts';
import type { AnnotationMode } from './editor/annotationMode.ts';
import type { Corpus } from './corpus/corpus.ts';
import type { EvaluationHost } from './evaluation/evaluationHost.ts';
import type { ImportIssues } from './exchange/importIssues.ts';
import type { PanelHost } from './panel/panelHost.ts';
import type { Reviewing } from './review/reviewSteps.ts';
import type { CorpusSearch } from './search/corpusSearch.ts';
import type { SearchView } from './search/searchView.ts';

/** What every command works on. */
export interface Surface extends Reviewing {
  readonly panel: PanelHost;
  readonly annotators: AnnotatorsView;
  readonly importIssues: ImportIssues;
  readonly mode: AnnotationMode;
  readonly corpus: Corpus;
  readonly search: CorpusSearch;
  readonly searchView: SearchView;
  readonly evaluation: EvaluationHost;
}
