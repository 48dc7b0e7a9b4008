import { Query } from '@nestjs/cqrs';
import { readStreamsRows, type Sql, unseal } from '#event-store';
import { type Contact, dateOfDay, effectiveEvents } from '#insight';
import type { JourneyEvent } from '#journey';
import { calendarOf, type Calendar } from '../tenant.js';
import { liveTable, positionOf, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { type Alias, aliasesOf, aliasText } from './aliases.js';
import { type CancellationAnswer, cancellationOf, CUSTOMER_COLUMNS, type CustomerRow, type CustomerSummary, dateOrNull, summaryOf } from './customer-answer.js';
import { customerTable } from './table.js';

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
  readonly today: Calendar['today'];
  readonly industry: string | null;
  readonly region: string | null;
  readonly size: number | null;
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
    const children = await sql.query<{ customer: string }>(
      `select customer from ${await liveTable(sql, 'customers', customerTable)} where tenant = $1 and parent = $2 order by 1`, [tenant, customer]);
    const aliases = (await aliasesOf(sql, tenant, [customer])).get(customer) ?? [];
    return {
      ...summaryOf(row, aliases.map(aliasText)[0]), aliases, today: (await calendarOf(sql, tenant, model.now())).today, industry: profile.industry, region: profile.region, size: profile.size,
      parent: profile.parent, children: children.map((child) => child.customer), customerSince: dateOrNull(profile.customerSince),
      contacts: await peopleOf(model, sql, tenant, row),
      subscriptions: profile.subscriptions.map((subscription) => {
        const { id, product, state, arr, renewsOn, noticeOn } = subscription;
        const cancellation = cancellationOf(subscription);
        return { id, product: product ?? null, state, arr, renewsOn: cancellation ? null : dateOrNull(renewsOn), noticeOn: cancellation ? null : dateOrNull(noticeOn), cancellation };
      }),
      lastTouch: profile.lastTouch && { on: dateOfDay(profile.lastTouch.day), type: profile.lastTouch.type, by: profile.lastTouch.by },
      position: await positionOf(sql, Number(row.position)),
    };
  });
}

/** @throws QueryRefused when this tenant has no such customer */
export async function customerRow(sql: Sql, tenant: string, customer: string): Promise<CustomerRow> {
  const [row] = await sql.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from ${await liveTable(sql, 'customers', customerTable)} where tenant = $1 and customer = $2`, [tenant, customer]);
  if (!row) throw new QueryRefused('customer-unknown', 'Nobody is known by this id.');
  return row;
}

/** What tells who somebody is: the facts that name them, and those that correct facts. */
const NAMES = ['contact.added', 'record.retracted', 'record.amended'];

async function peopleOf(model: ReadModelOptions, sql: Sql, tenant: string, { customer, profile }: CustomerRow): Promise<ContactAnswer[]> {
  if (profile.contacts.length === 0) return [];
  const stored = await readStreamsRows(sql, tenant, 'customer', [customer], Number.MAX_SAFE_INTEGER, NAMES);
  return contactsOf(profile.contacts, effectiveEvents(await unseal(model.keys, sql, tenant, stored)));
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
