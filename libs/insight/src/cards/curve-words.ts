import type { Curve } from './card.js';

/** "0 → 1, 90 → 0", or "≤ 0 → 1, above → 0": what a curve says, in short. */
export function curveWords(curve: Curve): string {
  if (curve.kind === 'line') return curve.points.map(([value, quality]) => `${value} → ${quality}`).join(', ');
  if (curve.kind === 'points') return [...curve.points.map(([value, quality]) => `${value} → ${quality}`), `else → ${curve.otherwise}`].join(', ');
  const sign = curve.boundary === 'belongs to the lower step' ? '≤' : '<';
  return [...curve.steps.map(({ upTo, quality }) => `${sign} ${upTo} → ${quality}`), `above → ${curve.above}`].join(', ');
}
