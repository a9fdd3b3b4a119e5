import type { ReliabilityPoint } from '../calibration.ts';
import { escapeHtml, shownInterval, shownRatio } from './markup.ts';
import { largest, smallest } from '../lists.ts';

/** One bar, point or line of a chart; `series` is a number from 0 that chooses colour and form. */
export interface Mark {
  readonly name: string;
  readonly series: number;
}

/** The forms of points by series, so that colour is never alone. */
const SHAPES = ['circle', 'square', 'diamond', 'triangle'] as const;

/** An element of SVG; numbers with two digits, texts escaped. */
export function tag(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): string {
  const written = Object.entries(attributes).map(
    ([key, value]) =>
      ` ${key}="${typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeHtml(value)}"`,
  );
  return `<${name}${written.join('')}>${content}</${name}>`;
}

/** A text at a place. */
export function text(className: string, x: number, y: number, content: string): string {
  return tag('text', { class: className, x, y }, escapeHtml(content));
}

/** A straight line. */
export function line(className: string, x1: number, y1: number, x2: number, y2: number): string {
  return tag('line', { class: className, x1, y1, x2, y2 });
}

/** A whole picture with its title. */
export function chart(kind: string, title: string, width: number, height: number, content: string): string {
  const box = `0 0 ${Math.round(width)} ${Math.round(height)}`;
  return tag(
    'svg',
    { class: `chart ${kind}`, role: 'img', viewBox: box, width, height, xmlns: 'http://www.w3.org/2000/svg' },
    tag('title', {}, escapeHtml(title)) + content,
  );
}

/** A point of a series' own form with a name that a pointer shows. */
export function point(series: number, x: number, y: number, name: string): string {
  const shape = SHAPES[series % SHAPES.length] ?? 'circle';
  const r = 5;
  const outlines = {
    circle: `M${x - r},${y} a${r},${r} 0 1,0 ${2 * r},0 a${r},${r} 0 1,0 ${-2 * r},0`,
    square: `M${x - r + 0.5},${y - r + 0.5} h${2 * r - 1} v${2 * r - 1} h${1 - 2 * r} z`,
    diamond: `M${x},${y - r - 1} l${r + 1},${r + 1} l${-r - 1},${r + 1} l${-r - 1},${-r - 1} z`,
    triangle: `M${x},${y - r - 1} l${r + 1},${2 * r} h${-2 * r - 2} z`,
  } as const;
  return tag('path', { class: `point series${series}`, d: outlines[shape] }, tag('title', {}, escapeHtml(name)));
}

/** The names of the series with their forms, in one row from x. */
export function legend(series: readonly string[], x: number, y: number): string {
  let at = x;
  return series
    .map((name, index) => {
      const drawn = point(index, at + 6, y - 4, name) + text('label', at + 18, y, name);
      at += 34 + name.length * 7;
      return drawn;
    })
    .join('');
}

