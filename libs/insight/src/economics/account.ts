import type { Ledger } from './ledger.js';
import type { Stretch } from './accrued.js';
import { type Margin, marginOf } from './margin.js';
import { type CacRecovery, cacRecoveryOf } from './recovery.js';

/** A customer as figures over many read it. */
export interface Account {
  readonly id: string;
  readonly ledger: Ledger;
  readonly stretches: readonly Stretch[];
  readonly soldOn: number | null;
  readonly leftOn: number | null;
  /** The chance that it leaves within the horizon; null where it is not known. */
  readonly risk: number | null;
}

/** Days that are looked at, both included, and the day that is looked from. */
export interface Days {
  readonly from: number;
  readonly to: number;
  readonly day: number;
}

/** What one customer comes to in one currency. */
export interface AccountEconomics {
  readonly customer: string;
  readonly currency: string;
  /** Of the days looked at. */
  readonly margin: Margin;
  /** Of its whole life. */
  readonly recovery: CacRecovery | null;
  /** Unrecovered CAC times the chance that it leaves, rounded; null where one of them is not known, or it has left. */
  readonly atRisk: number | null;
}

export function accountEconomics({ id, ledger, risk, leftOn }: Account, currency: string, days: Days): AccountEconomics {
  const lines = ledger.lines.filter((line) => line.currency === currency);
  const recovery = cacRecoveryOf(lines, days.day);
  return {
    customer: id, currency, margin: marginOf(lines.filter(({ day }) => day >= days.from && day <= days.to)), recovery,
    atRisk: recovery === null || risk === null || leftOn !== null ? null : Math.round(recovery.unrecovered * risk),
  };
}

/** The currencies in which it earned or cost anything, or pays by subscription. */
export const currenciesOf = ({ ledger, stretches }: Pick<Account, 'ledger' | 'stretches'>): string[] => [...new Set([...ledger.lines.map(({ currency }) => currency), ...stretches.map(({ yearly }) => yearly.currency)])];
