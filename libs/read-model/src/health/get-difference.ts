import { Query } from '@nestjs/cqrs';
import { type HealthDifference, healthDifference } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { points, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { cardsInForce } from '../scorecards/cards-in-force.js';
import { calendarOf, type Calendar } from '../tenant.js';
import type { HealthOptions } from './get-health.js';
import { type Evidence, evidenceOf } from './health-answer.js';
import { computable, heldParts } from './held.js';
import { knownOf, knownUntil } from './known.js';
import { instantOf, momentOf } from './moments.js';

export interface DifferenceOptions extends Pick<HealthOptions, 'tenant' | 'customer' | 'knownAt'> {
  readonly from?: string;
  readonly to?: string;
}

export interface DifferenceAnswer {
  readonly customer: string;
  /** As in the health. */
  readonly askedAs: string | null;
  /** Sums of points, also of a moment of which too little was known for a score (`enough` is false): that sum is no score. */
  readonly from: { readonly at: string; readonly score: number | null; readonly enough: boolean };
  readonly to: { readonly at: string; readonly score: number | null; readonly enough: boolean };
  readonly today: Calendar['today'];
  readonly position: string;
  /** As in the history. */
  readonly held: boolean;
  /** Signed points in order; they sum to the difference. Passing time is one line per measure. */
  readonly lines: readonly { readonly kind: 'event' | 'time'; readonly points: number; readonly say: string; readonly measure?: string; readonly event?: Evidence; readonly measures?: readonly { readonly id: string; readonly points: number }[] }[];
  readonly eventsWithoutEffect: number;
}

export class GetHealthDifference extends Query<DifferenceAnswer> {
  constructor(readonly options: DifferenceOptions) {
    super();
  }
}

/** Which events, and how much passing time, moved the score between two moments. Default: the last 30 days. */
export async function getHealthDifference(model: ReadModelOptions, { tenant, customer, from, to, knownAt }: DifferenceOptions): Promise<DifferenceAnswer> {
  const until = knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const { customer: root, held } = await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const end = momentOf(to, 'to', calendar);
    const start = from === undefined ? new Date(Date.parse(end) - 30 * 86_400_000).toISOString() : instantOf(from, 'from', calendar);
    if (start > end) throw new QueryRefused('invalid-parameter', 'from must not be after to.', 'from');
    const known = until === null ? calendar.now : knownOf(knownAt, calendar, until);
    const { whole: cards } = await cardsInForce(sql, tenant, knownAt === undefined ? undefined : known);
    const together = await togetherOf(sql, tenant, customer, known);
    const { value: difference, ...computed } = computable(await storyOf(sql, tenant, together), (facts) => (
      healthDifference(facts, cards, { from: start, to: end, knownAt: known, dayOf: calendar.dayOf })));
    const { heldBy: _, ...where } = await heldParts(sql, tenant, { root, held, ...computed });
    return {
      customer: together.root, askedAs: together.askedAs, today: calendar.today, ...where,
      ...differenceParts(difference, computed.events, { from: start, to: end }),
    };
  });
}

export function differenceParts(difference: HealthDifference, events: readonly JourneyEvent[], at: { from: string; to: string }): Pick<DifferenceAnswer, 'from' | 'to' | 'lines' | 'eventsWithoutEffect'> {
  return {
    from: { at: at.from, score: pointsOrNull(difference.from), enough: difference.enough.from }, to: { at: at.to, score: pointsOrNull(difference.to), enough: difference.enough.to },
    lines: linesOf(difference, events), eventsWithoutEffect: difference.without,
  };
}

function linesOf(difference: HealthDifference, events: readonly JourneyEvent[]): DifferenceAnswer['lines'] {
  const byNumber = new Map(events.map((event) => [parsePosition(event.position).n, event]));
  return difference.lines.map((line) => (line.kind === 'time'
    ? { kind: line.kind, points: points(line.points), say: line.say, measure: line.measure }
    : {
        kind: line.kind, points: points(line.points), say: line.say, event: evidenceOf(byNumber.get(line.n))[0]!,
        measures: line.measures.map((part) => ({ id: part.id, points: points(part.points) })),
      }));
}

const pointsOrNull = (score: number | null) => (score === null ? null : points(score));
