import { Query } from '@nestjs/cqrs';
import { readPositions } from '#event-store';
import { bandOf, cardFor, healthAt, scoreHealth } from '#insight';
import { customerRow } from '../customers/get-customer.js';
import { sheetsOf } from '../customers/sheets.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { positionOf, read, type ReadModelOptions } from '../reading.js';
import { cardsInForce, cardSetById } from '../scorecards/cards-in-force.js';
import { calendarOf, endOfDay } from '../tenant.js';
import type { HealthAnswer } from './health-answer.js';
import { healthParts } from './health-parts.js';
import { computable, heldParts, heldSince } from './held.js';
import { knownOf, knownUntil } from './known.js';
import { momentOf } from './moments.js';

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
      const cards = await cardSetById(sql, tenant, row.cards);
      const card = cardFor(cards.whole, sheet);
      const score = scoreHealth(sheet, card, row.day);
      const band = bandOf(score, row.close_band, card);
      const events = await readPositions(sql, tenant, score.measures.flatMap(({ refs }) => [...refs]));
      return {
        ...common, customer: row.customer, askedAs: row.customer === customer ? null : customer, asOf: row.day === calendar.today.day ? calendar.now : endOfDay(row.day, calendar.dayOf), knownAt: calendar.now,
        held: row.held, heldBy: row.held ? await heldSince(sql, tenant, row.customer) : null,
        position: await positionOf(sql, Number(row.position)), ...await healthParts(sql, tenant, { customer: row.customer, score, band, sheet, cards, moment: null }, events), bandYesterday: row.close_band,
        knowledge: sheet.declared === undefined ? 'witnessed' : 'declared',
      };
    }
    const moment = { asOf: momentOf(asOf, 'asOf', calendar), knownAt: until === null ? calendar.now : knownOf(knownAt, calendar, until), dayOf: calendar.dayOf };
    const cards = await cardsInForce(sql, tenant, knownAt === undefined ? undefined : moment.knownAt);
    const together = await togetherOf(sql, tenant, customer, moment.knownAt);
    const { value: { closedAs, knowledge, ...health }, events, bad } = computable(await storyOf(sql, tenant, together), (facts) => healthAt(facts, cards.whole, moment));
    return {
      ...common, customer: together.root, askedAs: together.askedAs, asOf: moment.asOf, knownAt: moment.knownAt, ...await heldParts(sql, tenant, { root: row.customer, held: row.held, events, bad }),
      ...await healthParts(sql, tenant, { customer: together.root, ...health, cards, moment }, events), bandYesterday: closedAs, knowledge,
    };
  });
}
