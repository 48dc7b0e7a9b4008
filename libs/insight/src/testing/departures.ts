import { formatPosition, type JourneyEvent } from '#journey';
import { dateOfDay } from '../day.js';
import { randomOf } from '../churn/proof/random.js';

const MONTH = 30;

/** How customers live and leave: the chance to give notice in a month is `calm`, and `slump` while usage is down to a fifth; a slump begins in one month of ten and lasts three. */
export interface Lives {
  readonly customers: number;
  /** Days: the first on which somebody comes, and the last that is told of. */
  readonly from: number;
  readonly to: number;
  readonly calm: number;
  readonly slump: number;
  readonly seed: number;
  /** A fact that is written in the month in which notice is given, before it: what no honest history has. */
  readonly tell?: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
}

/** Stories of customers, seeded, by their ids in order. */
export function departures(lives: Lives): [customer: string, story: JourneyEvent[]][] {
  return Array.from({ length: lives.customers }, (_, place) => [`c${String(place).padStart(5, '0')}`, lifeOf(lives, place)]);
}

function lifeOf({ from, to, calm, slump, seed, tell }: Lives, place: number): JourneyEvent[] {
  const random = randomOf(seed, place);
  const story: JourneyEvent[] = [];
  const say = (day: number, type: string, data: Record<string, unknown>) => story.push(factOn(day, type, data, { customer: `c${place}`, n: 1 + place * 1_000 + story.length }));
  const start = from + random.below(Math.ceil((to - from) / 2));
  say(start, 'subscription.started', { subscription: 'S', recurring: { amount: 10_000 + 1_000 * random.below(100), currency: 'EUR' }, interval: 'month', termMonths: 1, autoRenew: true });
  let left = 0;
  for (let month = start; month + MONTH <= to; month += MONTH) {
    left = left > 0 ? left - 1 : random.next() < 0.1 ? 3 : 0;
    const isDown = left > 0 && left < 3;
    for (let week = 0; week < 4; week++) say(month + 7 * week + 3, 'usage.reported', { from: dateOfDay(month + 7 * week + 3), to: dateOfDay(month + 7 * week + 3), licensed: 100, active: Math.round((isDown ? 14 : 70) + 8 * random.next()) });
    if (random.next() >= (isDown ? slump : calm)) continue;
    if (tell) say(month + 20, tell.type, { ...tell.data });
    say(month + MONTH - 1, 'subscription.cancellation-requested', { subscription: 'S', effectiveOn: dateOfDay(month + 2 * MONTH) });
    say(month + 2 * MONTH, 'subscription.ended', { subscription: 'S', reason: 'voluntary' });
    break;
  }
  return story.filter(({ occurredAt }) => Date.parse(occurredAt) < (to + 1) * 86_400_000);
}

function factOn(day: number, type: string, data: Record<string, unknown>, { customer, n }: { customer: string; n: number }): JourneyEvent {
  const instant = new Date(day * 86_400_000 + 9 * 3_600_000).toISOString();
  return {
    source: 'test', id: `e${n}`, position: formatPosition(1, n), stream: { tenant: 'acme', category: 'customer', id: customer }, revision: n, type, version: 1,
    occurredAt: instant, observedAt: instant, recordedAt: instant, witnessed: true, actor: { kind: 'system', id: 'test' }, data,
  };
}
