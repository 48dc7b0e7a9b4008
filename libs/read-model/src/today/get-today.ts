import { Query } from '@nestjs/cqrs';
import { type Sql, unseal } from '#event-store';
import { cardFor, type CardSet, type ChurnRisk, dateOfDay, dayOfDate, eventWords, HEADLINE, riskAt, sayOverride, type Score, scoreHealth, worstMeasures } from '#insight';
import { comparePositions, effectiveEvents, type JourneyEvent, type MergeFact, type Roots } from '#journey';
import { chance } from '../churn/log-odds-parts.js';
import { modelInForce } from '../churn/model-in-force.js';
import { heldOutNow } from '../churn/experiments.js';
import { betterIn, sayHeldOut, sayRisk } from '../churn/risk-words.js';
import { COUNTED, CUSTOMER_COLUMNS, type CustomerRow, type CustomerSummary, listed } from '../customers/customer-answer.js';
import { contactsOf } from '../customers/get-customer.js';
import { sheetsOf } from '../customers/sheets.js';
import { findLiveRows } from '../customers/live-rows.js';
import { rootsKnown, storyOf } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { computable } from '../health/held.js';
import { read, type ReadModelOptions } from '../reading.js';
import { cardSetById } from '../scorecards/cards-in-force.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { eventsUpTo, pastRows, type PastRow } from './past-rows.js';
import { belongs, isLarge, nextDate, ORDER_SAYS, priorityOf } from './priority.js';
import type { TodayAnswer, TodayItem } from './today-answer.js';
import { whatNotToDo } from './what-not-to-do.js';
import { whatToSay } from './what-to-say.js';
import { whomToCall } from './whom.js';
import { sinceWhen, whyNow } from './why-now.js';

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

const DONE_RESTS_DAYS = 7;

/** Whom to call, worst first. Who was called rests for a week, who was snoozed until the day said. */
export async function getToday(model: ReadModelOptions, { tenant, owner, limit = 10 }: GetTodayOptions): Promise<TodayAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, model.now());
    const { from } = await findLiveRows(sql);
    const { rows, cannotTell } = await candidates(sql, tenant, from, { owner, calendar });
    const roots = await rootsKnown(sql, tenant);
    const resting = await restingCustomers(sql, tenant, rows.map(({ customer }) => customer), { roots, calendar });
    const waiting = rows.filter((row) => belongs(row) && !resting.has(row.customer))
      .map((row) => ({ row, ...priorityOf(row.score! / 100, row.profile, calendar.today.day) }))
      .sort((a, b) => b.priority - a.priority || (a.row.customer < b.row.customer ? -1 : 1));
    const chosen = waiting.slice(0, limit);
    const events = await storiesOf(sql, tenant, chosen.map(({ row }) => row.customer), roots);
    const stories = groupBy(await unseal(model.keys, sql, tenant, events), ({ stream }) => roots.root(stream.id));
    const sheets = await sheetsOf(sql, tenant, chosen.map(({ row }) => row.customer));
    const { model: churn } = await modelInForce(sql, tenant);
    const heldOut = await heldOutNow(sql, tenant);
    const cards = new Map<string | null, CardSet>();
    for (const { row } of chosen) if (!cards.has(row.cards)) cards.set(row.cards, await cardSetById(sql, tenant, row.cards));
    const items = chosen.map(({ row, priority, because }) => {
      const sheet = row.sheet ?? sheets.get(row.customer)!;
      const health = row.health ?? scoreHealth(sheet, cardFor(cards.get(row.cards)!.whole, sheet), row.day);
      return itemOf({ row, health, risk: riskAt(churn, sheet, row.day), story: stories.get(row.customer) ?? [], heldOut: heldOut(row.customer, row.profile.segment) }, { priority, because }, calendar);
    });
    return { today: calendar.today, order: ORDER_SAYS, items, more: waiting.length - chosen.length, cannotTell };
  });
}

type Candidate = CustomerRow & Partial<Pick<PastRow, 'health' | 'sheet'>>;

/** Who may be on the list, and of how many too little is known; of a pinned day before that of the rows as it was then. */
async function candidates(sql: Sql, tenant: string, table: string, { owner, calendar }: { owner: string | undefined; calendar: Calendar }): Promise<{ rows: Candidate[]; cannotTell: number }> {
  const { day, pinned } = calendar.today;
  if (pinned && (await sql.query(`select from ${table} where tenant = $1 and day > $2 limit 1`, [tenant, day])).length > 0) {
    const past = (await pastRows(sql, tenant, table, calendar)).filter(({ status, profile }) => status !== 'ended' && (owner === undefined || profile.owner === owner));
    return { rows: past.filter(({ band }) => band === 'at-risk' || band === 'watch'), cannotTell: past.filter(({ band }) => band === 'unknown').length };
  }
  const mine = `tenant = $1 and ($2::text is null or owner = $2) and status <> 'ended' and ${COUNTED}`;
  const rows = await sql.query<CustomerRow>(`select ${CUSTOMER_COLUMNS} from ${table} where ${mine} and band in ('at-risk', 'watch')`, [tenant, owner ?? null]);
  const [unknown] = await sql.query<{ count: number }>(`select count(*)::int as count from ${table} where ${mine} and band = 'unknown'`, [tenant, owner ?? null]);
  return { rows, cannotTell: unknown!.count };
}

