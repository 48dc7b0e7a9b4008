import { type Append, type EventStore, type Tenant } from '#event-store';
import { dateOfDay, dayCounter, dayOfDate } from '#insight';

const SOURCE = 'touchline:clock';

/**
 * Appends one `clock.day-closed` per tenant and day that is over, from the tenant's first live day on. Safe to call from several
 * processes at any time: the id of a day is the same everywhere. @returns how many days were closed
 */
export async function closeDays(store: EventStore, tenants: readonly Tenant[], now: Date): Promise<number> {
  let closed = 0;
  for (const { id, timeZone, pinnedDay } of tenants) {
    const stream = { tenant: id, category: 'clock', id: 'days' };
    const today = pinnedDay ? dayOfDate(pinnedDay) : dayCounter(timeZone)(now.toISOString());
    const [last] = await store.readStream(stream, { direction: 'backward', limit: 1 });
    const first = last ? dayOfDate(String(last.data['day'])) + 1 : today - 1;
    for (let day = first; day < today; day++) {
      const [verdict] = await store.append([tick(stream, dateOfDay(day), now)]);
      if (verdict!.status === 'appended') closed++;
    }
  }
  return closed;
}

function tick(stream: Append['stream'], day: string, now: Date): Append {
  return {
    stream, expected: 'any',
    events: [{
      source: SOURCE, id: `day-closed:${day}`, type: 'clock.day-closed', version: 1, occurredAt: now.toISOString(),
      actor: { kind: 'system', id: SOURCE }, data: { day }, bodyHash: day,
    }],
  };
}
