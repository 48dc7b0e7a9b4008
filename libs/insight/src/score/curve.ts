import type { Curve } from '../cards/card.js';

/** The quality of a value, 0 to 1; see `Curve` for what happens on the boundaries. */
export function qualityOf(value: number, curve: Curve): number {
  if (curve.kind === 'points') return curve.points.find(([x]) => x === value)?.[1] ?? curve.otherwise;
  if (curve.kind === 'steps') {
    const isIn = curve.boundary === 'belongs to the lower step' ? (upTo: number) => value <= upTo : (upTo: number) => value < upTo;
    return curve.steps.find(({ upTo }) => isIn(upTo))?.quality ?? curve.above;
  }
  const { points } = curve;
  const next = points.findIndex(([x]) => value <= x);
  if (next < 0) return points[points.length - 1]![1];
  const [x1, y1] = points[next]!;
  // A point of the line is exactly what the card says, so that a ceiling at it applies.
  if (next === 0 || value === x1) return y1;
  const [x0, y0] = points[next - 1]!;
  return y0 + ((y1 - y0) * (value - x0)) / (x1 - x0);
}

/** The lowest and the highest that a curve can say. */
export function rangeOf(curve: Curve): { readonly worst: number; readonly best: number } {
  const said = curve.kind === 'steps' ? [...curve.steps.map(({ quality }) => quality), curve.above]
    : [...curve.points.map(([, quality]) => quality), ...(curve.kind === 'points' ? [curve.otherwise] : [])];
  return { worst: Math.min(...said), best: Math.max(...said) };
}
