import type { Card, Curve } from '../cards/card.js';

/** The README's table of measures, in Markdown. */
export function measuresTable({ measures }: Card): string {
  const rows = measures.map(({ id, group, weight, unit, curve, staleAfter, ceilings = [] }) =>
    `| ${id} | ${group} | ${weight} | ${unit} | ${curveWords(curve)} | ${staleAfter ?? ''} | ${ceilings.map(({ upTo, score }) => `${score} at ${upTo}`).join(', ')} |`);
  return ['| measure | group | weight | value | value → quality | stale after (days) | ceiling |', '|---|---|---|---|---|---|---|', ...rows].join('\n');
}

function curveWords(curve: Curve): string {
  if (curve.kind === 'line') return curve.points.map(([value, quality]) => `${value} → ${quality}`).join(', ');
  if (curve.kind === 'points') return [...curve.points.map(([value, quality]) => `${value} → ${quality}`), `else → ${curve.otherwise}`].join(', ');
  return [...curve.steps.map(({ upTo, quality }) => `≤ ${upTo} → ${quality}`), `above → ${curve.above}`].join(', ');
}
