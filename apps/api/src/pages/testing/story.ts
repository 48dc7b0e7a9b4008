const DAY_MS = 86_400_000;

type Data = Record<string, unknown>;

/** Events of three invented customers, told up to `now`: one in trouble, one that is well, one of whom nothing is known. */
export function story(now: Date): object[] {
  let count = 0;
  const event = (customer: string | object, daysAgo: number, type: string, data: Data) => (
    { id: `story-${++count}`, source: 'story', type, time: new Date(now.getTime() - daysAgo * DAY_MS).toISOString(), customer, data });
  const date = (daysAhead: number) => new Date(now.getTime() + daysAhead * DAY_MS).toISOString().slice(0, 10);
  const nps = (survey: string, score: number, extra: Data) => ({ survey, instrument: { kind: 'nps', min: 0, max: 10 }, score, ...extra });
  const usage = (daysAgo: number, licensed: number, active: number, features: string[]) => (
    { from: date(-daysAgo - 7), to: date(-daysAgo), licensed, active, features, volume: active * 20 });
  const tern = (daysAgo: number, type: string, data: Data) => event('tern', daysAgo, type, data);
  const heron = (daysAgo: number, type: string, data: Data) => event('heron', daysAgo, type, data);
  return [
    tern(400, 'customer.registered', { name: 'Tern & Sons <Logistics>', segment: 'mid-market', industry: 'logistics', owner: 'anna', size: 420 }),
    tern(399, 'contact.added', { contact: 'tern-cfo', name: 'Ida Tern', email: 'ida@tern.example', title: 'CFO', role: 'payer', sponsor: true }),
    tern(399, 'contact.added', { contact: 'tern-it', name: 'Omar Lind', role: 'user' }),
    tern(398, 'subscription.started', { subscription: 't-1', product: 'Managed desk', recurring: { amount: 450_000, currency: 'EUR' }, interval: 'month', seats: 100, termMonths: 12, noticeDays: 60, renewsOn: date(40) }),
    ...[90, 80, 70, 60, 50, 40].map((ago) => tern(ago, 'usage.reported', usage(ago, 100, 85, ['chat', 'portal', 'reports']))),
    ...[30, 20, 10, 3].map((ago, step) => tern(ago, 'usage.reported', usage(ago, 100, 70 - step * 15, ['chat']))),
    tern(75, 'survey.responded', nps('s-1', 9, { contact: 'tern-cfo', role: 'payer' })),
    tern(70, 'engagement.call-held', { with: ['tern-cfo'], twoWay: true, by: 'anna' }),
    tern(25, 'ticket.opened', { ticket: 't-9', priority: 'high', contact: 'tern-it', subject: 'Printers at the depot stop every morning' }),
    tern(20, 'ticket.resolved', { ticket: 't-9', resolution: 'Driver replaced' }),
    tern(18, 'ticket.reopened', { ticket: 't-9', reason: 'Same again' }),
    tern(12, 'ticket.resolved', { ticket: 't-9' }),
    tern(9, 'ticket.reopened', { ticket: 't-9' }),
    tern(8, 'ticket.escalated', { ticket: 't-9', reason: 'Third time' }),
    tern(6, 'promise.made', { promise: 'p-1', what: 'An engineer on site until it is solved', dueOn: date(1), by: 'anna' }),
    tern(5, 'survey.responded', nps('s-2', 2, { contact: 'tern-cfo', role: 'payer', verbatim: 'I pay for this & nobody <b>calls</b> me back.', wantsContact: true })),
    tern(4, 'invoice.overdue', { invoice: 'i-7', days: 12 }),
    tern(3, 'subscription.cancellation-requested', { subscription: 't-1', reason: 'service' }),
    tern(2, 'x-weather.reported', { wind: 'strong' }),
    heron(300, 'customer.registered', { name: 'Heron Clinics', segment: 'enterprise', owner: 'ben' }),
    heron(299, 'contact.added', { contact: 'heron-cio', name: 'Mei Heron', role: 'both', sponsor: true }),
    heron(298, 'subscription.started', { subscription: 'h-1', recurring: { amount: 12_000_000, currency: 'EUR' }, interval: 'year', seats: 300, renewsOn: date(200) }),
    ...[80, 60, 40, 20, 4].map((ago) => heron(ago, 'usage.reported', usage(ago, 300, 280, ['chat', 'portal', 'reports']))),
    heron(30, 'survey.responded', nps('s-3', 10, { contact: 'heron-cio', role: 'payer' })),
    heron(7, 'engagement.business-review-held', { with: ['heron-cio'], twoWay: true, by: 'ben' }),
    event({ system: 'crm', id: '4711' }, 3, 'ticket.opened', { ticket: 'u-1', subject: 'Who are we?' }),
  ];
}
