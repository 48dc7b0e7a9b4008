import { dayCounter, firstScorecard, type Health, healthAt, only } from '#insight';
import { contactPaths, findType, formatPosition, type JourneyEvent, upcast } from '#journey';
import type { DemoEvent } from '../demo-event.js';

/** The events of each customer as the log would hold them, by the customer's id in the other system. Personal fields stay readable. */
export function histories(events: readonly DemoEvent[]): Map<string, JourneyEvent[]> {
  const byCustomer = new Map<string, JourneyEvent[]>();
  events.forEach((event, index) => {
    const { customer, data, source, id, type, time, observedAt } = event;
    const list = byCustomer.get(customer.id) ?? [];
    byCustomer.set(customer.id, list);
    list.push(upcast({
      source, id, type, version: event.version ?? findType(type)!.version, position: formatPosition(1, index + 1), stream: { tenant: 'demo', category: 'customer', id: customer.id },
      revision: list.length, occurredAt: time, observedAt, recordedAt: observedAt, witnessed: false, actor: { kind: 'system', id: source }, data: withOurIds(type, data),
    }));
  });
  return byCustomer;
}

function withOurIds(type: string, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ours = (ref: unknown): unknown => (Array.isArray(ref) ? ref.map(ours) : typeof ref === 'object' ? (ref as { id: string }).id : ref);
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, contactPaths(type).some(([first]) => first === name) ? ours(value) : value]));
}

/** Health under the first scorecard, some days before `today` at noon. */
export function healthOf(history: readonly JourneyEvent[], today: string, timeZone: string, ago = 0): Health {
  const asOf = new Date(Date.parse(`${today}T12:00:00Z`) - ago * 86_400_000).toISOString();
  return healthAt(history, only(firstScorecard), { asOf, knownAt: asOf, dayOf: dayCounter(timeZone) });
}