/** A figure with its interval. */
export interface IntervalMark extends Mark {
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** Figures of 0 to 1 as points with their intervals as lines, one row each, on a scale that holds all of them. */
export function intervalChart(title: string, marks: readonly IntervalMark[]): string {
  const ends = marks.flatMap(({ value, interval }) => [value ?? 1, interval?.low ?? 1]);
  const low = Math.max(0, Math.floor((smallest(ends, 1) - 0.02) * 10) / 10);
  const left =
    24 +
    largest(
      marks.map(({ name }) => name.length),
      4,
    ) *
      7;
  const width = left + 470;
  const x = (value: number): number => left + ((value - low) / (1 - low)) * 380;
  const height = 34 + marks.length * 28;
  const step = low >= 0.5 ? 0.1 : 0.2;
  const ticks = Array.from({ length: Math.round((1 - low) / step) + 1 }, (_, index) => 1 - index * step).filter(
    (value) => value >= low - 1e-9,
  );
  const grid = ticks.map(
    (value) => line('grid', x(value), 8, x(value), height - 22) + text('tick', x(value), height - 8, value.toFixed(1)),
  );
  const rows = marks.map(({ name, value, interval, series }, index) => {
    const y = 22 + index * 28;
    const shown = `${name}: ${shownRatio(value)} ${interval === null ? '' : shownInterval(interval)}`;
    const range =
      interval === null
        ? ''
        : line(`range series${series}`, x(interval.low), y, x(interval.high), y) +
          line(`range series${series}`, x(interval.low), y - 4, x(interval.low), y + 4) +
          line(`range series${series}`, x(interval.high), y - 4, x(interval.high), y + 4);
    return (
      text('name', left - 12, y + 4, name) +
      range +
      (value === null ? '' : point(series, x(value), y, shown)) +
      text('value', x(1) + 14, y + 4, shownRatio(value))
    );
  });
  return chart('intervals', title, width, height, grid.join('') + rows.join(''));
}

/** One group of bars. */
export interface BarGroup {
  readonly name: string;
  /** One value a series, in the order of the series. */
  readonly values: readonly number[];
}

/** Groups of horizontal bars with their numbers, one bar a series. */
export function barChart(title: string, series: readonly string[], groups: readonly BarGroup[], digits = 1): string {
  const left =
    24 +
    largest(
      groups.map(({ name }) => name.length),
      4,
    ) *
      7;
  const bar = 13;
  const gap = 12;
  const group = series.length * bar + gap;
  const most = largest(
    groups.flatMap(({ values }) => values),
    1e-9,
  );
  const top = 30;
  const rows = groups.map(({ name, values }, index) => {
    const y = top + index * group;
    const bars = values.map((value, one) => {
      const length = (value / most) * 360;
      const at = y + one * bar;
      const shown = `${name}, ${series[one] ?? ''}: ${value.toFixed(digits)}`;
      return (
        tag(
          'rect',
          { class: `bar series${one}`, x: left, y: at, width: Math.max(length, value > 0 ? 1 : 0), height: bar - 2 },
          tag('title', {}, escapeHtml(shown)),
        ) + text('value', left + length + 6, at + bar - 4, value.toFixed(digits))
      );
    });
    return text('name', left - 12, y + (series.length * bar) / 2 + 3, name) + bars.join('');
  });
  return chart('bars', title, left + 430, top + groups.length * group, legend(series, left, 16) + rows.join(''));
}

/** The reliability of one series of confidences. */
export interface ReliabilitySeries extends Mark {
  readonly points: readonly ReliabilityPoint[];
}

/** A reliability diagram: accuracy over confidence, the diagonal for perfect calibration; a point's area follows its number of tokens. */
export function reliabilityChart(title: string, series: readonly ReliabilitySeries[]): string {
  const size = 260;
  const [left, top] = [52, 34];
  const x = (value: number): number => left + value * size;
  const y = (value: number): number => top + (1 - value) * size;
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const grid = ticks.map(
    (value) =>
      line('grid', x(value), y(0), x(value), y(1)) +
      line('grid', x(0), y(value), x(1), y(value)) +
      text('tick', x(value), y(0) + 16, value.toFixed(1)) +
      text('tick end', x(0) - 8, y(value) + 4, value.toFixed(1)),
  );
  const lines = series.map(({ name, series: number, points }) => {
    const drawn = points.flatMap(({ confidence, accuracy, count }) =>
      confidence === null || accuracy === null ? [] : [{ confidence, accuracy, count }],
    );
    const path = drawn.map(({ confidence, accuracy }) => `${x(confidence).toFixed(1)},${y(accuracy).toFixed(1)}`);
    return (
      tag('polyline', { class: `line series${number}`, points: path.join(' ') }) +
      drawn
        .map(({ confidence, accuracy, count }) =>
          point(
            number,
            x(confidence),
            y(accuracy),
            `${name}: confidence ${confidence.toFixed(3)}, accuracy ${accuracy.toFixed(3)}, ${count} tokens`,
          ),
        )
        .join('')
    );
  });
  const content =
    legend(
      series.map(({ name }) => name),
      left,
      16,
    ) +
    grid.join('') +
    line('diagonal', x(0), y(0), x(1), y(1)) +
    lines.join('') +
    text('label middle', x(0.5), y(0) + 36, 'confidence') +
    tag('text', { class: 'label middle', transform: `translate(14 ${y(0.5).toFixed(0)}) rotate(-90)` }, 'accuracy');
  return chart('reliability', title, left + size + 40, top + size + 48, content);
}

/** A system's F1 and what a sentence costs it. */
export interface CostMark extends Mark {
  readonly f1: number;
  readonly milliseconds: number;
}

/** F1 over milliseconds a sentence, on a scale of powers of ten. */
export function costChart(title: string, marks: readonly CostMark[]): string {
  const [left, top, width, height] = [52, 16, 380, 200];
  const times = marks.map(({ milliseconds }) => Math.log10(Math.max(milliseconds, 0.01)));
  const [first, last] = [Math.floor(smallest(times, 0)), Math.ceil(largest(times, 1))];
  const low = Math.max(
    0,
    Math.floor(
      (smallest(
        marks.map(({ f1 }) => f1),
        1,
      ) -
        0.05) *
        10,
    ) / 10,
  );
  const x = (log: number): number => left + ((log - first) / (last - first)) * width;
  const y = (f1: number): number => top + (1 - (f1 - low) / (1 - low)) * height;
  const decades = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const step = low >= 0.5 ? 0.1 : 0.2;
  const shares = Array.from({ length: Math.round((1 - low) / step) + 1 }, (_, index) => 1 - index * step).filter(
    (share) => share >= low - 1e-9,
  );
  const grid = [
    ...decades.map(
      (log) => line('grid', x(log), y(1), x(log), y(low)) + text('tick', x(log), y(low) + 16, String(10 ** log)),
    ),
    ...shares.map(
      (share) =>
        line('grid', x(first), y(share), x(last), y(share)) +
        text('tick end', left - 8, y(share) + 4, share.toFixed(1)),
    ),
  ];
  const points = marks.map(({ name, series, f1, milliseconds }) => {
    const at = x(Math.log10(Math.max(milliseconds, 0.01)));
    const toTheLeft = at > left + width - name.length * 7 - 20;
    return (
      point(series, at, y(f1), `${name}: F1 ${f1.toFixed(4)}, ${milliseconds.toFixed(1)} ms a sentence`) +
      text(toTheLeft ? 'label end' : 'label', at + (toTheLeft ? -12 : 12), y(f1) + 4, name)
    );
  });
  const upright = { class: 'label middle', transform: `translate(14 ${(top + height / 2).toFixed(0)}) rotate(-90)` };
  const axis =
    text('label middle', left + width / 2, y(low) + 36, 'milliseconds a sentence') + tag('text', upright, 'F1');
  return chart('cost', title, left + width + 40, top + height + 44, grid.join('') + points.join('') + axis);
}
