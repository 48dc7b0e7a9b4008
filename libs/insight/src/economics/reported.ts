import type { Convert } from '../revenue/rates.js';
import type { Money } from '../sheet/fact.js';
import type { Stretch } from './accrued.js';
import type { Ledger } from './ledger.js';

/** An amount in the reporting currency where a rate is known, and as it is where none is: it then stands apart, and is added to nothing. */
export type InReporting = (money: Money) => Money;

export const inReporting = (convert: Convert, currency: string): InReporting => (money) => {
  const amount = convert(money);
  return amount === null ? money : { amount, currency };
};

/** A ledger in the reporting currency: rounded line by line, so that whatever is summed of lines closes to the last minor unit. What was converted keeps its amount as it was told. */
export function ledgerIn({ lines, basis, ...ledger }: Ledger, into: InReporting): Ledger {
  const bases = new Map<string, Ledger['basis'][string]>();
  for (const [currency, of] of Object.entries(basis)) {
    const { currency: told } = into({ amount: 0, currency });
    bases.set(told, (bases.get(told) ?? of) === of ? of : 'mixed');
  }
  return {
    ...ledger, basis: Object.fromEntries(bases),
    lines: lines.map((line) => {
      const { amount, currency } = into({ amount: line.amount, currency: line.currency });
      return currency === line.currency ? line : { ...line, amount, currency, native: { amount: line.amount, currency: line.currency } };
    }),
  };
}

export const stretchesIn = (stretches: readonly Stretch[], into: InReporting): Stretch[] => stretches.map((stretch) => ({ ...stretch, yearly: into(stretch.yearly) }));
