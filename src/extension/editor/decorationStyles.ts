import * as vscode from 'vscode';
import type { Mark } from './marks.ts';

/** What a decoration type is made for: marks that look the same share one. */
export type Look = Pick<Mark, 'form' | 'slot'>;

/** The contributed colour of a place in the cycle of labels; 0 is a span without a label. */
function labelColor(slot: number): string {
  return slot === 0 ? 'entityLens.unlabelled' : `entityLens.label${String(slot)}`;
}

/** The name under which the workbench's style sheet knows a colour; some decoration options take plain CSS only. */
function cssColor(color: string): string {
  return `var(--vscode-${color.replaceAll('.', '-')})`;
}

/**
 * The form of each source, chosen so that all of them can lie over the same words: gold is a filled box, BERT a solid
 * line below the words, T5 a dotted underline of the letters, a disagreement a dashed frame with an icon in the margin and
 * a mark beside the scroll bar, undecided words of a sentence in progress faint and slanted. None of them takes room in the line, since VS Code would not count it when it wraps lines.
 */
export function decorationStyle(look: Look, media: vscode.Uri): vscode.DecorationRenderOptions {
  const color = labelColor(look.slot);
  const common = { rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed };
  switch (look.form) {
    case 'gold':
      return {
        ...common,
        backgroundColor: new vscode.ThemeColor(`${color}Background`),
        border: '1px solid',
        borderColor: new vscode.ThemeColor(color),
        borderRadius: '3px',
      };
    case 'bert':
      return {
        ...common,
        borderStyle: 'solid',
        borderWidth: '0 0 2px 0',
        borderColor: new vscode.ThemeColor(color),
      };
    case 't5':
      return {
        ...common,
        textDecoration: `underline dotted 2px ${cssColor(color)}; text-underline-offset: 1px; text-decoration-skip-ink: none`,
      };
    case 'undecided':
      return { ...common, opacity: '0.75', fontStyle: 'italic' };
    case 'disagreement':
      return {
        ...common,
        outline: '1px dashed',
        outlineColor: new vscode.ThemeColor('entityLens.disagreement'),
        overviewRulerColor: new vscode.ThemeColor('entityLens.disagreement'),
        overviewRulerLane: vscode.OverviewRulerLane.Center,
        ...gutterIcon(media),
      };
  }
}

function gutterIcon(media: vscode.Uri): Pick<vscode.DecorationRenderOptions, 'dark' | 'light'> {
  const icon = (theme: string): vscode.ThemableDecorationRenderOptions => ({
    gutterIconPath: vscode.Uri.joinPath(media, `disagreement-${theme}.svg`),
    gutterIconSize: '75%',
  });
  return { dark: icon('dark'), light: icon('light') };
}

/** The sentence that the panel shows. */
export function currentSentenceStyle(): vscode.DecorationRenderOptions {
  return {
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    backgroundColor: new vscode.ThemeColor('entityLens.currentSentence'),
  };
}
