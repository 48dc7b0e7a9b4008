import { wilson } from '../churn/proof/wilson.js';

/** Customer lifetime value in minor units of one currency. */
export interface LifetimeValue {
  /** ARPA x contribution margin / churn of a month; null where nobody left, or nothing is known. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The same over at most `horizonMonths` months, by those who stay: also where nobody left. */
  readonly capped: number | null;
  readonly cappedLow: number | null;
  readonly cappedHigh: number | null;
  readonly horizonMonths: number;
  /** Customers whose leaving was watched, and of these, who left. */
  readonly n: number;
  readonly left: number;
  readonly months: number;
  /** Share that leaves in a month. */
  readonly monthlyChurn: number | null;
}

export interface LifetimeOptions {
  /** Average revenue per account in a month, minor units; null where it is not known. */
  readonly arpa: number | null;
  /** Contribution margin, as a share. */
  readonly margin: number | null;
  readonly n: number;
  readonly left: number;
  /** Length of the time in which they were watched. */
  readonly months: number;
  readonly horizonMonths: number;
}

/**
 * LTV = ARPA x margin / churn, as is usual for subscriptions. Churn of a month is the constant share that makes the churn of the whole time: 1 - (1 - left / n)^(1 / months).
 * The interval is that of churn (Wilson, 95 %); ARPA and margin are taken as they are. It is undefined at no churn; the capped value, ARPA x margin x sum over k < H of (1 - churn)^k, is not.
 */
export function lifetimeValueOf({ arpa, margin, n, left, months, horizonMonths }: LifetimeOptions): LifetimeValue {
  const monthly = (share: number) => 1 - (1 - share) ** (1 / months);
  const told = { horizonMonths, n, left, months };
  if (arpa === null || margin === null || n === 0 || months <= 0) return { value: null, low: null, high: null, capped: null, cappedLow: null, cappedHigh: null, ...told, monthlyChurn: n === 0 || months <= 0 ? null : monthly(left / n) };
  const earned = arpa * margin;
  const [least, most] = wilson(left, n).map(monthly) as [number, number];
  const churn = monthly(left / n);
  const whole = (share: number) => (share > 0 ? Math.round(earned / share) : null);
  const capped = (share: number) => Math.round(earned * (share > 0 ? (1 - (1 - share) ** horizonMonths) / share : horizonMonths));
  // Where serving costs more than comes in, whoever stays longer costs more.
  const [short, long] = earned < 0 ? [least, most] : [most, least];
  return { value: whole(churn), low: left === 0 ? null : whole(short), high: left === 0 ? null : whole(long), capped: capped(churn), cappedLow: capped(short), cappedHigh: capped(long), ...told, monthlyChurn: churn };
}
