import type { Corpus } from './corpus/corpus.ts';
import type { CurrentSentence } from './currentSentence.ts';
import type { PanelHost } from './panel/panelHost.ts';
import type { ReviewQueue } from './review/reviewQueue.ts';
import type { ReviewView } from './review/reviewView.ts';
import type { CorpusSearch } from './search/corpusSearch.ts';
import type { SearchView } from './search/searchView.ts';
import type { Services } from './services.ts';

/** What every command works on. */
export interface Surface {
  readonly services: Services;
  readonly current: CurrentSentence;
  readonly panel: PanelHost;
  readonly review: ReviewQueue;
  readonly reviewView: ReviewView;
  readonly corpus: Corpus;
  readonly search: CorpusSearch;
  readonly searchView: SearchView;
}
