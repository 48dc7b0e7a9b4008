import { type Append, type Database, type EventStore, listTenantsWithNewest, type NewEvent } from '#event-store';
import { dateOfDay, dayCounter, dayOfDate } from '#insight';

const SOURCE = 'touchline:clock';
const STREAM = { category: 'clock', id: 'days' } as const;

/**
 * Appends one `clock.day-closed` per tenant and day that is over, from the tenant's first live day on; one look for all tenants. Safe to call from several
 * processes at any time: the id of a day is the same everywhere, and days of a tenant stand in their order, because who comes second finds another revision.
 * @returns how many days were closed, and in which time zones it looked
 */
async function closeDays(database: Database, store: EventStore, now: Date): Promise<{ closed: number; zones: readonly string[] }> {
  const tenants = await listTenantsWithNewest(database, STREAM);
  const appends = tenants.flatMap(({ id, timeZone, pinnedDay, newest }): Append[] => {
    const today = pinnedDay ? dayOfDate(pinnedDay) : dayCounter(timeZone)(now.toISOString());
    const first = newest ? dayOfDate(String(newest.data['day'])) + 1 : today - 1;
    const days = Array.from({ length: Math.max(0, today - first) }, (_, index) => tick(dateOfDay(first + index), now));
    return days.length === 0 ? [] : [{ stream: { tenant: id, ...STREAM }, expected: newest?.revision ?? 'none', events: days }];
  });
  const verdicts = appends.length === 0 ? [] : await store.append(appends);
  const closed = verdicts.reduce((sum, verdict) => sum + (verdict.status === 'appended' ? verdict.positions.length : 0), 0);
  return { closed, zones: [...new Set(tenants.map(({ timeZone }) => timeZone))] };
}

const LOOK_AGAIN_MS = 60_000;

/** Looks at the database when a day has ended in one of the time zones, and every minute: a new tenant, and a day that was pinned elsewhere, are noticed by then. */
export class Clock {
  private looked = -Infinity;
  private readonly days = new Map<string, number>();

  constructor(private readonly database: Database, private readonly store: EventStore) {}

  /** @returns how many days were closed */
  async tick(now: Date): Promise<number> {
    const ended = [...this.days].some(([zone, day]) => dayCounter(zone)(now.toISOString()) !== day);
    if (!ended && now.getTime() - this.looked < LOOK_AGAIN_MS) return 0;
    const { closed, zones } = await closeDays(this.database, this.store, now);
    this.looked = now.getTime();
    this.days.clear();
    for (const zone of zones) this.days.set(zone, dayCounter(zone)(now.toISOString()));
    return closed;
  }
}

function tick(day: string, now: Date): NewEvent {
  return {
    source: SOURCE, id: `day-closed:${day}`, type: 'clock.day-closed', version: 1, occurredAt: now.toISOString(),
    actor: { kind: 'system', id: SOURCE }, data: { day }, bodyHash: day,
  };
}
