import type { Scheme } from '../../core/scheme.ts';
import { NO_LABEL, SOURCE_NAMES } from '../../core/span.ts';
import type { Source, Span } from '../../core/span.ts';
import { shownLayersOf, spanProbability } from '../document/layers.ts';
import type { SessionSentence } from '../document/session.ts';
import { largest, smallest } from '../../core/lists.ts';

/** One source's answer about a token, as a row of the hover's table. */
export interface HoverRow {
  readonly source: Source;
  /** Undefined where the source has no span over the token. */
  readonly span: Span | undefined;
  /** True where the source is gold and nobody decided the token. */
  readonly undecided: boolean;
  readonly probability: number | undefined;
}

/** What each source that has a layer says of one token; empty where no source has a span there. */
export function hoverRows(sentence: SessionSentence, token: number, scheme: Scheme): readonly HoverRow[] {
  const rows = [...shownLayersOf(sentence, scheme)].map(([source, layer]): HoverRow => {
    const span = layer.find(({ first, end }) => first <= token && token < end);
    const probability =
      span === undefined
        ? source === 'gold'
          ? undefined
          : sentence.predictions[source]?.probabilities[token]
        : spanProbability(sentence, source, span);
    const undecided = source === 'gold' && (sentence.partial?.undecided.includes(token) ?? false);
    return { source, span, undecided, probability };
  });
  return rows.some((row) => row.span !== undefined) ? rows : [];
}

/** The tokens that all spans of the rows cover together. */
export function hoverExtent(rows: readonly HoverRow[]): Pick<Span, 'first' | 'end'> | undefined {
  const spans = rows.flatMap((row) => (row.span === undefined ? [] : [row.span]));
  if (spans.length === 0) return undefined;
  return { first: smallest(spans.map((span) => span.first)), end: largest(spans.map((span) => span.end)) };
}

/** The table of a hover as Markdown, one row a source. */
export function hoverTable(sentence: SessionSentence, rows: readonly HoverRow[]): string {
  const lines = rows.map(({ source, span, undecided, probability }) => {
    const none = undecided ? 'not decided' : 'no entity';
    const words = span === undefined ? none : escapeMarkdown(spanWords(sentence, span));
    const label = span === undefined || span.label === NO_LABEL ? '' : `**${escapeMarkdown(span.label)}**`;
    return `| ${SOURCE_NAMES[source]} | ${words} | ${label} | ${probability === undefined ? '' : percent(probability)} |`;
  });
  return ['| Source | Span | Label | Probability |', '|:--|:--|:--|--:|', ...lines].join('\n');
}

function spanWords({ text, tokens }: SessionSentence, { first, end }: Span): string {
  return text.slice(tokens[first]?.start ?? 0, tokens[end - 1]?.end ?? 0);
}

/** A probability for people: never 100 % unless it is certain. */
export function percent(probability: number): string {
  if (probability >= 1) return '100 %';
  return `${(Math.floor(probability * 1000) / 10).toFixed(1)} %`;
}

/** The text with everything that Markdown or a table reads as markup made literal, on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll(/[\\`*_{}[\]()#+\-.!|~$]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
