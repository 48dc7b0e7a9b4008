import { type ChurnRisk, dateWords, figure, type Horizon, type Payback, percentWords, sentence } from '#insight';
import { majorUnits } from '#journey';

const within = (horizon: Horizon): string => (horizon === 'renewal' ? 'by the next renewal' : `within ${horizon} days`);

/** The risk in a sentence: "Risk 31 % within 90 days; 14 % had usage stayed at its usual level." */
export function sayRisk({ standing, spell, chances, explained }: ChurnRisk, horizon: Horizon, day: number): string {
  const found = chances.find((one) => one.horizon === horizon);
  const on = (said: { readonly day: number } | null | undefined) => (said ? ` on ${dateWords(said.day, day)}` : '');
  if (standing === 'prospect') return 'No subscription is known yet, so there is nothing to leave.';
  if (standing === 'left') return sentence(`left${on(spell?.effect)}`);
  const effect = standing === 'notice' ? `notice was given${on(spell?.notice)}${spell?.effect ? ` and takes effect${on(spell.effect)}` : ''}: ` : '';
  if (!found) return sentence(horizon === 'renewal' ? `${effect}no renewal date is known` : `${effect}the model says nothing about ${horizon} days`);
  if (standing === 'notice') return sentence(`${effect}${percentWords(found.probability)} that it stands`);
  const better = betterIn(explained);
  const between = found.low < found.high ? ` (${percentWords(found.low)} to ${percentWords(found.high)})` : '';
  return sentence(`${effect}risk ${percentWords(found.probability)} ${within(horizon)}${between}${better ? `; ${percentWords(better.otherwise)} ${better.had}` : ''}`);
}

/** What is not to be done to who is held out, where somebody is. */
export const sayHeldOut = (experiment: string | null): string[] => (
  experiment === null ? [] : [`Do nothing to keep them: they are held out of the experiment ${experiment}, so that one sees what would happen without. What they ask for themselves is answered as ever.`]);

/** What would have lowered the risk most, had it been well. */
export function betterIn(explained: ChurnRisk['explained']): { readonly otherwise: number; readonly had: string } | null {
  const known = (explained?.drivers ?? []).flatMap(({ otherwise, had }) => (otherwise === null || had === null ? [] : [{ otherwise, had }]));
  return known.sort((a, b) => a.otherwise - b.otherwise)[0] ?? null;
}

/** "EUR 12,000" */
const moneyWords = (money: { readonly amount: number; readonly currency: string }): string => `${money.currency} ${figure(Math.round(majorUnits(money)))}`;

export function sayAcquisition({ currency, spent, unrecovered, basis }: Payback, atRisk: number): string {
  const money = (amount: number) => moneyWords({ amount, currency });
  if (unrecovered === 0) return `Winning them cost ${money(spent)}, all of which has come back.`;
  return `Winning them cost ${money(spent)}; ${money(unrecovered)} of it has not come back yet${basis === 'subscription' ? ' (no payment is known, so the subscription counts as paid)' : ''}, ${money(atRisk)} of that is at risk.`;
}
