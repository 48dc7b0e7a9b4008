import { Query } from '@nestjs/cqrs';
import { healthStory } from '#insight';
import { customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { read, type ReadModelOptions } from '../reading.js';
import { cardsInForce } from '../scorecards/cards-in-force.js';
import { calendarOf, endOfDay } from '../tenant.js';
import { type DifferenceAnswer, differenceParts } from './get-difference.js';
import type { HealthOptions } from './get-health.js';
import { type HistoryAnswer, pointOf } from './get-history.js';
import type { HealthAnswer } from './health-answer.js';
import { healthParts } from './health-parts.js';
import { computable, heldParts } from './held.js';
import { knownOf, knownUntil } from './known.js';
import { momentOf } from './moments.js';

/** All that a page about one customer's health draws, from one reading and one fold of the log. */
export interface HealthStoryAnswer {
  readonly health: HealthAnswer;
  readonly history: HistoryAnswer;
  readonly difference: DifferenceAnswer;
}

export interface HealthStoryOptions extends HealthOptions {
  /** Days of history before the day of `asOf`. */
  readonly days: number;
  /** Days for which it is told what moved the score, at most `days`. */
  readonly movedDays: number;
}

export class GetHealthStory extends Query<HealthStoryAnswer> {
  constructor(readonly options: HealthStoryOptions) {
    super();
  }
}

export async function getHealthStory(model: ReadModelOptions, { tenant, customer, asOf, knownAt, days, movedDays }: HealthStoryOptions): Promise<HealthStoryAnswer> {
  const until = asOf === undefined && knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const { customer: root, held, day } = await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const at = { asOf: momentOf(asOf, 'asOf', calendar), knownAt: until === null ? calendar.now : knownOf(knownAt, calendar, until) };
    const last = calendar.dayOf(at.asOf);
    const moved = endOfDay(last - movedDays, calendar.dayOf);
    const cards = await cardsInForce(sql, tenant, knownAt === undefined ? undefined : at.knownAt);
    const together = await togetherOf(sql, tenant, customer, at.knownAt);
    const { value: { health, history, difference }, ...computed } = computable(await storyOf(sql, tenant, together), (facts) => (
      healthStory(facts, cards.whole, { ...at, from: last - days, moved, dayOf: calendar.dayOf })));
    const { events } = computed;
    const { heldBy, ...where } = await heldParts(sql, tenant, { root, held, ...computed });
    const { closedAs, knowledge, ...figures } = health;
    const moment = until === null && root === together.root && day <= last ? null : { ...at, dayOf: calendar.dayOf };
    const parts = await healthParts(sql, tenant, { ...figures, customer: together.root, cards, moment }, events);
    const common = { customer: together.root, askedAs: together.askedAs, today: calendar.today, ...where };
    return {
      health: { ...common, ...at, heldBy, ...parts, bandYesterday: closedAs, knowledge },
      history: { ...common, points: history.map(pointOf) },
      difference: { ...common, ...differenceParts(difference, events, { from: moved, to: at.asOf }) },
    };
  });
}
