import type { Account } from '../economics/account.js';
import type { Convert } from '../revenue/rates.js';
import type { Money } from '../sheet/fact.js';

/**
 * What a customer earned and cost, in the reporting currency: every line is converted for itself to whole minor units, so that what is summed of them closes.
 * Lines without a rate stay as they are, in a currency of their own: they are in no sum of the report, and `leftOut` counts them.
 */
export function inOneCurrency(account: Account, currency: string | null, convert: Convert): Account {
  const turned = (money: Money): Money | null => {
    const amount = money.currency === currency ? null : convert(money);
    return amount === null || currency === null ? null : { amount, currency };
  };
  const lines = account.ledger.lines.map((line) => ({ ...line, ...turned(line) }));
  return { ...account, ledger: { ...account.ledger, lines }, stretches: account.stretches.map((stretch) => ({ ...stretch, yearly: turned(stretch.yearly) ?? stretch.yearly })) };
}
