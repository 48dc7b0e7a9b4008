import type { IncidentsAnswer } from '#read-model';
import { percentWords } from '#insight';
import { counted, moneyText } from '../text/figures.js';

/** What the model says of a class of incidents. */
export function incidentLines({ incident, days, touched, withoutRisk, unconverted, currency, figures, missing, customers, more, model, says }: IncidentsAnswer): string[] {
  const title = `${incident}, within ${counted(days, 'day')}: ${counted(touched, 'customer')} touched, ${withoutRisk} of them without a chance to leave, ${unconverted} without ARR that can be converted.`;
  if (figures === null || currency === null) return [title, `  Not measured: ${missing}.`];
  const money = (amount: number) => moneyText({ amount, currency });
  const { n, tooFew, arr, atRisk, without, difference: { value, low, high } } = figures;
  return [
    title, `  ARR at risk     ${money(atRisk)} of ${money(arr)}, of ${counted(n, 'customer')}${tooFew ? ': too few to go by' : ''}`, `  without these   ${money(without)}`,
    `  what the model says of it: ${money(value ?? 0)}${low === null || high === null ? '' : `  (${money(low)} to ${money(high)})`}`,
    ...customers.map(({ customer, name, amount, probability, withoutProbability, events }) => `  ${(name ?? customer).padEnd(28)}${money(amount)}  ${percentWords(probability)}, else ${percentWords(withoutProbability)}  [${events.map(({ source, id }) => `${source}/${id}`).join(' ')}]`),
    ...(more > 0 ? [`  ${counted(more, 'customer')} more: --limit`] : []), says, model.say,
  ];
}
