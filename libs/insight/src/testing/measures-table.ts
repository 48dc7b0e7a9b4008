import type { Card } from '../cards/card.js';
import { curveWords } from '../cards/curve-words.js';

/** The README's table of measures, in Markdown. */
export function measuresTable({ measures }: Card): string {
  const rows = measures.map(({ id, group, weight, unit, curve, staleAfter, ceilings = [] }) =>
    `| ${id} | ${group} | ${weight} | ${unit} | ${curveWords(curve)} | ${staleAfter ?? ''} | ${ceilings.map(({ upTo, score }) => `${score} at ${upTo}`).join(', ')} |`);
  return ['| measure | group | weight | value | value → quality | stale after (days) | ceiling |', '|---|---|---|---|---|---|---|', ...rows].join('\n');
}
