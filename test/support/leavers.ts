/** A fact as a door takes it, with the moment when it was known. */
export interface ToldFact {
  readonly id: string;
  readonly source: 'leavers';
  readonly type: string;
  readonly time: string;
  readonly observedAt: string;
  readonly customer: string;
  readonly data: Record<string, unknown>;
}

const DAY = 86_400_000;
const FIRST = Date.parse('2023-01-10T09:00:00Z');

export interface LeaversOptions {
  readonly customers?: number;
  /** Nothing that comes later is told. */
  readonly until?: string;
  /** Whoever's use falls leaves, and nobody else: too good to be true. */
  readonly certain?: boolean;
}

/**
 * Three years of customers of whom every third leaves. The use of most of them falls before that, and that of some who stay falls for a while too.
 * There is something to learn, and nothing of chance in it. Each month's use is known when the month is over.
 */
export function leavers({ customers = 90, until = '2026-01-31', certain = false }: LeaversOptions = {}): ToldFact[] {
  const stories = Array.from({ length: customers }, (_, place) => storyOf(place, Date.parse(`${until}T23:00:00Z`), certain));
  return stories.flat().sort((a, b) => (a.observedAt < b.observedAt ? -1 : 1));
}

function storyOf(place: number, until: number, certain: boolean): ToldFact[] {
  const customer = `l-${String(place).padStart(3, '0')}`;
  const start = FIRST + (place % 12) * 30 * DAY;
  const leaves = place % 3 === 0 ? start + (200 + (place * 53) % 700) * DAY : Infinity;
  const facts: ToldFact[] = [];
  const tell = (at: number, type: string, data: Record<string, unknown>) => {
    if (at > until) return;
    const time = new Date(at).toISOString();
    facts.push({ id: `${customer}/${facts.length}`, source: 'leavers', type, time, observedAt: time, customer, data });
  };
  tell(start, 'customer.registered', { name: `Customer ${place}`, segment: place % 4 < 2 ? 'small' : 'large' });
  tell(start, 'subscription.started', { subscription: `S-${place}`, product: 'Desk', recurring: { amount: 10_000 + 100 * place, currency: 'EUR' }, interval: 'month', termMonths: 12, noticeDays: 30, autoRenew: true });
  for (let month = 1; start + month * 30 * DAY < Math.min(until, leaves); month++) {
    const at = start + month * 30 * DAY;
    const says = certain || place % 4 !== 0;
    const falling = leaves === Infinity ? !certain && (month + place * 7) % 29 < 3 : says && leaves - at < 110 * DAY;
    tell(at, 'usage.reported', { from: dateOf(at - 29 * DAY), to: dateOf(at - DAY), licensed: 100, active: (falling ? 20 : 70) + (place * 5 + month * 3) % 29 });
  }
  tell(leaves, 'subscription.cancellation-requested', { subscription: `S-${place}` });
  tell(leaves + 30 * DAY, 'subscription.ended', { subscription: `S-${place}`, reason: 'voluntary' });
  return facts;
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
