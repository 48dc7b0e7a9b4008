import type { Sql } from '#event-store';
import { isRevenueFact } from '#insight';
import { effectiveEvents, type JourneyEvent } from '#journey';
import { findLiveRows } from '../customers/live-rows.js';
import { factsOfText } from '../entities/kept-facts.js';
import { liveEntities } from '../entities/live-entities.js';
import type { Reading } from '../reading.js';
import { breather } from '../whole-history/breathing.js';
import { tenantStories } from '../whole-history/stories.js';
import { revenueTable } from './revenue-table.js';

/** A customer as lists tell it, as it is now. */
export interface RevenueCustomer {
  readonly id: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly owner: string | null;
  readonly region: string | null;
  /** A fact of it cannot be read: what came before it counts. */
  readonly held: boolean;
}

export interface RevenueStory {
  readonly customer: RevenueCustomer;
  /** As corrections left them. */
  readonly facts: readonly JourneyEvent[];
}

/** The stories of all customers who ever subscribed to anything, by their rows. */
export async function storiesNow(sql: Sql, tenant: string): Promise<RevenueStory[]> {
  const rows = await sql.query<{ customer: string; facts: string }>(`select customer, facts from ${await liveEntities(sql, revenueTable)} where tenant = $1 order by customer collate "C"`, [tenant]);
  const customers = await customersOf(sql, tenant);
  const breathe = breather();
  const stories: RevenueStory[] = [];
  for (const { customer, facts } of rows) {
    stories.push({ customer: customers.get(customer) ?? unknown(customer), facts: factsOfText(tenant, facts) });
    await breathe();
  }
  return stories;
}

/** The same as it was known at a moment, from the log; names and segments stay those of now. */
export async function storiesKnown(reading: Reading, tenant: string, knownAt: string, customers: ReadonlyMap<string, RevenueCustomer>): Promise<RevenueStory[]> {
  const stories: RevenueStory[] = [];
  for await (const { customer, events } of tenantStories(reading.reader, { tenant, upTo: Number.MAX_SAFE_INTEGER, knownAt })) {
    const facts = effectiveEvents(events).filter(({ type }) => isRevenueFact(type));
    if (facts.some(({ type }) => type.startsWith('subscription.') || type === 'renewal.renewed')) stories.push({ customer: customers.get(customer) ?? unknown(customer), facts });
  }
  return stories;
}

/** @param only of one customer */
export async function customersOf(sql: Sql, tenant: string, only: string | null = null): Promise<ReadonlyMap<string, RevenueCustomer>> {
  const { from } = await findLiveRows(sql);
  const rows = await sql.query<RevenueCustomer & Record<string, unknown>>(`select customer as id, name, segment, owner, profile ->> 'region' as region, held from ${from} where tenant = $1 and ($2::text is null or customer = $2)`, [tenant, only]);
  return new Map(rows.map((row) => [row.id, row]));
}

const unknown = (id: string): RevenueCustomer => ({ id, name: null, segment: null, owner: null, region: null, held: false });
