import type { Card, CardMeasure, Curve, Rules } from '../cards/card.js';
import type { Missing, Reading } from '../signals/signal.js';

type Read = readonly (Reading | Missing)[];

/** A score as its definition says it, worked out a second time without the engine: from 0 to 1, before ceilings; null where nothing counts. */
export function plainQuality(card: Card, read: Read): number | null {
  return qualityOfGroup(card, undefined, card, read);
}

function qualityOfGroup(card: Card, id: string | undefined, { combine = { kind: 'mean' }, cap = 100, whole }: Rules, read: Read): number | null {
  const members = membersIn(card, id, combine.kind === 'sum', read).filter(({ quality }) => quality !== null) as { quality: number; weight: number; brings: number }[];
  const all = members.reduce((sum, { weight }) => sum + weight, 0);
  if (!members.length || (combine.kind === 'mean' && all === 0)) return null;
  let quality = members.reduce((sum, { quality: one, weight }) => sum + one * weight, 0) / all;
  if (combine.kind === 'worst') quality = Math.min(...members.map(({ quality: one }) => one));
  if (combine.kind === 'sum') quality = Math.min(combine.max, Math.max(0, combine.start + members.reduce((sum, { brings }) => sum + brings, 0))) / combine.max;
  const capped = Math.min(quality, cap / 100);
  return whole ? Math.floor(capped * 100 + 0.5 + 1e-10) / 100 : capped;
}

interface Member {
  readonly quality: number | null;
  readonly weight: number;
  readonly brings: number;
}

function membersIn(card: Card, id: string | undefined, adds: boolean, read: Read): Member[] {
  const own = card.measures.flatMap((measure, at) => {
    if (measure.group !== id) return [];
    const quality = qualityOfMeasure(measure, read[at]!, adds);
    return [{ quality, weight: measure.weight, brings: quality ?? 0 }];
  });
  return [...own, ...card.groups.filter(({ parent }) => parent === id).flatMap((group): Member[] => {
    const isMean = !group.combine || group.combine.kind === 'mean';
    if (group.weight === undefined && isMean && group.cap === undefined && !group.whole) return membersIn(card, group.id, adds, read);
    const quality = qualityOfGroup(card, group.id, group, read);
    const within = membersIn(card, group.id, group.combine?.kind === 'sum', read).filter((one) => one.quality !== null);
    const weight = group.weight ?? (group.combine?.kind === 'sum' ? group.combine.max : within.reduce((sum, one) => sum + one.weight, 0));
    return [{ quality, weight, brings: weight * (quality ?? 0) }];
  })];
}

function qualityOfMeasure({ curve, whenUnknown }: CardMeasure, reading: Reading | Missing, adds: boolean): number | null {
  if (!('missing' in reading)) return plainCurve(reading.value, curve);
  if (whenUnknown === 'worst') return Math.min(...saidBy(curve));
  return whenUnknown === 'neutral' ? (adds ? 0 : 0.5) : null;
}

/** All that a curve says. */
const saidBy = (curve: Curve): number[] => (curve.kind === 'steps' ? [...curve.steps.map(({ quality }) => quality), curve.above]
  : [...curve.points.map(([, quality]) => quality), ...(curve.kind === 'points' ? [curve.otherwise] : [])]);

/** What a curve says of a value. */
export function plainCurve(value: number, curve: Curve): number {
  if (curve.kind === 'points') return new Map(curve.points).get(value) ?? curve.otherwise;
  if (curve.kind === 'steps') {
    for (const { upTo, quality } of curve.steps) if (value < upTo || (value === upTo && curve.boundary === 'belongs to the lower step')) return quality;
    return curve.above;
  }
  const { points } = curve;
  const [first, last] = [points[0]!, points[points.length - 1]!];
  const exact = new Map(points).get(value);
  if (exact !== undefined) return exact;
  if (value <= first[0]) return first[1];
  if (value > last[0]) return last[1];
  const at = points.findIndex(([x]) => x >= value);
  const [[x0, y0], [x1, y1]] = [points[at - 1]!, points[at]!];
  return y0 + ((y1 - y0) * (value - x0)) / (x1 - x0);
}
