import { type CustomerKey, partitionOf, type Work } from '#event-store';
import type { DayOf } from '#insight';
import type { JourneyEvent } from '#journey';
import { dayOfIn } from '../tenant.js';
import { closedDayTable } from './table.js';

/** What the calendars of tenants say, and which of their days are closed, as of one piece of work. */
export class Days {
  private constructor(private readonly zones: ReadonlyMap<string, string>, private readonly closed: ReadonlyMap<string, number>) {}

  static async of({ sql, generation }: Pick<Work, 'sql' | 'generation'>): Promise<Days> {
    const tenants = await sql.query<{ id: string; time_zone: string }>('select id, time_zone from tenant');
    const rows = await sql.query<{ tenant: string; partition: number; day: number }>(`select tenant, partition, day from ${closedDayTable(generation)}`);
    return new Days(new Map(tenants.map(({ id, time_zone }) => [id, time_zone])), new Map(rows.map(({ tenant, partition, day }) => [`${tenant}/${partition}`, day])));
  }

  dayOf(tenant: string): DayOf {
    return dayOfIn(this.zones.get(tenant) ?? 'UTC');
  }

  /** The day that a row is scored for: that of the last of these facts to be recorded, or the first that is not closed. */
  scored({ tenant, customer }: CustomerKey, facts: readonly JourneyEvent[]): number {
    const dayOf = this.dayOf(tenant);
    const open = (this.closed.get(`${tenant}/${partitionOf(tenant, customer)}`) ?? -Infinity) + 1;
    return facts.reduce((day, { recordedAt }) => Math.max(day, dayOf(recordedAt)), open);
  }
}
