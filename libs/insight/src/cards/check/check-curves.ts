import { rangeOf } from '../../score/curve.js';
import { treeOf } from '../../score/tree.js';
import type { Card, CardMeasure, Curve } from '../card.js';
import { type CardFinding, error, unless, warning } from './finding.js';

/** Whether the curves and the ceilings of measures make sense. Of a card whose structure is sound. */
export function checkCurves(card: Card): CardFinding[] {
  const { adds } = treeOf(card);
  return card.measures.flatMap((measure, at) => {
    const pointer = `/measures/${at}`;
    const found = checkCurve(measure.curve, adds[at]!, `${pointer}/curve`);
    return found.length > 0 ? found : [...checkRange(measure, card, { adds: adds[at]!, pointer }), ...checkCeilings(measure, adds[at]!, pointer)];
  });
}

function checkCurve(curve: Curve, adds: boolean, pointer: string): CardFinding[] {
  const list = curve.kind === 'steps' ? 'steps' : 'points';
  const marks = curve.kind === 'steps' ? curve.steps.map(({ upTo, quality }) => [upTo, quality] as const) : curve.points;
  if (marks.length === 0) return [error(`${pointer}/${list}`, 'Say what at least one value counts.')];
  const order = marks.flatMap(([value], at) => unless(at === 0 || (curve.kind === 'points' ? !marks.slice(0, at).some(([one]) => one === value) : value > marks[at - 1]![0]),
    error(`${pointer}/${list}/${at}`, curve.kind === 'points' ? `Say only once what ${value} counts.` : `Let the values ascend: ${value} does not come after ${marks[at - 1]?.[0]}.`)));
  if (adds) return order;
  const said = [...marks.map(([, quality], at) => [`${list}/${at}`, quality] as const), ...(curve.kind === 'steps' ? [['above', curve.above] as const] : curve.kind === 'points' ? [['otherwise', curve.otherwise] as const] : [])];
  return [...order, ...said.flatMap(([where, quality]) => unless(quality >= 0 && quality <= 1, error(`${pointer}/${where}`, `Choose a quality between 0 and 1: ${quality} are points, which only a group that adds up knows.`)))];
}

/** In a group that adds up, a quality is the place between the lowest and the highest points. */
function checkRange({ curve, label }: CardMeasure, { measureBands }: Card, { adds, pointer }: { adds: boolean; pointer: string }): CardFinding[] {
  const { worst, best } = rangeOf(curve);
  if (worst === best) return [warning(`${pointer}/curve`, `Let the curve of ${label} rise or fall: it says the same of every value.`)];
  if (adds) return [];
  return [
    ...unless(best >= measureBands.good, warning(`${pointer}/curve`, `Let the curve of ${label} reach ${measureBands.good}: as it is, the measure is never good.`)),
    ...unless(worst < measureBands.fair, warning(`${pointer}/curve`, `Let the curve of ${label} fall below ${measureBands.fair}: as it is, the measure is never poor.`)),
  ];
}

function checkCeilings({ curve, ceilings = [], weight }: CardMeasure, adds: boolean, pointer: string): CardFinding[] {
  const { worst, best } = adds ? { worst: 0, best: 1 } : rangeOf(curve);
  return ceilings.flatMap(({ upTo, score }, at) => {
    const here = `${pointer}/ceilings/${at}`;
    if (!(upTo >= 0 && upTo <= 1 && score >= 0 && score <= 100)) return [error(here, 'Hold at 0 to 100 points, while the quality is at most 0 to 1.')];
    const hides = ceilings.some((other, place) => place !== at && other.upTo >= upTo && (other.score < score || (other.score === score && (other.upTo > upTo || place < at))));
    return [
      ...unless(weight > 0, warning(here, 'Give the measure a weight above 0, or its ceiling never applies.')),
      ...unless(worst <= upTo, warning(`${here}/upTo`, `Choose at least ${worst}, the lowest quality that the curve knows: as it is, the ceiling never applies.`)),
      ...unless(best > upTo, warning(`${here}/upTo`, `Choose less than ${best}, the best quality that the curve knows: as it is, the ceiling always applies.`)),
      ...unless(!hides, warning(here, 'Leave this ceiling out: another of the same measure holds lower whenever it applies.')),
    ];
  });
}
