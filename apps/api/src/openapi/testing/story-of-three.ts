import type { TestApi } from '../../testing/start-api.js';

/** Three customers: one with a bit of everything and a contact who was erased, one who left, and one whom nobody registered. Waits until they can be read. */
export async function storyOfThree(api: TestApi, key: string): Promise<void> {
  let n = 0;
  const of = (customer: unknown, type: string, time: string, data: object) => ({ id: `s-${++n}`, source: 'test', type, time, customer, data });
  const events = [
    of('north', 'customer.registered', '2024-01-01T08:00:00Z', { name: 'Northwind', segment: 'mid-market', industry: 'logistics', region: 'North', size: 120, owner: 'anna' }),
    of('north', 'contact.added', '2024-01-02T08:00:00Z', { contact: 'kim', name: 'Kim Lee', email: 'kim@example.com', role: 'both', sponsor: true }),
    of('north', 'subscription.started', '2024-02-01T08:00:00Z', { subscription: 'S-1', product: 'Desk', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', termMonths: 12, noticeDays: 90, autoRenew: true }),
    of('north', 'ticket.opened', '2024-11-20T08:00:00Z', { ticket: 'T-1', priority: 'urgent', subject: 'Nothing prints' }),
    of('north', 'ticket.reopened', '2024-11-21T08:00:00Z', { ticket: 'T-1' }),
    of('north', 'ticket.replied', '2024-11-22T08:00:00Z', { ticket: 'T-1', by: 'customer', text: 'Still broken.' }),
    of('north', 'ticket.escalated', '2024-11-23T08:00:00Z', { ticket: 'T-1' }),
    of('north', 'invoice.issued', '2025-03-01T08:00:00Z', { invoice: 'I-1', amount: { amount: 100_000, currency: 'EUR' }, dueOn: '2025-03-15' }),
    of('north', 'invoice.overdue', '2025-03-20T08:00:00Z', { invoice: 'I-1' }),
    of('north', 'usage.reported', '2025-04-01T08:00:00Z', { from: '2025-03-01', to: '2025-03-31', licensed: 100, active: 12 }),
    of('north', 'engagement.call-held', '2025-04-02T08:00:00Z', { twoWay: true, by: 'anna', note: 'Not happy.' }),
    of('north', 'contact.added', '2025-04-03T08:00:00Z', { contact: 'gone', name: 'Lou Gone', role: 'user' }),
    of('north', 'survey.responded', '2025-04-04T08:00:00Z', { survey: 'V-1', instrument: { kind: 'csat', min: 1, max: 5 }, score: 2, contact: 'kim', ticket: 'T-1', verbatim: 'Slow.' }),
    of('north', 'survey.response-viewed', '2025-04-05T08:00:00Z', { survey: 'V-1', viewer: 'anna', role: 'csm' }),
    of('north', 'feedback.request-raised', '2025-04-06T08:00:00Z', { feedback: 'F-1', survey: 'V-1' }),
    of('north', 'feedback.routed', '2025-04-06T09:00:00Z', { feedback: 'F-1', department: 'product' }),
    of('north', 'feedback.declined', '2025-04-07T09:00:00Z', { feedback: 'F-1', department: 'product', reason: 'not-planned' }),
    of('south', 'customer.registered', '2024-01-01T08:00:00Z', { name: 'Southwind' }),
    of('south', 'customer.closed', '2024-06-01T08:00:00Z', { reason: 'voluntary' }),
    of({ system: 'crm', id: 'nobody-registered' }, 'ticket.opened', '2025-01-01T08:00:00Z', { ticket: 'T-9' }),
    of('north', 'sale.fit-assessed', '2024-01-03T08:00:00Z', { score: 80, seller: 'petra' }),
    of('north', 'cost.acquisition-cost-recorded', '2024-02-01T08:00:00Z', { amount: { amount: 300_000, currency: 'EUR' } }),
    of('north', 'cost.service-cost-recorded', '2025-03-02T08:00:00Z', { amount: { amount: 20_000, currency: 'EUR' }, driver: 'labour', ticket: 'T-1' }),
  ];
  const { position, results } = await (await api.call(key, 'POST', '/v1/events', events)).json() as { position: string; results: { status: string }[] };
  if (results.some(({ status }) => status !== 'appended')) throw new Error(`The story is wrong: ${JSON.stringify(results)}`);
  await api.call(key, 'POST', '/v1/contacts/gone/erase', { reason: 'asked-by-person', reference: 'DSR-1' });
  await api.call(key, 'GET', `/v1/customers?minPosition=${position}`);
}
