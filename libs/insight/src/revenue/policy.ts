/** What has to be decided before recurring revenue can be counted. Every result names the policy by which it was made, with all its values. */
export interface RevenuePolicy {
  readonly name: string;
  /** Who comes back: a movement of its own, told as expansion, or taken off churn. */
  readonly reactivation: 'separate' | 'expansion' | 'net';
  /** Who comes back after more days than these is new; null: nobody who has paid before ever is. */
  readonly reactivationDays: number | null;
  /** ISO 4217: what all amounts are converted to, at the rates in force when the period begins; null: that of the declared rates, or else what most is paid in. */
  readonly currency: string | null;
  /** When a subscription that was cancelled stops counting: as it ends, or as notice is given. */
  readonly churnAt: 'end' | 'notice';
  /** A subscription that rests counts nothing, or as before. */
  readonly pause: 'stops' | 'keeps';
  /** When a new amount counts: as it is told, or at the end of the term that runs then. */
  readonly midTerm: 'when-told' | 'at-renewal';
  /** Contracts of several years count with what they pay in a year, never with their whole worth; one that rises by steps, with the step that has been told of by then. */
  readonly multiYear: 'annualised';
  /** Rises that were agreed in advance (`because: escalator`): expansion, or apart from it and from NRR. */
  readonly escalators: 'expansion' | 'apart';
  /** What is paid by use (`usageBased`): left out, counted, or counted alone. */
  readonly usage: 'excluded' | 'included' | 'only';
  /** Merged customers are one at both ends of a period, or each is counted by itself. */
  readonly merge: 'together' | 'apart';
  /** Which renewals belong to a period: those due in it, or those decided in it. */
  readonly renewalsBy: 'due' | 'decided';
  /** A renewal may come so many days late. */
  readonly graceDays: number;
  /** Changes of a customer within so many minutes are one movement: a product exchanged for another is no churn. */
  readonly groupMinutes: number;
  /** Channels of `sale.won` by which a customer came through others: these are earned, all others bought. */
  readonly earnedChannels: readonly string[];
}

export const usualRevenuePolicy: RevenuePolicy = {
  name: 'usual', reactivation: 'separate', reactivationDays: null, currency: null, churnAt: 'end', pause: 'stops', midTerm: 'when-told', multiYear: 'annualised',
  escalators: 'expansion', usage: 'excluded', merge: 'together', renewalsBy: 'due', graceDays: 30, groupMinutes: 60, earnedChannels: ['referral', 'word-of-mouth', 'recommendation'],
};

export interface PolicyChange {
  readonly setting: string;
  readonly was: unknown;
  readonly is: unknown;
  readonly say: string;
}

/** What sets two policies apart, setting by setting; their names aside. */
export function policyChanges<Policy extends { readonly name: string }>(one: Policy, other: Policy): PolicyChange[] {
  return (Object.keys(one) as (keyof Policy & string)[])
    .filter((setting) => setting !== 'name' && JSON.stringify(one[setting]) !== JSON.stringify(other[setting]))
    .map((setting) => ({ setting, was: one[setting], is: other[setting], say: `${setting}: ${spoken(one[setting])} → ${spoken(other[setting])}` }));
}

const spoken = (value: unknown): string => (value === null ? 'none' : Array.isArray(value) ? value.join(', ') || 'none' : String(value));
