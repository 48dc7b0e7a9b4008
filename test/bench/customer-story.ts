import type { Append, NewEvent } from '#event-store';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01T08:00:00Z');

/** Facts of one customer over 300 days: what a service desk, a product and an account manager write down. About 300 bytes a body. */
export function* customerStory(customer: number, facts: number): Generator<Append> {
  const stream = { tenant: 'bench', category: 'customer', id: `c-${customer}` };
  let n = 0;
  const at = (place: number) => new Date(START + Math.floor((place / facts) * 300) * DAY + (customer % 600) * 60_000).toISOString();
  const make = (type: string, data: Record<string, unknown>, version = 1): Append => {
    n += 1;
    const id = `${customer}-${n}`;
    const event: NewEvent = { source: 'bench', id, type, version, occurredAt: at(n), observedAt: at(n), actor: { kind: 'system', id: 'bench' }, data, bodyHash: `hash-of-${id}-as-sent-by-the-source-system` };
    return { stream, expected: 'any', events: [event] };
  };
  yield make('customer.registered', { name: `Customer ${customer}`, segment: 'mid-market' });
  yield make('subscription.started', { subscription: 'S', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', seats: 50, renewsOn: '2026-12-31', noticeDays: 30 });
  for (let ticket = 0; n < facts - 5; ticket++) {
    yield make('ticket.opened', { ticket: `T-${ticket}`, queue: 'first-line', category: 'printing', priority: 'normal' });
    yield make('ticket.replied', { ticket: `T-${ticket}`, by: 'agent' });
    yield make('ticket.resolved', { ticket: `T-${ticket}` });
    yield make('survey.responded', { survey: `V-${ticket}`, instrument: { kind: 'csat', min: 1, max: 5 }, score: 1 + ((customer + ticket) % 5), ticket: `T-${ticket}`, role: 'user' }, 2);
    const from = at(n).slice(0, 10);
    yield make('usage.reported', { from, to: from, licensed: 50, active: 20 + (ticket % 25), features: ['reporting', 'planning', 'sharing'] });
  }
  yield make('engagement.call-held', { twoWay: true, by: 'mara' });
}
