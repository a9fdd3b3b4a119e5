import type { LabelInUse } from '../settings/labels.ts';

/** A patch of a label's colour in the workbench's own Markdown, which lets theme colours through. */
function patch(slot: number): string {
  const color = slot === 0 ? 'unlabelled' : `label${String(slot)}`;
  return `<span style="color:var(--vscode-entityLens-${color});">■</span>`;
}

/** What the forms and colours in the text mean, as Markdown that needs `supportHtml`. */
export function legendMarkdown(labels: readonly LabelInUse[]): string {
  const colors = labels
    .map(({ name, key, color, description }) => {
      const about = [key === '' ? '' : `key ${key.toUpperCase()}`, escapeHtml(description)].filter(
        (part) => part !== '',
      );
      return `${patch(color)} ${escapeHtml(name)}${about.length === 0 ? '' : ` (${about.join(': ')})`}`;
    })
    .join('  ');
  const forms = 'filled box: gold · solid line: BERT · dotted underline: T5 · dashed frame and ≠: they disagree';
  return `${colors}\n\n${forms}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"'\\`*_{}[\]()#+.!|~$-]/g, (sign) => `&#${String(sign.codePointAt(0))};`);
}
