import { Query } from '@nestjs/cqrs';
import { dateOfDay, healthHistory, type HealthPoint, withOverride } from '#insight';
import { customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { cardsInForce } from '../scorecards/cards-in-force.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { type ScoreAnswer, scoreAnswer } from './counting-parts.js';
import type { HealthOptions } from './get-health.js';
import { computable, heldParts } from './held.js';
import { knownOf, knownUntil } from './known.js';
import { dayParameter, notLater } from './moments.js';

export interface HistoryOptions extends Pick<HealthOptions, 'tenant' | 'customer' | 'knownAt'> {
  /** Dates, both included. Default: the 90 days up to today. */
  readonly from?: string;
  readonly to?: string;
  /** Days between two points, 1 to 366. */
  readonly step?: number;
}

export interface HistoryAnswer {
  readonly customer: string;
  /** As in the health. */
  readonly askedAs: string | null;
  readonly today: Calendar['today'];
  readonly position: string;
  /** True when a fact that could not be read holds the customer back: what is told is what could be computed before it. */
  readonly held: boolean;
  /** What counted at each close; `computed` is there where an override did. */
  readonly points: readonly (ScoreAnswer & { readonly date: string; readonly coverage: number; readonly computed?: ScoreAnswer })[];
}

export class GetHealthHistory extends Query<HistoryAnswer> {
  constructor(readonly options: HistoryOptions) {
    super();
  }
}

const LONGEST_SPAN = 3_660;

/** Score and band at day closes, folded from the log. */
export async function getHealthHistory(model: ReadModelOptions, { tenant, customer, from, to, step = 1, knownAt }: HistoryOptions): Promise<HistoryAnswer> {
  const until = knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const { customer: root, held } = await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const last = to === undefined ? calendar.today.day : notLater(dayParameter(to, 'to'), 'to', calendar);
    const first = from === undefined ? last - 90 : dayParameter(from, 'from');
    if (first > last) throw new QueryRefused('invalid-parameter', 'from must not be after to.', 'from');
    if (last - first > LONGEST_SPAN) throw new QueryRefused('invalid-parameter', `At most ${LONGEST_SPAN} days at a time; ask for a shorter span.`, 'from');
    const known = until === null ? calendar.now : knownOf(knownAt, calendar, until);
    const { whole: cards } = await cardsInForce(sql, tenant, knownAt === undefined ? undefined : known);
    const together = await togetherOf(sql, tenant, customer, known);
    const { value: history, ...computed } = computable(await storyOf(sql, tenant, together), (facts) => (
      healthHistory(facts, cards, { from: first, to: last, stepDays: step, knownAt: known, dayOf: calendar.dayOf })));
    const { heldBy: _, ...where } = await heldParts(sql, tenant, { root, held, ...computed });
    return {
      customer: together.root, askedAs: together.askedAs, today: calendar.today, ...where,
      points: history.map(pointOf),
    };
  });
}

export function pointOf({ day, coverage, override, ...computed }: HealthPoint): HistoryAnswer['points'][number] {
  return { date: dateOfDay(day), ...scoreAnswer(withOverride(computed, override)), coverage, ...(override && { computed: scoreAnswer(computed) }) };
}
