import { Query } from '@nestjs/cqrs';
import { type Sql, unseal } from '#event-store';
import { cardFor, type CardSet, riskAt, scoreHealth } from '#insight';
import { effectiveEvents, type JourneyEvent, type MergeFact, type Roots } from '#journey';
import { heldOutNow } from '../churn/experiments.js';
import { modelInForce } from '../churn/model-in-force.js';
import { COUNTED, CUSTOMER_COLUMNS, type CustomerRow } from '../customers/customer-answer.js';
import { findLiveRows } from '../customers/live-rows.js';
import { sheetsOf } from '../customers/sheets.js';
import { rootsKnown, storyOf } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { computable } from '../health/held.js';
import { read, type ReadModelOptions } from '../reading.js';
import { cardSetById } from '../scorecards/cards-in-force.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { dueAnswers, standingAnswer } from './answer-parts.js';
import { type DuePart, inOneOrder, orderOf, partsOf } from './parts.js';
import { eventsUpTo, pastRows, type PastRow } from './past-rows.js';
import { belongs, ORDER_SAYS } from './priority.js';
import { dueRecoveries, standingRecovery } from './recovery-parts.js';
import { type Rest, restOf, RESTS } from './rests.js';
import { dueTasks, standingTask } from './task-parts.js';
import type { TodayAnswer, TodayItem } from './today-answer.js';
import { itemOf } from './today-item.js';

export interface GetTodayOptions {
  readonly tenant: string;
  readonly owner?: string;
  /** 1 to 100, default 10. */
  readonly limit?: number;
}

export class GetToday extends Query<TodayAnswer> {
  constructor(readonly options: GetTodayOptions) {
    super();
  }
}

/** What is to be done today, and for whom, by what a day's delay may cost: every customer once. Who was called rests for a week, and what is due beside that stays; who was put off rests until the day said, but for recoveries. */
export async function getToday(model: ReadModelOptions, { tenant, owner, limit = 10 }: GetTodayOptions): Promise<TodayAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, model.now());
    const { day, pinned } = calendar.today;
    const { from } = await findLiveRows(sql);
    // Who looked after a customer on a pinned day is not in the rows.
    const due = groupBy(await dueParts(sql, tenant, { day, now: model.now(), owner: pinned ? undefined : owner }), ({ customer }) => customer);
    const { rows, cannotTell } = await candidates(sql, tenant, from, { owner, calendar, also: [...due.keys()] });
    const roots = await rootsKnown(sql, tenant);
    const resting = await restingCustomers(sql, tenant, rows.map(({ customer }) => customer), { roots, calendar });
    const partsFor = (row: Candidate, parts: readonly DuePart[]) => (
      partsOf({ customer: row.customer, profile: row.profile, score: row.score === null ? null : row.score / 100, call: belongs(row) && row.status !== 'ended' && !resting.has(row.customer) }, resting.get(row.customer) === 'put off' ? parts.filter(({ kind }) => kind === 'recovery') : parts, { day, owner }));
    const waiting = inOneOrder(rows.map((row) => ({ customer: row.customer, row, ...orderOf(partsFor(row, due.get(row.customer) ?? [])) })).filter(({ priority }) => priority > 0));
    const chosen = waiting.slice(0, limit);
    const events = await storiesOf(sql, tenant, chosen.map(({ customer }) => customer), roots);
    const stories = groupBy(await unseal(model.keys, sql, tenant, events), ({ stream }) => roots.root(stream.id));
    const sheets = await sheetsOf(sql, tenant, chosen.map(({ customer }) => customer));
    const { model: churn } = await modelInForce(sql, tenant);
    const heldOut = await heldOutNow(sql, tenant);
    const cards = new Map<string | null, CardSet>();
    for (const { row } of chosen) if (!cards.has(row.cards)) cards.set(row.cards, await cardSetById(sql, tenant, row.cards));
    const items = chosen.flatMap(({ row }): TodayItem[] => {
      const told = stories.get(row.customer) ?? [];
      const parts = partsFor(row, standing(due.get(row.customer) ?? [], told, day, model.now()));
      if (parts.length === 0) return [];
      const sheet = row.sheet ?? sheets.get(row.customer)!;
      const health = row.health ?? scoreHealth(sheet, cardFor(cards.get(row.cards)!.whole, sheet), row.day);
      return [itemOf({ row, health, risk: riskAt(churn, sheet, row.day), events: eventsUpTo(told, calendar), parts, heldOut: heldOut(row.customer, row.profile.segment) }, calendar)];
    });
    return { today: calendar.today, order: ORDER_SAYS, items, more: waiting.length - chosen.length, cannotTell };
  });
}

