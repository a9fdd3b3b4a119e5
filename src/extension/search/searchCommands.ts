import * as vscode from 'vscode';
import { QUERY_HELP, parseQuery } from '../../core/search/parseQuery.ts';
import type { CorpusSearch, SearchRequest } from './corpusSearch.ts';
import type { HitNode } from './searchTree.ts';
import type { SearchView } from './searchView.ts';

/** What the commands of search work on. */
export interface Searching {
  readonly search: CorpusSearch;
  readonly searchView: SearchView;
}

/** What a menu, a keybinding or a test passes to the commands of search. */
interface SearchArgument {
  readonly query?: string | undefined;
  /** The path in the corpus that is searched. */
  readonly scope: string;
}

/** Whether words in small letters mind case; kept for the window. */
let matchCase = false;

/** Asks what to search for, unless it was passed, and shows what is found in the whole corpus or the part that a menu names. */
export async function searchCorpus(searching: Searching, argument: unknown): Promise<void> {
  const { query: passed, scope } = argumentOf(argument);
  const last = searching.search.state?.request;
  const typed =
    passed ??
    (await vscode.window.showInputBox({
      title: scope === '' ? 'Search Corpus' : `Search ${scope.replace(/\/$/, '')}`,
      prompt:
        'Words, "any text", /patterns/, label:PER, gold:none, bert:ORG t5:LOC, tag:I-LOC, -label:LOC. All have to hold at one place.',
      placeHolder: 'new york label:LOC',
      value: last?.kind === 'query' ? last.typed : selectedText(),
      ignoreFocusOut: true,
      validateInput: (text) => {
        if (text.trim() === '')
          return { message: QUERY_HELP.join('\n'), severity: vscode.InputBoxValidationSeverity.Info };
        const parsed = parseQuery(text, { matchCase });
        return parsed.ok ? undefined : parsed.message;
      },
    }));
  if (typed === undefined) return;
  const parsed = parseQuery(typed, { matchCase });
  if (!parsed.ok) throw new Error(`${parsed.message}.`);
  await start(searching, { kind: 'query', typed, matchCase, query: parsed.value }, scope);
}

/** Lists the strings that gold labels in several ways. */
export async function findInconsistent(searching: Searching, argument: unknown): Promise<void> {
  await start(searching, { kind: 'inconsistent' }, argumentOf(argument).scope);
}

/** Searches for the same again, in the corpus as it is now. */
export async function searchAgain(searching: Searching): Promise<void> {
  const { state } = searching.search;
  if (state === undefined) return;
  const { request, scope } = state;
  const parsed = request.kind === 'query' ? parseQuery(request.typed, { matchCase }) : undefined;
  if (request.kind === 'query' && parsed?.ok === true)
    await start(searching, { ...request, matchCase, query: parsed.value }, scope);
  else await start(searching, request, scope);
}

/** Turns the case of words in small letters on or off and searches again. */
export async function toggleSearchCase(searching: Searching): Promise<void> {
  matchCase = !matchCase;
  await searchAgain(searching);
}

/** Goes to a place of the results. */
export async function openSearchResult({ searchView }: Searching, argument: unknown): Promise<void> {
  if (isHitNode(argument)) await searchView.open(argument);
}

async function start({ search }: Searching, request: SearchRequest, scope: string): Promise<void> {
  const done = search.run(request, scope);
  // The view exists only once its context key is set.
  await vscode.commands.executeCommand('setContext', 'entityLens.searchShown', true);
  await vscode.commands.executeCommand('entityLensSearch.focus');
  await done;
}

function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  const text = editor === undefined ? '' : editor.document.getText(editor.selection);
  return text === '' || /[\n\r]/.test(text) ? '' : /[:"/*-]/.test(text) ? `"${text.replaceAll('"', '')}"` : text;
}

function isHitNode(argument: unknown): argument is HitNode {
  return typeof argument === 'object' && argument !== null && 'kind' in argument && argument.kind === 'hit';
}

function argumentOf(argument: unknown): SearchArgument {
  if (typeof argument === 'string') return { query: argument, scope: '' };
  if (typeof argument !== 'object' || argument === null) return { scope: '' };
  const { query, scope, kind, path, entry } = argument as Partial<Record<string, unknown>>;
  if (kind === 'folder' && typeof path === 'string') return { scope: path };
  if (kind === 'document' && typeof entry === 'object' && entry !== null && 'path' in entry)
    return { scope: String(entry.path) };
  return {
    query: typeof query === 'string' ? query : undefined,
    scope: typeof scope === 'string' ? scope : '',
  };
}
