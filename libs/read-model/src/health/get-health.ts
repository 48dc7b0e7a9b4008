import { Query } from '@nestjs/cqrs';
import { readPositions } from '#event-store';
import { bandOf, cardFor, healthAt, profileOf, scoreHealth } from '#insight';
import type { JourneyEvent } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { sheetsOf } from '../customers/sheets.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { positionOf, read, type ReadModelOptions } from '../reading.js';
import { cardsInForce, cardSetById } from '../scorecards/cards-in-force.js';
import { calendarOf, endOfDay } from '../tenant.js';
import { type HealthAnswer, scoreParts } from './health-answer.js';
import { computable, heldParts, heldSince } from './held.js';
import { knownOf, knownUntil } from './known.js';
import { momentOf } from './moments.js';
import { type Moment, sheetOf, toldBy } from './told-by.js';

export interface HealthOptions {
  readonly tenant: string;
  readonly customer: string;
  /** What was true then (by occurredAt): an instant or a date, which means the end of that day. */
  readonly asOf?: string;
  /** What was known then (by observedAt). */
  readonly knownAt?: string;
}

export class GetHealth extends Query<HealthAnswer> {
  constructor(readonly options: HealthOptions) {
    super();
  }
}

/** Without `asOf` and `knownAt` the sheet in the read model answers; with one of them the answer is folded from the log. */
export async function getHealth(model: ReadModelOptions, { tenant, customer, asOf, knownAt }: HealthOptions): Promise<HealthAnswer> {
  const until = asOf === undefined && knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const row = await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const common = { today: calendar.today };
    // A day pinned before the row's own is answered from the log, like any other day that is past.
    if (until === null && row.day <= calendar.today.day) {
      const sheet = (await sheetsOf(sql, tenant, [row.customer])).get(row.customer)!;
      const card = cardFor((await cardSetById(sql, tenant, row.cards)).whole, sheet);
      const health = scoreHealth(sheet, card, row.day);
      const band = bandOf(health, row.close_band, card);
      const events = await readPositions(sql, tenant, health.measures.flatMap(({ refs }) => [...refs]));
      return {
        ...common, customer: row.customer, askedAs: row.customer === customer ? null : customer, name: row.profile.name, asOf: row.day === calendar.today.day ? calendar.now : endOfDay(row.day, calendar.dayOf), knownAt: calendar.now,
        held: row.held, heldBy: row.held ? await heldSince(sql, tenant, row.customer) : null,
        position: await positionOf(sql, Number(row.position)), ...scoreParts(health, band, events), band, bandYesterday: row.close_band,
        knowledge: sheet.declared === undefined ? 'witnessed' : 'declared',
      };
    }
    const moment = { asOf: momentOf(asOf, 'asOf', calendar), knownAt: until === null ? calendar.now : knownOf(knownAt, calendar, until), dayOf: calendar.dayOf };
    const { whole: cards } = await cardsInForce(sql, tenant, knownAt === undefined ? undefined : moment.knownAt);
    const together = await togetherOf(sql, tenant, customer, moment.knownAt);
    const { value: { health: { score, band, closedAs, knowledge }, name }, events, bad } = computable(await storyOf(sql, tenant, together), (facts) => (
      { health: healthAt(facts, cards, moment), name: nameAt(facts, moment) }));
    return {
      ...common, customer: together.root, askedAs: together.askedAs, name, asOf: moment.asOf, knownAt: moment.knownAt, ...await heldParts(sql, tenant, { root: row.customer, held: row.held, events, bad }),
      ...scoreParts(score, band, events), band, bandYesterday: closedAs, knowledge,
    };
  });
}

/** What the customer was called then, as far as it was known. */
export const nameAt = (events: readonly JourneyEvent[], moment: Moment): string | null => profileOf(sheetOf(toldBy(events, moment), moment), moment.dayOf(moment.asOf)).name;
