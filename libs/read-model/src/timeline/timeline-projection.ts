import { type Projection, readStreamsRows, type Work } from '#event-store';
import { effectiveEvents } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { guarded } from '../generated-tables.js';
import { groupBy } from '../group-by.js';

export const timelineTable = (generation: number) => `touchline_read.timeline_${generation}`;

/** One row per touch, so that a customer's story can be paged and filtered by when it happened; bodies stay in the log. */
export class TimelineProjection implements Projection {
  readonly name = 'timeline';
  readonly categories = ['customer'];

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

  async apply({ sql, generation, upTo }: Work, events: readonly JourneyEvent[]): Promise<void> {
    await sql.query(
      `insert into ${timelineTable(generation)} (tenant, customer, position, occurred_at, family, type, standing)
       select *, true from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[])`,
      [
        events.map(({ stream }) => stream.tenant), events.map(({ stream }) => stream.id), events.map(({ position }) => parsePosition(position).n),
        events.map(({ occurredAt }) => occurredAt), events.map(({ type }) => familyOf(type)), events.map(({ type }) => type),
      ]);
    await this.applyCorrections({ sql, generation, upTo }, events);
  }

  /** Customers that have corrections: which facts stand, and when the amended ones happened. */
  private async applyCorrections({ sql, generation, upTo }: Pick<Work, 'sql' | 'generation' | 'upTo'>, events: readonly JourneyEvent[]): Promise<void> {
    const table = timelineTable(generation);
    for (const [tenant, group] of groupBy(events, ({ stream }) => stream.tenant)) {
      const corrected = await sql.query<{ customer: string }>(
        `select distinct customer from ${table} where tenant = $1 and customer = any($2) and family = 'record'`,
        [tenant, [...new Set(group.map(({ stream }) => stream.id))]]);
      if (corrected.length === 0) continue;
      const customers = corrected.map(({ customer }) => customer);
      const streams = groupBy(await readStreamsRows(sql, tenant, 'customer', customers, upTo), ({ stream }) => stream.id);
      const standing = [...streams.values()].flatMap((stream) => effectiveEvents(stream));
      await sql.query(
        `update ${table} as row set standing = stands.at is not null or row.family = 'record', occurred_at = coalesce(stands.at, log.occurred_at)
         from log left join unnest($3::bigint[], $4::timestamptz[]) as stands (position, at) on stands.position = log.position
         where row.tenant = $1 and row.customer = any($2) and log.position = row.position`,
        [tenant, customers, standing.map(({ position }) => parsePosition(position).n), standing.map(({ occurredAt }) => occurredAt)]);
    }
  }
}

export function familyOf(type: string): string {
  return type.startsWith('x-') ? 'x' : type.slice(0, type.indexOf('.'));
}
