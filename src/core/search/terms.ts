import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';

/** A part of a query as typed, with its 0-based place. */
export interface Term {
  readonly kind: 'bare' | 'quoted' | 'pattern';
  /** Without quotes and slashes. */
  readonly text: string;
  /** What stands after the slash that ends a pattern. */
  readonly flags: string;
  readonly at: number;
}

/** Why a query cannot be understood. */
export type QueryReason =
  'empty' | 'openQuote' | 'emptyQuote' | 'openPattern' | 'pattern' | 'unknownCondition' | 'value' | 'contradiction';

/** A failure that names its place as people count: from 1. */
export function queryFault(reason: QueryReason, at: number, message: string): Result<never, QueryReason> {
  return fail(reason, `${message} (at character ${at + 1})`);
}

/** The parts of a query: between white space, in double quotes, or between slashes. */
export function termsOf(query: string): Result<readonly Term[], QueryReason> {
  const terms: Term[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query.charAt(at))) {
      at++;
      continue;
    }
    const sign = query.charAt(at);
    const read = sign === '"' ? quoted(query, at) : sign === '/' ? pattern(query, at) : bare(query, at);
    if (!read.ok) return read;
    terms.push(read.value.term);
    at = read.value.end;
  }
  return ok(terms);
}

type Read = Result<{ readonly term: Term; readonly end: number }, QueryReason>;

function quoted(query: string, at: number): Read {
  const end = query.indexOf('"', at + 1);
  if (end < 0) return queryFault('openQuote', at, 'The quote is not closed: write a second " where the text ends');
  const text = query.slice(at + 1, end);
  if (text.trim() === '')
    return queryFault('emptyQuote', at, 'There is nothing between the quotes: write the words to be found');
  return ok({ term: { kind: 'quoted', text, flags: '', at }, end: end + 1 });
}

function pattern(query: string, at: number): Read {
  let end = at + 1;
  let inClass = false;
  for (; end < query.length; end++) {
    const sign = query.charAt(end);
    if (sign === '\\') end++;
    else if (sign === '[') inClass = true;
    else if (sign === ']') inClass = false;
    else if (sign === '/' && !inClass) break;
  }
  if (end >= query.length)
    return queryFault(
      'openPattern',
      at,
      'The pattern is not closed: end it with /, or put the text into quotes if the slash is meant',
    );
  const flags = /^[^\s]*/.exec(query.slice(end + 1))?.[0] ?? '';
  const text = query.slice(at + 1, end);
  return ok({ term: { kind: 'pattern', text, flags, at }, end: end + 1 + flags.length });
}

function bare(query: string, at: number): Read {
  const text = /^\S+/.exec(query.slice(at))?.[0] ?? '';
  return ok({ term: { kind: 'bare', text, flags: '', at }, end: at + text.length });
}
