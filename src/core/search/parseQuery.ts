import { Pattern } from '../pattern.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Source } from '../span.ts';
import type { Condition, SearchQuery, TextTerm, TokenTest, Wanted } from './query.ts';
import { queryFault, termsOf } from './terms.ts';
import type { QueryReason, Term } from './terms.ts';
import { messageOf } from '../errorMessage.ts';
import { append } from '../lists.ts';

/** What the surroundings of a query say of it. */
export interface QueryOptions {
  /** Whether words are matched with their case; otherwise a word in small letters ignores it. */
  readonly matchCase?: boolean;
}

/** The query language in a few lines, for people. */
export const QUERY_HELP = [
  'Words stand for whole tokens, side by side for tokens in a row: new york. A word in small letters ignores case; * stands for any letters: Micro*.',
  '"in quotes": words with any signs, anywhere in the sentence. /pattern/ or /pattern/i: a regular expression in one token, or over the sentence if it holds a space.',
  'label:PER, gold:PER, bert:ORG, t5:LOC,ORG: what a source says at the place; also any, none (no entity) and unknown (not annotated, not asked).',
  'tag:B-PER: a tag. source:bert makes label: and tag: speak of BERT. A minus negates: gold:PER -bert:PER. All parts have to hold.',
] as const;

const sources: Readonly<Record<string, Source>> = { gold: 'gold', bert: 'bert', t5: 't5' };
const conditionShape = /^(-?)([a-z]\w*):(.*)$/;

/** Reads a query. A failure says which part is wrong, where, and what is expected. */
export function parseQuery(typed: string, { matchCase = false }: QueryOptions = {}): Result<SearchQuery, QueryReason> {
  const read = termsOf(typed);
  if (!read.ok) return read;
  const [first, ...others] = read.value;
  const everywhere = first?.text === '(?i)' && first.kind === 'bare';
  const terms = everywhere ? others : read.value;
  if (terms.length === 0)
    return queryFault('empty', 0, 'Nothing to search for: write words, a /pattern/, or a condition such as label:PER');
  const named = sourceNamed(terms);
  if (!named.ok) return named;
  const conditions: Condition[] = [];
  const texts: TextTerm[] = [];
  let row: TokenTest[] = [];
  const closeRow = (): void => {
    const [test, ...more] = row;
    if (test !== undefined) texts.push({ kind: 'tokens', tests: [test, ...more] });
    row = [];
  };
  for (const term of terms) {
    const condition = conditionOf(term, named.value);
    if (!condition.ok) return condition;
    if (condition.value === 'source') continue;
    if (condition.value !== undefined) {
      conditions.push(condition.value);
      continue;
    }
    const caseRule = everywhere ? 'ignore' : matchCase ? 'match' : 'smart';
    const text = textOf(term, caseRule);
    if (!text.ok) return text;
    if (text.value.kind === 'line' || term.kind === 'quoted') {
      closeRow();
      texts.push(text.value);
    } else append(row, text.value.tests);
  }
  closeRow();
  if (texts.length + conditions.length === 0)
    return queryFault('empty', 0, 'source: alone finds nothing: add a label: or tag: condition, or words');
  return ok({ texts, conditions });
}

type CaseRule = 'ignore' | 'match' | 'smart';

function sourceNamed(terms: readonly Term[]): Result<Source, QueryReason> {
  let source: Source | undefined;
  for (const { kind, text, at } of terms) {
    const name = kind === 'bare' ? /^source:(.*)$/.exec(text)?.[1] : undefined;
    if (name === undefined) continue;
    const found = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (found === undefined)
      return queryFault('value', at, `“${text}”: after source: one of gold, bert or t5 is expected`);
    if (source !== undefined && source !== found)
      return queryFault(
        'contradiction',
        at,
        `“${text}”: there is another source: already; use gold:, bert: and t5: to speak of several`,
      );
    source = found;
  }
  return ok(source ?? 'gold');
}