/** All that is due for customers beside calls, as it stands now, whatever day is pinned; `owner`: only what may stand in that person's list. */
async function dueParts(sql: Sql, tenant: string, { day, now, owner }: { readonly day: number; readonly now: Date; readonly owner?: string | undefined }): Promise<DuePart[]> {
  return [...await dueTasks(sql, tenant, day, owner), ...await dueRecoveries(sql, tenant, now, owner), ...await dueAnswers(sql, tenant, now, owner)];
}

/** The same by the log, of one customer. */
function standing(parts: readonly DuePart[], told: readonly JourneyEvent[], day: number, now: Date): DuePart[] {
  if (parts.length === 0) return [];
  const story = computable(told, effectiveEvents).value;
  return parts.flatMap((part) => (part.kind === 'task' ? standingTask(part, story, day) : part.kind === 'recovery' ? standingRecovery(part, story, now) : standingAnswer(part, story)));
}

type Candidate = CustomerRow & Partial<Pick<PastRow, 'health' | 'sheet'>>;

interface Asked { readonly owner: string | undefined; readonly calendar: Calendar; /** Customers for whom something is due. */ readonly also: readonly string[] }

/** Who may be on the list, and of how many too little is known; of a pinned day before that of the rows as it was then. What is due for others' customers is of whoever is named to do it. */
async function candidates(sql: Sql, tenant: string, table: string, { owner, calendar, also }: Asked): Promise<{ rows: Candidate[]; cannotTell: number }> {
  const { day, pinned } = calendar.today;
  if (pinned && (await sql.query(`select from ${table} where tenant = $1 and day > $2 limit 1`, [tenant, day])).length > 0) {
    const past = await pastRows(sql, tenant, table, calendar);
    const mine = past.filter(({ status, profile }) => status !== 'ended' && (owner === undefined || profile.owner === owner));
    const due = new Set(also);
    return { rows: past.filter((row) => due.has(row.customer) || (mine.includes(row) && belongs(row))), cannotTell: mine.filter(({ band }) => band === 'unknown').length };
  }
  const mine = `($2::text is null or owner = $2) and status <> 'ended'`;
  const rows = await sql.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from ${table} where tenant = $1 and ${COUNTED} and ((${mine} and band in ('at-risk', 'watch')) or customer = any($3))`, [tenant, owner ?? null, also]);
  const [unknown] = await sql.query<{ count: number }>(`select count(*)::int as count from ${table} where tenant = $1 and ${COUNTED} and ${mine} and band = 'unknown'`, [tenant, owner ?? null]);
  return { rows, cannotTell: unknown!.count };
}

/** Of the customers and who is merged into them. */
function storiesOf(sql: Sql, tenant: string, customers: readonly string[], roots: Roots<MergeFact>, types?: readonly string[]): Promise<JourneyEvent[]> {
  return storyOf(sql, tenant, { members: customers.flatMap((customer) => roots.members(customer)) }, types);
}

async function restingCustomers(sql: Sql, tenant: string, customers: readonly string[], { roots, calendar }: { roots: Roots<MergeFact>; calendar: Calendar }): Promise<Map<string, Rest>> {
  const streams = groupBy(await storiesOf(sql, tenant, customers, roots, RESTS), ({ stream }) => roots.root(stream.id));
  return new Map([...streams].flatMap(([customer, events]) => {
    const rest = restOf(events, calendar);
    return rest ? [[customer, rest]] : [];
  }));
}
