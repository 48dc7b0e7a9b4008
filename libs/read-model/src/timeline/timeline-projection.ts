import { type CustomerKey, keyText, type Projection, readStories, type Work } from '#event-store';
import { type JourneyEvent, parsePosition } from '#journey';
import { guarded } from '../generated-tables.js';
import { groupBy } from '../group-by.js';
import { lastGood } from '../projections/last-good.js';
import { timelineSteps, type TouchRow } from './touch-row.js';

export const timelineTable = (generation: number) => `touchline_read.timeline_${generation}`;

/** One row per touch, so that a customer's story can be paged and filtered by when it happened. */
export class TimelineProjection implements Projection {
  readonly name = 'timeline';
  readonly version = '1';
  readonly categories = ['customer'];
  readonly compared = [{ name: timelineTable, key: ['tenant', 'customer', 'position'] }];

  constructor(private readonly steps = timelineSteps) {}

  createTables(generation: number): string {
    const table = timelineTable(generation);
    return `
      create table ${table} (
        tenant text not null, customer text not null, position bigint not null,
        occurred_at timestamptz not null, family text not null, type text not null,
        standing boolean not null,
        primary key (tenant, customer, position)
      );
      create index on ${table} (tenant, customer, occurred_at desc, position desc);
      create index on ${table} (tenant, customer) where family = 'record';
      ${guarded(table)}`;
  }

  dropTables(generation: number): string {
    return `drop table if exists ${timelineTable(generation)}`;
  }

  async apply(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    const rows: TouchRow[] = [];
    const again: CustomerKey[] = [];
    for (const facts of groupBy(events, ({ stream }) => keyText({ tenant: stream.tenant, customer: stream.id })).values()) {
      const { tenant, id: customer } = facts[0]!.stream;
      try {
        rows.push(...facts.map(this.steps.touchOf));
      } catch {
        // The whole story decides whether it can be told, and which fact is the bad one.
        again.push({ tenant, customer });
      }
    }
    await this.insert(work, rows);
    await this.refold({ ...work, upTo: parsePosition(events.at(-1)!.position).n }, [...again, ...await this.corrected(work, rows)]);
  }

  /** Tells a customer's story again from the log. What cannot be told is parked, and the rows show what came before. */
  async refold(work: Work, customers: readonly CustomerKey[]): Promise<void> {
    const rows: TouchRow[] = [];
    for (const [tenant, group] of groupBy(customers, (key) => key.tenant)) {
      const ids = group.map(({ customer }) => customer);
      const stories = await readStories(work.sql, tenant, ids, work.upTo);
      for (const customer of ids) rows.push(...await this.tellOrPark(work, { tenant, customer }, await stories.get(customer)?.() ?? []));
      await work.sql.query(`delete from ${timelineTable(work.generation)} where tenant = $1 and customer = any($2)`, [tenant, ids]);
    }
    await this.insert(work, rows);
  }

  private async tellOrPark(work: Work, key: CustomerKey, stream: readonly JourneyEvent[]): Promise<TouchRow[]> {
    try {
      return this.steps.touchesOf(stream);
    } catch (failure) {
      const { good, bad, error = failure } = lastGood(stream, this.steps.touchesOf);
      await work.hold(key, parsePosition(bad!.position).n, error);
      return good.length > 0 ? this.steps.touchesOf(good) : [];
    }
  }

  private async insert({ sql, generation }: Work, rows: readonly TouchRow[]): Promise<void> {
    if (rows.length === 0) return;
    await sql.query(
      `insert into ${timelineTable(generation)} (tenant, customer, position, occurred_at, family, type, standing)
       select * from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::boolean[])`,
      [
        rows.map(({ tenant }) => tenant), rows.map(({ customer }) => customer), rows.map(({ position }) => position), rows.map(({ occurredAt }) => occurredAt),
        rows.map(({ family }) => family), rows.map(({ type }) => type), rows.map(({ standing }) => standing),
      ]);
  }

  /** Customers with new facts who have corrections, old or new. */
  private async corrected({ sql, generation }: Work, rows: readonly TouchRow[]): Promise<CustomerKey[]> {
    if (rows.length === 0) return [];
    return sql.query<{ tenant: string; customer: string }>(
      `select distinct tenant, customer from ${timelineTable(generation)} where family = 'record' and (tenant, customer) in (select distinct * from unnest($1::text[], $2::text[]))`,
      [rows.map(({ tenant }) => tenant), rows.map(({ customer }) => customer)]);
  }
}