/** The condition of a term, `source` for the one that only says whose labels are meant, undefined for text. */
function conditionOf(term: Term, source: Source): Result<Condition | 'source' | undefined, QueryReason> {
  const match = term.kind === 'bare' ? conditionShape.exec(term.text) : null;
  if (match === null) return ok(undefined);
  const [, minus = '', key = '', value = ''] = match;
  // Addresses and times are words.
  if (value.startsWith('//')) return ok(undefined);
  const negated = minus !== '';
  if (key === 'source')
    return negated
      ? queryFault('value', term.at, '“-source:” has no meaning: name the source that is meant')
      : ok('source');
  const own = Object.hasOwn(sources, key) ? sources[key] : undefined;
  if (own === undefined && key !== 'label' && key !== 'tag')
    return queryFault(
      'unknownCondition',
      term.at,
      `There is no condition “${key}:”: there are label:, gold:, bert:, t5:, tag: and source:. To search for these characters, put them into quotes: "${term.text}"`,
    );
  const wanted = key === 'tag' ? tagsWanted(term, value) : labelsWanted(term, key, value);
  return wanted.ok ? ok({ source: own ?? source, wanted: wanted.value, negated }) : wanted;
}

function valuesOf(value: string): readonly string[] | undefined {
  const values = value.split(',');
  return values.includes('') ? undefined : values;
}

function labelsWanted(term: Term, key: string, value: string): Result<Wanted, QueryReason> {
  const values = valuesOf(value);
  if (values === undefined)
    return queryFault(
      'value',
      term.at,
      `“${term.text}”: after ${key}: a label is expected, or several between commas such as ${key}:PER,ORG, or any, none or unknown`,
    );
  const [word] = values;
  if (word === 'any' || word === 'none' || word === 'unknown')
    return values.length === 1
      ? ok({ kind: word })
      : queryFault('value', term.at, `“${term.text}”: ${word} stands alone, without other labels`);
  return ok({ kind: 'labels', labels: values.map((label) => label.toLowerCase()) });
}

function tagsWanted(term: Term, value: string): Result<Wanted, QueryReason> {
  const values = valuesOf(value);
  const wrong = values?.find((tag) => !/^(?:O|[BI](?:-\S+)?)$/i.test(tag));
  if (values === undefined || wrong !== undefined)
    return queryFault(
      'value',
      term.at,
      `“${term.text}”: after tag: O, B-LABEL or I-LABEL is expected, or B or I for any label`,
    );
  return ok({ kind: 'tags', tags: values.map((tag) => tag.toLowerCase()) });
}

function textOf(term: Term, rule: CaseRule): Result<TextTerm, QueryReason> {
  if (term.kind === 'pattern') return patternTerm(term, rule);
  const words = term.text.trim().split(/\s+/);
  const tests = words.map((word): TokenTest => {
    const small = word === word.toLowerCase();
    const ignoreCase = rule === 'ignore' || (rule === 'smart' && small);
    if (term.kind === 'quoted' || !word.includes('*'))
      return { kind: 'word', text: ignoreCase ? word.toLowerCase() : word, ignoreCase };
    return { kind: 'wildcard', parts: (ignoreCase ? word.toLowerCase() : word).split('*'), ignoreCase };
  });
  const [first, ...more] = tests;
  if (first === undefined) return queryFault('emptyQuote', term.at, 'There are no words here');
  return ok({ kind: 'tokens', tests: [first, ...more] });
}

function patternTerm({ text, flags, at }: Term, rule: CaseRule): Result<TextTerm, QueryReason> {
  if (text === '') return queryFault('pattern', at, 'There is nothing between the slashes: write a regular expression');
  if (flags !== '' && flags !== 'i')
    return queryFault('pattern', at, `After the pattern stands “${flags}”: only i (ignore case) or a space may follow`);
  const inline = text.startsWith('(?i)');
  const source = inline ? text.slice('(?i)'.length) : text;
  const ignoreCase = rule === 'ignore' || inline || flags === 'i';
  try {
    const over = source.includes(' ') ? 'line' : 'token';
    const pattern = new Pattern(source, { ignoreCase });
    return ok(over === 'line' ? { kind: 'line', pattern } : { kind: 'tokens', tests: [{ kind: 'pattern', pattern }] });
  } catch (error) {
    const why = messageOf(error);
    return queryFault('pattern', at, `/${text}/ is no regular expression: ${why}`);
  }
}
