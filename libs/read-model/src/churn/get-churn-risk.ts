import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { type ChurnModel, dayOfDate } from '#insight';
import { customerRow } from '../customers/get-customer.js';
import { findLiveRows } from '../customers/live-rows.js';
import { storyOf, togetherOf } from '../customers/together.js';
import type { HealthOptions } from '../health/get-health.js';
import { computable, heldParts } from '../health/held.js';
import { knownOf, knownUntil } from '../health/known.js';
import { momentOf } from '../health/moments.js';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import type { ChurnRiskAnswer, HorizonName } from './churn-risk-answer.js';
import { heldOutNow } from './experiments.js';
import { horizonOf, riskOf } from './risk-of.js';
import { riskParts } from './risk-parts.js';
import { whichModel } from './which-model.js';

export interface ChurnRiskOptions extends HealthOptions {
  /** The one that is explained; 90 days when left out. */
  readonly horizon?: HorizonName;
  /** Id of a model, or `prior`; the one that was in force at `knownAt` when left out. */
  readonly model?: string;
}

export class GetChurnRisk extends Query<ChurnRiskAnswer> {
  constructor(readonly options: ChurnRiskOptions) {
    super();
  }
}

/** Folded from the log, always: what was true at a moment as far as it was known at another, by the model that was in force. @throws QueryRefused */
export async function getChurnRisk(model: ReadModelOptions, { tenant, customer, asOf, knownAt, horizon = '90', model: named }: ChurnRiskOptions): Promise<ChurnRiskAnswer> {
  const until = asOf === undefined && knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const row = await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const moment = { asOf: momentOf(asOf, 'asOf', calendar), knownAt: until === null ? calendar.now : knownOf(knownAt, calendar, until), dayOf: calendar.dayOf };
    const { model: churn, short } = await whichModel(sql, tenant, { model: named, knownAt: knownAt === undefined ? undefined : moment.knownAt });
    const together = await togetherOf(sql, tenant, customer, moment.knownAt);
    const { value, events, bad } = computable(await storyOf(sql, tenant, together), (facts) => riskOf(churn, facts, moment, { horizon: horizonOf(horizon), customer: together.root }));
    const names = await namesOf(sql, tenant, value.alike.map((one) => one.customer));
    return {
      customer: together.root, askedAs: together.askedAs, name: value.name, asOf: moment.asOf, knownAt: moment.knownAt, today: calendar.today,
      ...await heldParts(sql, tenant, { root: row.customer, held: row.held, events, bad }), knowledge: value.knowledge,
      ...riskParts(value, { model: churn, horizon, events, names }), heldOut: (await heldOutNow(sql, tenant))(together.root, value.segment), model: { ...short, say: hasSeen(churn, calendar.dayOf(moment.asOf)) ? `${short.say} It has learnt from what came after that day: add knownAt to ask what would have been said then.` : short.say },
    };
  });
}

/** Whether a model knows what became of customers after a day. */
const hasSeen = ({ window }: ChurnModel, day: number): boolean => window !== null && dayOfDate(window.knownUntil) > day;

/** What customers are called today. */
async function namesOf(sql: Sql, tenant: string, customers: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (customers.length === 0) return new Map();
  const { from } = await findLiveRows(sql);
  const rows = await sql.query<{ customer: string; name: string | null }>(`select customer, name from ${from} where tenant = $1 and customer = any($2)`, [tenant, customers]);
  return new Map(rows.map(({ customer, name }) => [customer, name]));
}
