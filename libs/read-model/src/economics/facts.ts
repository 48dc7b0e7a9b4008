import { readStreamsRows, type Sql, streamsIn } from '#event-store';
import { isRevenueFact } from '#insight';
import { effectiveEvents, type JourneyEvent } from '#journey';
import { storyOf, togetherOf } from '../customers/together.js';
import { factsOfText, inOrder } from '../entities/kept-facts.js';
import { liveEntities } from '../entities/live-entities.js';
import { groupBy } from '../group-by.js';
import type { ReadModelOptions } from '../reading.js';
import { revenueTable } from '../revenue/revenue-table.js';
import { tenantStories } from '../whole-history/stories.js';
import { economicsTable } from './economics-table.js';

export type FactsOf = ReadonlyMap<string, readonly JourneyEvent[]>;

const isCounted = (event: JourneyEvent): boolean => isRevenueFact(event.type) || economicsTable.entityOf(event) !== null;

/** By the rows of now: of all customers, or of one. */
export async function factsNow(sql: Sql, tenant: string, customer: string | undefined): Promise<FactsOf> {
  const tables = [await liveEntities(sql, economicsTable), await liveEntities(sql, revenueTable)];
  const rows = await sql.query<{ customer: string; facts: string }>(
    tables.map((table) => `select customer, facts from ${table} where tenant = $1 and ($2::text is null or customer = $2)`).join(' union all '), [tenant, customer ?? null]);
  return new Map([...groupBy(rows, (row) => row.customer)].map(([id, own]) => [id, inOrder(own.flatMap(({ facts }) => factsOfText(tenant, facts)))]));
}

/** The same as it was known at a moment, from the log; merges are those that were known then. */
export async function factsKnown({ reader }: Pick<ReadModelOptions, 'reader'>, tenant: string, knownAt: string): Promise<FactsOf> {
  const facts = new Map<string, readonly JourneyEvent[]>();
  for await (const { customer, events } of tenantStories(reader, { tenant, upTo: Number.MAX_SAFE_INTEGER, knownAt })) facts.set(customer, inOrder(effectiveEvents(events).filter(isCounted)));
  return facts;
}

/** The same of one customer, under the id of who stood for it then. */
export async function factsOfOneKnown(sql: Sql, tenant: string, { customer, knownAt }: { readonly customer: string; readonly knownAt: string }): Promise<FactsOf> {
  const together = await togetherOf(sql, tenant, customer, knownAt);
  const story = (await storyOf(sql, tenant, together)).filter(({ observedAt }) => observedAt <= knownAt);
  return new Map(story.length === 0 ? [] : [[together.root, inOrder(effectiveEvents(story).filter(isCounted))]]);
}

/** The category of the streams in which facts about ourselves stand. */
export const COMPANY = 'company';

/** What was said of our spending and of what others would take, in the order of the log. */
export async function spendFacts(sql: Sql, tenant: string, knownAt: string | null): Promise<JourneyEvent[]> {
  const streams = (await streamsIn(sql, tenant, COMPANY)).map(({ id }) => id);
  if (streams.length === 0) return [];
  const told = (await readStreamsRows(sql, tenant, COMPANY, streams, Number.MAX_SAFE_INTEGER)).filter(({ observedAt }) => knownAt === null || observedAt <= knownAt);
  return effectiveEvents(told).filter(({ type }) => type === 'company.period-spend-recorded' || type === 'company.alternative-priced');
}
