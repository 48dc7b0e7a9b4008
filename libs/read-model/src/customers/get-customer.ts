import { Query } from '@nestjs/cqrs';
import { type Sql, unseal } from '#event-store';
import { conditionsOf, type Contact, dateOfDay } from '#insight';
import { type ConditionName, effectiveEvents, type JourneyEvent, type MergeFact, type Roots } from '#journey';
import { computable } from '../health/held.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { liveTable, positionOf, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { type Alias, aliasesOf, aliasText } from './aliases.js';
import { type CancellationAnswer, cancellationOf, CUSTOMER_COLUMNS, type CustomerRow, type CustomerSummary, dateOrNull, listed } from './customer-answer.js';
import { monthBefore } from './condition-notes.js';
import type { KeptScore } from './health-told.js';
import { findLiveRows } from './live-rows.js';
import { sheetsOf } from './sheets.js';
import { customerTable } from './table.js';
import { rootsKnown, storyOf, type Together } from './together.js';

export interface ContactAnswer {
  readonly id: string;
  /** Null when the person's data was erased or never sent. */
  readonly name: string | null;
  readonly email: string | null;
  readonly title: string | null;
  readonly role: Contact['role'];
  readonly sponsor: boolean;
  readonly leftOn: string | null;
}

export interface CustomerAnswer extends CustomerSummary {
  /** Our id of the customer that was asked for, where it is merged into this one; else null. */
  readonly askedAs: string | null;
  /** Our ids of the customers that are merged into this one; their facts are part of it. */
  readonly mergedFrom: readonly string[];
  readonly today: Calendar['today'];
  readonly industry: string | null;
  readonly region: string | null;
  readonly size: number | null;
  /** The customer it belongs to; where that one is merged, who stands for it. */
  readonly parent: string | null;
  readonly children: readonly string[];
  /** What other systems call the customer. */
  readonly aliases: readonly Alias[];
  readonly customerSince: string | null;
  readonly contacts: readonly ContactAnswer[];
  /** `renewsOn` and `noticeOn` are null where a request to cancel stands. */
  readonly subscriptions: readonly {
    id: string; product: string | null; state: string; arr: { amount: number; currency: string } | null; renewsOn: string | null; noticeOn: string | null; cancellation: CancellationAnswer | null;
  }[];
  readonly lastTouch: { on: string; type: string; by: string | null } | null;
  /** What holds of the customer, such as silence; since when, where that is known. */
  readonly conditions: readonly { readonly condition: ConditionName; readonly since: string | null; readonly say: string }[];
  readonly position: string;
}

export class GetCustomer extends Query<CustomerAnswer> {
  constructor(readonly options: { readonly tenant: string; readonly customer: string }) {
    super();
  }
}

export async function getCustomer(model: ReadModelOptions, { tenant, customer }: GetCustomer['options']): Promise<CustomerAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const row = await customerRow(sql, tenant, customer);
    const { profile } = row;
    const roots = await rootsKnown(sql, tenant);
    const members = roots.members(row.customer);
    const aliases = (await aliasesOf(sql, tenant, [row.customer], roots)).get(row.customer) ?? [];
    return {
      ...listed(row, aliases.map(aliasText)[0] ?? null), askedAs: row.customer === customer ? null : customer, mergedFrom: members.slice(1),
      aliases, today: (await calendarOf(sql, tenant, model.now())).today, industry: profile.industry, region: profile.region, size: profile.size,
      parent: parentIn(roots, row), children: await childrenOf(sql, tenant, members), customerSince: dateOrNull(profile.customerSince),
      contacts: await peopleOf(model, sql, tenant, { members, profile }),
      subscriptions: profile.subscriptions.map((subscription) => {
        const { id, product, state, arr, renewsOn, noticeOn } = subscription;
        const cancellation = cancellationOf(subscription);
        return { id, product: product ?? null, state, arr, renewsOn: cancellation ? null : dateOrNull(renewsOn), noticeOn: cancellation ? null : dateOrNull(noticeOn), cancellation };
      }),
      lastTouch: profile.lastTouch && { on: dateOfDay(profile.lastTouch.day), type: profile.lastTouch.type, by: profile.lastTouch.by },
      conditions: conditionsOf((await sheetsOf(sql, tenant, [row.customer])).get(row.customer)!, row.day, { ...row, before: await scoreBefore(sql, tenant, row) }).map(({ condition, since, say }) => ({ condition, since: dateOrNull(since), say })),
      position: await positionOf(sql, Number(row.position)),
    };
  });
}

