/** The colours and forms of all charts, for light and dark pages; series differ by dash as well as by colour. */
export const CHART_STYLE = `
:root { --ink: #1f2328; --soft: #59636e; --paper: #ffffff; --rule: #d1d9e0; --panel: #f6f8fa; --heat: #1f7ae0; --s0: #0a5bb5; --s1: #b3460b; --s2: #1a7f37; --s3: #8250df; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --paper: #14181d; --rule: #3d444d; --panel: #1d2229; --heat: #388bfd; --s0: #6cb3ff; --s1: #ffa657; --s2: #56d364; --s3: #d2a8ff; } }
@media print { :root { --ink: #000000; --soft: #444444; --paper: #ffffff; --rule: #bbbbbb; --panel: #ffffff; --heat: #1f7ae0; --s0: #0a5bb5; --s1: #b3460b; --s2: #1a7f37; --s3: #8250df; } }
.chart { max-width: 100%; height: auto; font: 12px/1.4 system-ui, sans-serif; fill: var(--ink); }
.chart text { fill: var(--ink); }
.chart .head, .chart .number, .chart .total, .chart .tick, .chart .middle { text-anchor: middle; }
.chart .name, .chart .end { text-anchor: end; }
.chart .axis, .chart .tick, .chart .total, .chart .label { fill: var(--soft); }
.chart .number { font-variant-numeric: tabular-nums; }
.chart .number.zero { fill: var(--soft); }
.chart .cell { fill: var(--heat); stroke: none; }
.chart .cell.same { stroke: var(--ink); stroke-width: 1; }
.chart .grid { stroke: var(--rule); stroke-width: 1; }
.chart .diagonal { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; }
.chart .range { stroke-width: 2; }
.chart .line { fill: none; stroke-width: 1.5; }
.chart .series0 { fill: var(--s0); stroke: var(--s0); } .chart .series1 { fill: var(--s1); stroke: var(--s1); }
.chart .series2 { fill: var(--s2); stroke: var(--s2); } .chart .series3 { fill: var(--s3); stroke: var(--s3); }
.chart .line.series1 { stroke-dasharray: 6 3; } .chart .line.series2 { stroke-dasharray: 2 3; } .chart .line.series3 { stroke-dasharray: 8 3 2 3; }
.chart .line { fill: none; }
.chart .bar { stroke: none; }
.chart .bar.series1, .chart .bar.series3 { fill-opacity: 0.75; }
`;

/** A chart as a file of its own: the SVG with its colours inside. */
export function standaloneSvg(svg: string): string {
  return svg.replace('>', () => `><style>${CHART_STYLE}</style>`);
}
