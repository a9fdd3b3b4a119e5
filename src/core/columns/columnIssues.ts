import type { Comment, ColumnLayout, Issue, TokenCells } from './document.ts';
import { tagParts } from '../scheme.ts';
import { isTag } from '../tagging.ts';
import type { Tagging } from '../tagging.ts';

/** The part of a token's line that its issues speak of; lines count from the first of the block. */
interface TaggedWord {
  readonly form: string;
  readonly tag: string;
  readonly cells: Pick<TokenCells, 'line'>;
}

/** A line with too few or too many cells; `line` is 0-based in the block. */
export function cellCountIssue(line: number, cells: number, layout: ColumnLayout): Issue {
  const remedy = cells < layout.columns ? 'add the missing cells' : 'remove the cells that are too many';
  return {
    line: line + 1,
    severity: 'error',
    reason: 'cellCount',
    message: `${String(cells)} cells instead of ${String(layout.columns)}: ${remedy}, separated by ${layout.separator === '\t' ? 'tabs' : 'spaces'}.`,
  };
}

/** A line without a word. */
export function emptyFormIssue(line: number, layout: ColumnLayout): Issue {
  return {
    line: line + 1,
    severity: 'error',
    reason: 'emptyForm',
    message: `The cell of the word is empty: write the word in column ${String(layout.form + 1)} or delete the line.`,
  };
}

/** A line whose cells are separated in another way than those of the rest of the file. */
export function mixedIssue(line: number, layout: ColumnLayout): Issue {
  const usual = layout.separator === '\t' ? 'tabs' : 'spaces';
  const left = layout.separator === '\t' ? ' Until then the line is left alone.' : '';
  return {
    line: line + 1,
    severity: left === '' ? 'warning' : 'error',
    reason: 'mixedSeparators',
    message: `The cells of this line are not separated by ${usual} as in the rest of the file: use ${usual}.${left}`,
  };
}

/** A word that is not where `# text` says, or text that goes on after the last word. */
export function textIssue(written: Comment, row: TaggedWord | undefined): Issue {
  return {
    line: (row?.cells.line ?? written.line) + 1,
    severity: 'warning',
    reason: 'textMismatch',
    message:
      row === undefined
        ? 'The text of `# text` goes on after the last word: correct it or add the missing lines. Until then the words joined by spaces are used.'
        : `The word “${row.form}” does not follow in \`# text\`: correct one of them. Until then the words joined by spaces are used.`,
  };
}

/** The tag that is meant by one with a small prefix or another sign behind it. */
function likelyTag(tag: string): string | undefined {
  if (tag === 'o') return 'O';
  const [, prefix = '', label = ''] = /^([bi])[-_:.](.+)$/i.exec(tag) ?? [];
  return label === '' ? undefined : `${prefix.toUpperCase()}-${label}`;
}

/** A tag that is none, or that cannot stand where it stands. */
export function tagIssue(row: TaggedWord, tagging: Tagging | undefined): Issue {
  const line = row.cells.line + 1;
  if (tagging !== undefined && isTag(row.tag))
    return {
      line,
      severity: 'warning',
      reason: 'orphanTag',
      message: `${row.tag} breaks the rules of ${tagging.toUpperCase()} here and was read as well as it can be: correct it or the tags around it, or name the right format.`,
    };
  const parts = tagParts(row.tag);
  if (parts.prefix === 'unknown')
    return {
      line,
      severity: 'warning',
      reason: 'unknownTag',
      message: `“${row.tag}” is no IOB2 tag and counts as O: write ${likelyTag(row.tag) ?? 'O, B-LABEL, I-LABEL, or _ where nobody decided yet'}.`,
    };
  return {
    line,
    severity: 'warning',
    reason: 'orphanTag',
    message: `${row.tag} does not continue an entity of its label and is read as the start of one: write ${row.tag.replace('I', 'B')} here, or correct the tag before it.`,
  };
}
