import type { Curve } from '../cards/card.js';

/** The quality of a value, 0 to 1; see `Curve` for what happens on the boundaries. */
export function qualityOf(value: number, curve: Curve): number {
  if (curve.kind === 'steps') return curve.steps.find(({ upTo }) => value <= upTo)?.quality ?? curve.above;
  const { points } = curve;
  const next = points.findIndex(([x]) => value <= x);
  if (next <= 0) return points[next === 0 ? 0 : points.length - 1]![1];
  const [x0, y0] = points[next - 1]!;
  const [x1, y1] = points[next]!;
  return y0 + ((y1 - y0) * (value - x0)) / (x1 - x0);
}
