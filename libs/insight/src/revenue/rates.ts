import { type JourneyEvent, minorDigits } from '#journey';
import { groupsOf } from '../experience/figure.js';
import { money, type Money } from '../sheet/fact.js';

/** Rates that hold for a whole period: whole units of `currency` for one whole unit of each other. */
export interface ExchangeRates {
  readonly currency: string;
  readonly rates: Readonly<Record<string, number>>;
  /** The fact that declared them; null where nothing has to be converted. */
  readonly event: { readonly source: string; readonly id: string; readonly on: string } | null;
}

/** Minor units of the reporting currency; null: no rate is known. */
export type Convert = (money: Money) => number | null;

/** Rounded here, amount by amount, to whole minor units: so that whatever is summed of them closes to the last one. */
export function converterOf({ currency, rates }: Pick<ExchangeRates, 'currency' | 'rates'>): Convert {
  return (money) => {
    if (money.currency === currency) return money.amount;
    const rate = Object.hasOwn(rates, money.currency) ? rates[money.currency] : undefined;
    return rate === undefined ? null : Math.round(money.amount * rate * 10 ** (minorDigits(currency) - minorDigits(money.currency)));
  };
}

/** The currencies that subscriptions were ever told in, the most often told first. */
export function revenueCurrencies(facts: readonly JourneyEvent[]): string[] {
  const told = facts.flatMap(({ type, data }) => (type.startsWith('subscription.') || type === 'renewal.renewed' ? money(data['recurring'])?.currency ?? [] : []));
  return [...groupsOf(told, (currency) => currency)].sort(([a, own], [b, others]) => others.length - own.length || (a < b ? -1 : 1)).map(([currency]) => currency);
}
