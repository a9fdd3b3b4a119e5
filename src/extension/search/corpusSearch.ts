import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { LabelledStrings } from '../../core/search/inconsistent.ts';
import type { InconsistentString } from '../../core/search/inconsistent.ts';
import type { SearchQuery } from '../../core/search/query.ts';
import { SearchRun, inconsistentHits } from '../../core/search/searchRun.ts';
import type { SearchHit } from '../../core/search/searchRun.ts';
import type { Source } from '../../core/span.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { CorpusEntry } from '../corpus/corpusEntry.ts';
import { corpusSentences } from '../corpus/corpusSentences.ts';
import type { CorpusSentence } from '../corpus/corpusSentences.ts';
import { TooLongError, withinTime } from '../../node/timeLimit.ts';
import type { Services } from '../prediction/services.ts';
import { sliceOfTime } from '../base/slices.ts';
import { messageOf } from '../../core/errorMessage.ts';

/** Places that are listed; more are only counted. */
export const MOST_LISTED = 10_000;
/** Sentences between two looks at the clock. */
const AT_ONCE = 32;
/** Milliseconds after which a few sentences are given up: their pattern would hold everyone up. */
const LONGEST_MS = 2000;
/** Milliseconds that results are collected for before they are shown. */
const SHOW_MS = 150;

/** A place in a document. */
export interface PlacedHit extends SearchHit {
  readonly uri: vscode.Uri;
  readonly path: string;
  /** The 0-based line of the first token when it was read from disk; undefined where an editor had it. */
  readonly line: number | undefined;
}

/** What is listed together: the places of a document, or those of a string with several labels. */
export interface SearchGroup {
  readonly title: string;
  /** The document; undefined for a string. */
  readonly uri: vscode.Uri | undefined;
  readonly labels: InconsistentString['labels'] | undefined;
  readonly hits: readonly PlacedHit[];
  /** All that were found here, listed or not. */
  readonly found: number;
}

/** What is searched for. */
export type SearchRequest =
  | { readonly kind: 'query'; readonly typed: string; readonly matchCase: boolean; readonly query: SearchQuery }
  | { readonly kind: 'inconsistent' };

/** What a search has found so far. */
export interface SearchState {
  readonly request: SearchRequest;
  /** The part of the corpus that is searched: a path; '' for all. */
  readonly scope: string;
  readonly running: boolean;
  readonly stopped: boolean;
  /** Documents that were searched, and all that are to be. */
  readonly done: number;
  readonly total: number | undefined;
  readonly sentences: number;
  readonly found: number;
  readonly listed: number;
  /** Sentences that could not be judged, by the source whose answer is missing. */
  readonly unknown: ReadonlyMap<Source, number>;
  /** Documents that could not be read, and why. */
  readonly problems: readonly string[];
}

interface OpenGroup {
  readonly title: string;
  readonly uri: vscode.Uri | undefined;
  readonly labels: InconsistentString['labels'] | undefined;
  readonly hits: PlacedHit[];
  found: number;
}

