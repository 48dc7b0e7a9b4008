import type { Append, NewEvent } from '#event-store';

const DAY = 86_400_000;
/** The first day of two years of facts, and how many there are. */
const START = Date.parse('2024-11-20T08:00:00Z');
const DAYS = 730;
const EUR = (amount: number) => ({ amount, currency: 'EUR' });
const dateOf = (day: number): string => new Date(START + day * DAY).toISOString().slice(0, 10);

/** Numbers from 0 to before 1, the same for the same seed (the generator of Park and Miller, its modulus 2^31 - 1). */
function chance(seed: number): () => number {
  let state = (seed * 48_271 + 1) % 2_147_483_647;
  for (let turn = 0; turn < 3; turn++) state = (state * 48_271) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/**
 * Two years of a customer as the strategic report reads them: won, deployed, billed, renewed, served at a cost, asked how it was, asking for things itself; one in eight gives notice.
 * `facts` of them, at least 80: what is left over is weeks of use. In the order in which they happened, each known as it happened.
 */
export function businessStory(tenant: string, customer: number, facts: number): Append[] {
  const next = chance(customer + 1);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const told: { day: number; type: string; data: Record<string, unknown>; version?: number }[] = [];
  const tell = (day: number, type: string, data: Record<string, unknown>, version = 1) => void told.push({ day: Math.min(day, DAYS - 1), type, data, version });
  const began = Math.floor(next() * 300);
  const [yearly, product] = [Math.round(12_000 * 1.5 ** Math.floor(next() * 10)) * 100, pick(['Managed Workplace', 'Network', 'Print'])];
  tell(began, 'customer.registered', { name: `Customer ${customer}`, segment: pick(['enterprise', 'mid-market', 'small']), industry: pick(['logistics', 'health', 'retail']), region: pick(['North', 'South']), size: 50 + Math.floor(next() * 900), owner: pick(['mara', 'petra', 'jonas']) });
  tell(began, 'contact.added', { contact: `p-${customer}-1`, role: 'payer', sponsor: next() < 0.7 });
  tell(began, 'contact.added', { contact: `p-${customer}-2`, role: 'user' });
  tell(began + 1, 'sale.won', { opportunity: `O-${customer}`, amount: EUR(yearly), product, seller: 'petra', channel: 'partner' });
  tell(began + 1, 'cost.acquisition-cost-recorded', { amount: EUR(Math.round(yearly * (0.3 + next()))) });
  tell(began + 2, 'subscription.started', { subscription: 'S', product, recurring: EUR(Math.round(yearly / 12)), interval: 'month', seats: 50, termMonths: 12, noticeDays: 60, renewsOn: dateOf(began + 367), autoRenew: true });
  tell(began + 2, 'deployment.started', { deployment: 'D', product, plannedGoLive: dateOf(began + 40) });
  tell(began + 30 + Math.floor(next() * 30), 'deployment.went-live', { deployment: 'D' });
  tell(began + 340, 'renewal.opened', { renewal: 'R-1', subscription: 'S', dueOn: dateOf(began + 367) });
  tell(began + 360, 'renewal.renewed', { renewal: 'R-1', subscription: 'S', renewsOn: dateOf(began + 732), recurring: EUR(Math.round((yearly * (0.9 + next() * 0.3)) / 12)), interval: 'month' });
  if (next() < 0.125) tell(began + 400 + Math.floor(next() * 300), 'subscription.cancellation-requested', { subscription: 'S', effectiveOn: dateOf(began + 732), reason: 'price' });
  for (let quarter = 0; quarter < 6; quarter++) {
    const day = began + 20 + quarter * 91;
    tell(day, 'invoice.issued', { invoice: `I-${quarter}`, amount: EUR(Math.round(yearly * 0.2975)), net: EUR(Math.round(yearly / 4)), dueOn: dateOf(day + 30), product });
    if (next() < 0.95) tell(day + 10 + Math.floor(next() * 40), 'invoice.paid', { invoice: `I-${quarter}` });
    tell(day + 5, 'cost.service-cost-recorded', { amount: EUR(Math.round(yearly * (0.05 + next() * 0.12))), product, driver: 'labour' });
  }
  for (let ticket = 0; ticket < 7; ticket++) {
    const [day, id] = [began + 40 + Math.floor(next() * (690 - began)), `T-${ticket}`];
    tell(day, 'ticket.opened', { ticket: id, queue: pick(['Workplace', 'Network']), category: pick(['printing', 'vpn', 'accounts']), priority: pick(['normal', 'high']), contact: `p-${customer}-2` });
    tell(day, 'ticket.replied', { ticket: id, by: 'agent' });
    tell(day + Math.floor(next() * 4), 'ticket.resolved', { ticket: id });
    tell(day + 5, 'survey.responded', { survey: `V-${ticket}`, instrument: { kind: 'csat', min: 1, max: 5, name: 'after-ticket' }, score: 1 + Math.floor(next() ** 0.5 * 5), subject: 'support', ticket: id, contact: `p-${customer}-2`, role: 'user' }, 2);
  }
  for (let asked = 0; asked < 3; asked++) tell(began + 90 + asked * 200, 'survey.responded', { survey: `N-${asked}`, instrument: { kind: 'nps', min: 0, max: 10 }, score: Math.floor(next() ** 0.4 * 11), contact: `p-${customer}-1`, role: 'payer' }, 2);
  for (let call = 0; call < 4; call++) tell(began + 60 + call * 140, 'engagement.call-held', { with: [`p-${customer}-1`], twoWay: true, by: 'mara' });
  tell(began + 200, 'feedback.request-raised', { feedback: 'F-1', contact: `p-${customer}-2` });
  tell(began + 203, 'feedback.themed', { feedback: 'F-1', themes: [pick(['printing', 'mobile', 'speed', 'price'])] });
  tell(began + 300, 'promise.made', { promise: 'K-1', dueOn: dateOf(began + 330), by: 'mara' });
  tell(began + 325, next() < 0.8 ? 'promise.kept' : 'promise.broken', { promise: 'K-1' });
  tell(began + 350, 'goal.outcome-claimed', { outcome: 'W-1', goal: 'G-1', what: 'Starters wait two days less', value: EUR(Math.round(yearly / 10)) });
  if (next() < 0.6) tell(began + 370, 'goal.outcome-confirmed', { outcome: 'W-1', contact: `p-${customer}-1` });
  if (next() < 0.2) tell(began + 380, 'competitor.mentioned', { competitor: pick(['Brightfold', 'Nordwerk']) });
  for (let week = 0; told.length < facts; week++) tell(began + 50 + 7 * week, 'usage.reported', { from: dateOf(began + 43 + 7 * week), to: dateOf(began + 49 + 7 * week), product, licensed: 50, active: 15 + Math.floor(next() * 33), features: ['self-service', 'remote-help'] });
  const stream = { tenant, category: 'customer', id: `c-${customer}` };
  return told.slice(0, facts).sort((a, b) => a.day - b.day).map(({ day, type, data, version = 1 }, n): Append => {
    const at = new Date(START + day * DAY + (customer % 600) * 60_000 + n * 1_000).toISOString();
    const event: NewEvent = { source: 'bench', id: `${customer}-${n}`, type, version, occurredAt: at, observedAt: at, actor: { kind: 'system', id: 'bench' }, data, bodyHash: `hash-of-${customer}-${n}` };
    return { stream, expected: 'any', events: [event] };
  });
}
