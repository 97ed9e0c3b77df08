// Where the parts of a chart stand. Pure: series in, coordinates out.

/** The drawing's own units; the style sheet makes it as wide as its place. */
export const SIZE = Object.freeze({ width: 560, height: 210, left: 52, right: 10, top: 10, bottom: 24 });

const LINES = 4;
const LABELS = 6;
/** A column, where there are few. */
const WIDEST = 48;

/** The scale's end and its step, both round: 1, 2 or 5 times a power of ten (of 1,024 for bytes). */
export function scale(most, { bytes = false, whole = false } = {}) {
  if (!(most > 0)) return { top: LINES, step: 1 };
  const unit = bytes ? 1_024 ** Math.floor(Math.log(Math.max(most, 1)) / Math.log(1_024)) : 1;
  const rough = most / unit / LINES;
  const power = 10 ** Math.floor(Math.log10(rough));
  const found = [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= rough * 0.999) * unit;
  const step = whole ? Math.max(1, Math.ceil(found)) : found;
  return { top: step * Math.ceil(most / step - 1e-9), step };
}

/**
 * Of `series` (`[{name, values: [number | null]}]`, one value for each of `times`, in milliseconds) the lines, areas and bars, the
 * lines of the scale, and the times to write below. A null is a gap.
 */
export function layout({ times, series, bars = false, bytes = false, whole = false }) {
  const { width, height, left, right, top, bottom } = SIZE;
  const { top: most, step } = scale(Math.max(0, ...series.flatMap(({ values }) => values.filter((value) => value !== null))), { bytes, whole });
  const room = width - left - right;
  const slot = room / Math.max(1, times.length);
  const x = (at) => (bars ? left + slot * (at + 0.5) : left + (times.length < 2 ? room / 2 : room * at / (times.length - 1)));
  const floor = height - bottom;
  const y = (value) => floor - (value / most) * (floor - top);
  return {
    x, y, floor, slot,
    rules: Array.from({ length: Math.round(most / step) + 1 }, (_, at) => ({ value: at * step, y: y(at * step) })),
    labels: labelled(times).map((at) => ({ at, time: times[at], x: x(at) })),
    shapes: series.map(({ name, values }, index) => (bars
      ? { name, bars: values.flatMap((value, at) => bar({ value, at, index, of: series.length, x, y, floor, slot })) }
      : { name, ...path(values, x, y, floor) })),
  };
}

function bar({ value, at, index, of, x, y, floor, slot }) {
  if (!value) return [];
  const wide = Math.min(WIDEST, Math.max(1, (slot * 0.76) / of));
  return [{ at, x: x(at) - (wide * of) / 2 + wide * index, y: y(value), width: wide, height: floor - y(value) }];
}

/** A line and the area below it, in as many pieces as there are between the gaps; dots for those of one value. */
function path(values, x, y, floor) {
  const runs = [];
  values.forEach((value, at) => {
    if (value === null || value === undefined) return;
    if (at > 0 && runs.length && runs.at(-1).at(-1).at === at - 1) runs.at(-1).push({ at, value });
    else runs.push([{ at, value }]);
  });
  const drawn = runs.map((run) => run.map(({ at, value }) => `${round(x(at))},${round(y(value))}`));
  return {
    line: drawn.map((points) => `M${points.join('L')}`).join(''),
    dots: runs.filter(({ length }) => length === 1).map(([{ at, value }]) => ({ at, x: round(x(at)), y: round(y(value)) })),
    area: drawn.map((points, at) => `M${round(x(runs[at][0].at))},${floor}L${points.join('L')}L${round(x(runs[at].at(-1).at))},${floor}Z`).join(''),
  };
}

/** Which times are written: some, evenly apart. */
function labelled(times) {
  const every = Math.max(1, Math.ceil(times.length / LABELS));
  return times.map((_, at) => at).filter((at) => at % every === Math.floor(every / 2) || times.length <= LABELS);
}

/** The place among `count` whose drawing is nearest to `x` of the drawing's units. */
export function nearest({ x }, count, wanted) {
  let found = 0;
  for (let at = 1; at < count; at++) if (Math.abs(x(at) - wanted) < Math.abs(x(found) - wanted)) found = at;
  return found;
}

const round = (number) => Math.round(number * 10) / 10;