/** One search at a time over the corpus, in slices; a new one ends the one before it. */
export class CorpusSearch implements vscode.Disposable {
  readonly #services: Pick<Services, 'sessions' | 'models'>;
  readonly #corpus: Corpus;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires some time after results came. */
  readonly onDidChange = this.#changed.event;
  #state: SearchState | undefined;
  #groups = new Map<string, OpenGroup>();
  #stop: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Pick<Services, 'sessions' | 'models'>, corpus: Corpus) {
    this.#services = services;
    this.#corpus = corpus;
  }

  /** The last search, undefined where there is none to show. */
  get state(): SearchState | undefined {
    return this.#state;
  }

  get groups(): readonly SearchGroup[] {
    return [...this.#groups.values()];
  }

  /** Searches the documents whose path begins with `scope`; resolves at the end, or when it was ended. */
  async run(request: SearchRequest, scope = ''): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    this.#groups = new Map();
    this.#state = {
      request,
      scope,
      running: true,
      stopped: false,
      done: 0,
      total: undefined,
      sentences: 0,
      found: 0,
      listed: 0,
      unknown: new Map(),
      problems: [],
    };
    this.#show();
    try {
      const all = await this.#corpus.list(signal);
      const documents = all.filter(({ path }) => path.startsWith(scope));
      if (request.kind === 'query') await this.#find(request.query, documents, signal);
      else await this.#findInconsistent(documents, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (this.#stop === stop) this.#set({ running: false });
    }
  }

  /** Ends the search that runs; what was found stays. */
  stop(): void {
    if (this.#state?.running === true) this.#set({ stopped: true });
    this.#stop?.abort();
  }

  /** Forgets what was found. */
  clear(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#state = undefined;
    this.#groups = new Map();
    this.#show();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop?.abort();
    this.#changed.dispose();
  }

  async #find(query: SearchQuery, documents: readonly CorpusEntry[], signal: AbortSignal): Promise<void> {
    const run = new SearchRun(query);
    await this.#each(documents, documents.length, signal, (entry, sentence, index) => {
      for (const hit of run.next(sentence, index))
        this.#add({ title: entry.path, uri: entry.uri, labels: undefined }, entry, sentence, hit);
      this.#set({ sentences: run.sentences, unknown: run.unknown });
    });
  }

  /** Two ways through the corpus: one to know the strings with several labels, one to find their places. */
  async #findInconsistent(documents: readonly CorpusEntry[], signal: AbortSignal): Promise<void> {
    const strings = new LabelledStrings();
    const total = 2 * documents.length;
    await this.#each(documents, total, signal, (_, { tokens, layerOf }) => {
      const gold = layerOf('gold');
      if (gold === null || gold.length === 0) return;
      const forms = tokens.map(({ form }) => form);
      strings.add(forms, gold);
    });
    const listed = new Map(strings.inconsistent().map((string) => [string.text, string]));
    // The groups stand in the order of the strings, not of their first places.
    for (const { text, labels } of listed.values())
      this.#groups.set(text, { title: text, uri: undefined, labels, hits: [], found: 0 });
    await this.#each(documents, total, signal, (entry, sentence, index) => {
      for (const { hit, string } of inconsistentHits(listed, sentence, index))
        this.#add({ title: string.text, uri: undefined, labels: string.labels }, entry, sentence, hit);
    });
  }

  async #each(
    documents: readonly CorpusEntry[],
    total: number,
    signal: AbortSignal,
    take: (entry: CorpusEntry, sentence: CorpusSentence, index: number) => void,
  ): Promise<void> {
    for (const entry of documents) {
      this.#set({ total });
      let index = 0;
      try {
        let hasTime = sliceOfTime();
        for await (const batch of corpusSentences(this.#services, entry, signal)) {
          signal.throwIfAborted();
          for (let first = 0; first < batch.length; first += AT_ONCE) {
            withinTime(LONGEST_MS, () => {
              for (const sentence of batch.slice(first, first + AT_ONCE)) take(entry, sentence, index++);
            });
            if (hasTime()) continue;
            await nextTurn();
            signal.throwIfAborted();
            hasTime = sliceOfTime();
          }
        }
      } catch (error) {
        if (signal.aborted) throw error;
        if (error instanceof TooLongError)
          throw new Error(
            `The pattern takes too long on a sentence of ${entry.path}, so the search was ended: simplify repetitions in repetitions, such as (a+)+.`,
          );
        const problem = `${entry.path}: ${messageOf(error)}`;
        const problems = this.#state?.problems ?? [];
        if (!problems.includes(problem)) this.#set({ problems: [...problems, problem] });
      }
      signal.throwIfAborted();
      this.#set({ done: (this.#state?.done ?? 0) + 1 });
    }
  }

  #add(
    head: Pick<OpenGroup, 'title' | 'uri' | 'labels'>,
    { uri, path }: CorpusEntry,
    { lineOf }: CorpusSentence,
    hit: SearchHit,
  ): void {
    const state = this.#state;
    if (state === undefined) return;
    let group = this.#groups.get(head.title);
    if (group === undefined) this.#groups.set(head.title, (group = { ...head, hits: [], found: 0 }));
    group.found++;
    const listed = state.listed < MOST_LISTED;
    if (listed) group.hits.push({ ...hit, uri, path, line: lineOf?.(hit.first) });
    this.#set({ found: state.found + 1, listed: state.listed + (listed ? 1 : 0) });
  }

  #set(change: Partial<SearchState>): void {
    if (this.#state === undefined) return;
    this.#state = { ...this.#state, ...change };
    this.#show();
  }

  #show(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire();
    }, SHOW_MS);
  }
}