interface Chosen { readonly row: Candidate; readonly health: Score; readonly risk: ChurnRisk; readonly story: JourneyEvent[]; readonly heldOut: string | null }

function itemOf({ row, health, risk, story, heldOut }: Chosen, order: TodayItem['order'], calendar: Calendar): TodayItem {
  const { profile } = row;
  const { day } = calendar.today;
  const events = eventsUpTo(story, calendar);
  const choice = whomToCall(profile.contacts, worstMeasures(health, 1)[0]?.group, events, isLarge(profile));
  const { lastWords, ...say } = whatToSay(events, calendar);
  const wanted = new Set([choice?.contact.id, lastWords?.contact]);
  const people = new Map(contactsOf(profile.contacts.filter(({ id }) => wanted.has(id)), events).map((person) => [person.id, person]));
  const named = people.get(choice?.contact.id ?? '');
  const since = sinceWhen(health);
  const next = nextDate(profile, day);
  const line = listed(row, null);
  return {
    id: row.customer, customer: line,
    contact: named && choice ? { id: named.id, name: named.name, role: named.role, sponsor: named.sponsor, because: choice.because } : null,
    whyNow: whyNow(health, profile, { band: line.computed.band, yesterday: row.close_band, day, told: besideIn(line, day) }), since: since === null ? null : dateOfDay(since),
    risk: riskOf(risk, row.day),
    atStake: { arr: profile.arr, arrAtRisk: risk.chances.length > 0 ? risk.atRisk : [], date: next ? dateOfDay(next.day) : null, what: next?.what ?? null },
    say: { ...say, lastWords: lastWords && { text: lastWords.text, on: lastWords.on, about: lastWords.about, by: people.get(lastWords.contact ?? '')?.name ?? null } },
    doNot: [...sayHeldOut(heldOut), ...whatNotToDo(events, health, calendar)], lastTouch: lastTouchOf(events, calendar), order,
  };
}

/** That somebody set the score by hand, and that payers and users see it otherwise. */
function besideIn({ override, computed, perspectives }: CustomerSummary, day: number): string[] {
  const told = override && sayOverride({ score: 100 * override.score, until: dayOfDate(override.until) }, { ...computed, score: computed.score && 100 * computed.score }, day);
  return [told, perspectives?.say].filter((say) => typeof say === 'string');
}

function riskOf(risk: ChurnRisk, day: number): TodayItem['risk'] {
  const found = risk.chances.find(({ horizon }) => horizon === HEADLINE);
  const better = betterIn(risk.explained);
  return { probability: found ? chance(found.probability) : null, otherwise: better ? chance(better.otherwise) : null, say: sayRisk(risk, HEADLINE, day) };
}

/** The latest time that one of us turned to the customer: a conversation, or a call from this list. */
function lastTouchOf(events: readonly JourneyEvent[], { dayOf }: Calendar): TodayItem['lastTouch'] {
  const last = events.findLast(({ type, data }) => type.startsWith('engagement.') || (type === 'task.done' && data['list'] === 'today'));
  if (!last) return null;
  const what = last.type === 'task.done' ? `a call from this list was noted (${String(last.data['outcome']).replaceAll('-', ' ')})` : eventWords(last.type);
  return { on: dateOfDay(dayOf(last.occurredAt)), what, by: (last.data['by'] as string | undefined) ?? last.actor.id };
}

/** Of the customers and who is merged into them. */
function storiesOf(sql: Sql, tenant: string, customers: readonly string[], roots: Roots<MergeFact>, types?: readonly string[]): Promise<JourneyEvent[]> {
  return storyOf(sql, tenant, { members: customers.flatMap((customer) => roots.members(customer)) }, types);
}

const RESTS = ['task.done', 'task.snoozed', 'record.retracted', 'record.amended'];

/** Customers that were called in the last week or put off to a later day. From the log itself, so that who says it sees it at once, on a pinned day too: of other calls only those up to that day count. */
async function restingCustomers(sql: Sql, tenant: string, customers: readonly string[], { roots, calendar: { today, now, dayOf } }: { roots: Roots<MergeFact>; calendar: Calendar }): Promise<Set<string>> {
  const streams = groupBy(await storiesOf(sql, tenant, customers, roots, RESTS), ({ stream }) => roots.root(stream.id));
  const rests = [...streams].filter(([, events]) => {
    const last = computable(events, effectiveEvents).value.filter(({ data, source, occurredAt }) => data['list'] === 'today' && (!today.pinned || source === 'today' || occurredAt <= now)).sort((a, b) => comparePositions(a.position, b.position)).at(-1);
    if (!last) return false;
    return last.type === 'task.snoozed' ? String(last.data['until'] ?? '') > today.date : dayOf(last.occurredAt) > today.day - DONE_RESTS_DAYS;
  });
  return new Set(rests.map(([customer]) => customer));
}
