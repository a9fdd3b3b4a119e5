import { chart, legend, line, point, tag, text } from './charts.ts';
import type { Mark } from './charts.ts';
import { largest } from '../lists.ts';

/** One point of a curve: the mean of several runs with the lowest and the highest. */
export interface CurveMark {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The curve of one series; one of a single point is drawn as a line across. */
export interface CurveSeries extends Mark {
  readonly points: readonly CurveMark[];
}

/** Figures of 0 to 1 over a number that grows, each with its range; the number is drawn by its square root, so that small ones have room. */
export function curveChart(title: string, axis: string, series: readonly CurveSeries[]): string {
  const [left, top, width, height] = [52, 34, 480, 240];
  const numbers = [...new Set(series.flatMap(({ points }) => points.map((one) => one.x)))].sort((a, b) => a - b);
  const most = largest(numbers, 1);
  const best = largest(
    series.flatMap(({ points }) => points.map(({ high }) => high)),
    0.1,
  );
  const ceiling = Math.min(1, Math.ceil(best * 10 + 0.2) / 10);
  const x = (value: number): number => left + Math.sqrt(value / most) * width;
  const y = (value: number): number => top + (1 - value / ceiling) * height;
  const shares = Array.from({ length: Math.round(ceiling * 10) + 1 }, (_, index) => index / 10);
  const grid = [
    ...shares.map(
      (share) =>
        line('grid', left, y(share), left + width, y(share)) +
        text('tick end', left - 8, y(share) + 4, share.toFixed(1)),
    ),
    ...numbers.map(
      (number) => line('grid', x(number), top, x(number), y(0)) + text('tick', x(number), y(0) + 16, String(number)),
    ),
  ];
  const drawn = series.map(({ name, series: own, points }) => {
    const [only] = points;
    const path = points.length === 1 && only !== undefined ? [only, { ...only, x: most }] : points;
    const outline = path.map((one) => `${x(one.x).toFixed(1)},${y(one.mean).toFixed(1)}`).join(' ');
    const marks = points.map((one) => {
      const range = `${one.low.toFixed(3)} to ${one.high.toFixed(3)}`;
      return (
        line(`range series${own}`, x(one.x), y(one.low), x(one.x), y(one.high)) +
        point(own, x(one.x), y(one.mean), `${name}, ${one.x}: ${one.mean.toFixed(3)} (${range})`)
      );
    });
    return tag('polyline', { class: `line series${own}`, points: outline }) + marks.join('');
  });
  const names = series.map(({ name }) => name);
  const words =
    text('label middle', left + width / 2, y(0) + 36, axis) +
    tag(
      'text',
      { class: 'label middle', transform: `translate(14 ${(top + height / 2).toFixed(0)}) rotate(-90)` },
      'F1',
    );
  return chart(
    'curves',
    title,
    left + width + 40,
    top + height + 48,
    legend(names, left, 16) + grid.join('') + drawn.join('') + words,
  );
}