/** The score that its announcements compare with, of the same cards: so the page says what was announced. */
async function scoreBefore(sql: Sql, tenant: string, { customer, cards, day }: CustomerRow): Promise<number | null> {
  const [told] = await sql.query<{ scores: readonly KeptScore[] }>('select scores from band_told where tenant = $1 and customer = $2 and cards = $3', [tenant, customer, cards]);
  return told ? monthBefore(told.scores, day) : null;
}

/** Who belongs to what has become one with the customer itself belongs to nobody else. */
function parentIn(roots: Roots<MergeFact>, { customer, profile }: CustomerRow): string | null {
  const parent = profile.parent === null ? null : roots.root(profile.parent);
  return parent === roots.root(customer) ? null : parent;
}

async function childrenOf(sql: Sql, tenant: string, members: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ customer: string }>(
    `select customer from ${await liveTable(sql, 'customers', customerTable)} where tenant = $1 and parent = any($2) and customer <> all($2) order by 1`, [tenant, members]);
  return rows.map(({ customer }) => customer);
}

/** The longest way from a customer to the one that stands for it, by the rows; merges and their rows come to be one partition after the other. */
const LONGEST_WAY = 100;

/**
 * The row of a customer, or of the one that it is merged into. By the rows, not by the log: so it is an answer of one moment, if not of the latest.
 * @throws QueryRefused when this tenant has no such customer, or its merges are on their way into the rows
 */
export async function customerRow(sql: Sql, tenant: string, customer: string): Promise<CustomerRow> {
  const { from, generation } = await findLiveRows(sql);
  const table = customerTable(generation);
  const [row] = await sql.query<CustomerRow>(
    `with recursive way (customer, place) as (
       select $2::text, 0
       union all
       select merged_into, place + 1 from way join ${table} as row on row.tenant = $1 and row.customer = way.customer where merged_into is not null and place < $3)
     select ${CUSTOMER_COLUMNS} from ${from} join way using (customer) where tenant = $1 and status <> 'merged' order by place desc limit 1`, [tenant, customer, LONGEST_WAY]);
  if (row) return row;
  const merging = await sql.query(`select from ${table} where tenant = $1 and customer = $2`, [tenant, customer]);
  if (merging.length > 0) throw new QueryRefused('not-ready', 'This customer is being merged at this moment; ask again.');
  throw new QueryRefused('customer-unknown', 'Nobody is known by this id.');
}

/** What tells who somebody is: the facts that name them, and those that correct facts. */
const NAMES = ['contact.added', 'record.retracted', 'record.amended'];

async function peopleOf(model: ReadModelOptions, sql: Sql, tenant: string, { members, profile }: Pick<CustomerRow, 'profile'> & Pick<Together, 'members'>): Promise<ContactAnswer[]> {
  if (profile.contacts.length === 0) return [];
  const stored = await storyOf(sql, tenant, { members }, NAMES);
  return contactsOf(profile.contacts, computable(await unseal(model.keys, sql, tenant, stored), effectiveEvents).value);
}

/** Who the contacts are. `events`: of their customer, effective, with personal fields opened, earliest first; what a later one leaves out stays. */
export function contactsOf(contacts: readonly Contact[], events: readonly JourneyEvent[]): ContactAnswer[] {
  const people = new Map<string, Record<string, unknown>>();
  for (const { type, data } of events) {
    if (type === 'contact.added') people.set(String(data['contact']), { ...people.get(String(data['contact'])), ...data });
  }
  const field = (id: string, name: string) => (people.get(id)?.[name] as string | undefined) ?? null;
  return contacts.map(({ id, role, sponsor, leftOn }) => (
    { id, name: field(id, 'name'), email: field(id, 'email'), title: field(id, 'title'), role, sponsor, leftOn: dateOrNull(leftOn) }));
}
