import { noteOf } from '../examples.ts';
import type { Example } from '../examples.ts';
import type { Report } from './report.ts';
import { CHART_STYLE } from './chartStyle.ts';
import { escapeHtml, escapeMarkdown, markdownTable } from './markup.ts';
import { reportBlocks } from './reportBlocks.ts';
import type { Block } from './reportBlock.ts';

/** A report as JSON with two spaces of indentation. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Where an example stands: its file and line, else what the corpus calls its sentence. */
function whereOf({ sentence, file, line }: Example): string {
  const place = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`];
  return [...place, ...(sentence === '' ? [] : [sentence])].join(', ');
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'text':
      return escapeMarkdown(block.text);
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'chart':
      return '';
    case 'table':
      return `${escapeMarkdown(block.caption)}:\n\n${markdownTable(
        block.head.map(escapeMarkdown),
        block.rows.map((row) => row.map(escapeMarkdown)),
      )}`;
    case 'examples':
      return [
        `${escapeMarkdown(block.title)}:`,
        '',
        ...block.examples.map((example) => {
          const { before, text, after } = example;
          const context = `${escapeMarkdown(before)} **${escapeMarkdown(text)}** ${escapeMarkdown(after)}`.trim();
          return `- ${context} (${escapeMarkdown([whereOf(example), noteOf(example)].filter((part) => part !== '').join(': '))})`;
        }),
      ].join('\n');
  }
}

/** A report as Markdown: all that the page says, without its charts. */
export function reportMarkdown(report: Report): string {
  return `${reportBlocks(report)
    .map(markdownBlock)
    .filter((text) => text !== '')
    .join('\n\n')}\n`;
}

function htmlTable({ caption, head, rows }: Extract<Block, { kind: 'table' }>): string {
  const headCells = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('');
    return `<tr><th scope="row">${escapeHtml(first)}</th>${cells}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${headCells}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'chart':
      return `<figure>${block.svg}</figure>`;
    case 'table':
      return block.folded ? `<details><summary>As a table</summary>${htmlTable(block)}</details>` : htmlTable(block);
    case 'examples':
      return `<details><summary>${escapeHtml(block.title)}</summary><ul class="examples">${block.examples
        .map((example) => {
          const { before, text, after } = example;
          const place = whereOf(example);
          const where = place === '' ? '' : `<span class="where">${escapeHtml(place)}</span> `;
          return `<li>${where}${escapeHtml(before)} <mark>${escapeHtml(text)}</mark> ${escapeHtml(after)}<br><span class="seen">${escapeHtml(noteOf(example))}</span></li>`;
        })
        .join('')}</ul></details>`;
  }
}

const PAGE_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--rule); overflow-wrap: anywhere; }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p, li { max-width: 46rem; overflow-wrap: anywhere; }
figure { margin: 1rem 0; overflow-x: auto; }
.scroll { display: inline-block; vertical-align: top; box-sizing: border-box; max-width: 100%; overflow-x: auto; margin: .75rem 0 1.25rem; padding-right: 2.5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13.5px; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; white-space: nowrap; }
th, td { padding: .3rem .55rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
th[scope=row], thead th:first-child { text-align: left; }
thead th { color: var(--soft); font-weight: 600; white-space: normal; vertical-align: bottom; }
tbody th { font-weight: 400; }
details { margin: .4rem 0; }
summary { cursor: pointer; }
mark { background: none; color: inherit; font-weight: 650; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; }
.examples { padding-left: 1.1rem; }
.where, .seen { color: var(--soft); font-size: 13px; }
:focus-visible { outline: 2px solid var(--heat); outline-offset: 2px; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } details::details-content { content-visibility: visible; block-size: auto; } h2, h3, h4, summary { break-after: avoid; } figure, tr, li { break-inside: avoid; } .scroll, figure { overflow: visible; } th, td { white-space: normal; } }
`;

/** A report as one HTML page without scripts that loads nothing: charts inside, light or dark as the reader's system, printable. */
export function reportHtml(report: Report): string {
  const names = [...new Set(report.views.flatMap(({ corpora }) => corpora.map(({ name }) => name)))].join(', ');
  return blocksHtml(`Evaluation: ${names}`, reportBlocks(report));
}

/** A page of its own: no script, nothing from elsewhere. */
export function blocksHtml(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${CHART_STYLE}${PAGE_STYLE}</style>
</head>
<body>
<main>
${blocks.map(htmlBlock).join('\n')}
</main>
</body>
</html>
`;
}
