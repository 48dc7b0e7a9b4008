import { percentWords } from '#insight';
import type { CustomerEconomicsAnswer, EconomicsAnswer, EconomicsLine, EconomicsList, EconomicsSettings, FitAnswer } from '#read-model';
import { counted, moneyText } from '../text/figures.js';

const line = (label: string, words: string) => `  ${label.padEnd(26)}${words}`;
const lacks = (missing: readonly string[]) => `not measured${missing.length > 0 ? `; needs ${missing.join(', ')}` : ''}`;
const tenths = (value: number) => String(Math.round(value * 10) / 10);

/** Figures per currency, with what is missing. */
export function economicsLines({ from, to, knownAt, currencies, coverage, changes, spend, alternatives, by, groups, policy }: EconomicsAnswer): string[] {
  return [
    `What customers earn us and cost us, ${from} to ${to}${knownAt === null ? '' : `, as it was known ${knownAt}`}, by the policy "${policy.name}" (${policy.income}). In brackets: 95 % intervals.`,
    ...(changes.length === 0 ? [] : [`Worked out otherwise than decided: ${changes.map(({ say }) => say).join('; ')}.`]),
    ...(coverage.missing === null ? [] : [currencies.length === 0 ? `  Not measured: ${coverage.missing}.` : `Not converted: ${coverage.unconverted.map(({ currency, customers }) => `${counted(customers, 'customer')} in ${currency}`).join(', ')}; ${coverage.missing}.`]),
    ...currencies.flatMap((each) => ['', ...figureLines(each)]),
    '', ...(spend === null ? [] : spend.length === 0 ? [line('winning and keeping', lacks(['company.period-spend-recorded']))] : spend.map(({ currency, acquire, retain, ratio, nrr }) => (
      line('winning and keeping', `${moneyText({ amount: acquire, currency })} and ${moneyText({ amount: retain, currency })}${ratio === null ? '' : `, ${tenths(ratio)} to 1`}; NRR ${nrr.value === null ? 'not measured' : percentWords(nrr.value)}`)))),
    ...(alternatives.length === 0 ? [line('what others would take', lacks(['company.alternative-priced']))] : alternatives.map(alternativeLine)),
    ...(by === null ? [] : ['', `By ${by}: contribution`, ...groups.map(({ key, customers, currencies: own }) => (
      line(key ?? '(not known)', `${counted(customers, 'customer')}; ${own.map(({ currency, margin }) => (margin.contribution === null ? lacks(margin.missing) : `${moneyText({ amount: margin.contribution, currency })}${margin.share === null ? '' : ` (${percentWords(margin.share)})`}`)).join(', ')}`)))]),
  ];
}

/** A price beside what the same cost us. */
function alternativeLine({ alternative, per, price, currency, ours, difference: { value, low, high }, missing, source }: EconomicsAnswer['alternatives'][number]): string {
  const money = (amount: number) => moneyText({ amount: Math.round(amount), currency });
  const beside = ours.value === null || value === null ? lacks(missing) : `ours ${money(ours.value)} of ${counted(ours.n, per === 'ticket' ? 'ticket' : 'customer')}, ours less theirs ${money(value)}${low === null || high === null ? '' : `  (${money(low)} to ${money(high)})`}`;
  return line(alternative, `${moneyText(price)} a ${per === 'ticket' ? 'ticket' : 'year of a customer'} (${source}); ${beside}`);
}

function figureLines({ currency, margin, aggregate, cac, cacAtRisk, drivers, lifetime, negative, payback, perTicket }: EconomicsAnswer['currencies'][number]): string[] {
  const money = (amount: number | null, missing: readonly string[] = []) => (amount === null ? lacks(missing) : moneyText({ amount, currency }));
  const between = (low: number | null, high: number | null) => (low === null || high === null ? '' : `  (${money(low)} to ${money(high)})`);
  return [
    `${currency}: ${counted(margin.n, 'customer')}, ${margin.withIncome} with income, ${margin.withCosts} with costs of service`,
    line('income', money(margin.income, margin.missing)), line('cost to serve', money(margin.costToServe, margin.missing)),
    line('contribution', `${money(margin.contribution, margin.missing)}${margin.share === null ? '' : `, ${percentWords(margin.share)} of income`}`),
    ...drivers.map(({ key, costToServe }) => line(`  ${key ?? '(no driver)'}`, money(costToServe))),
    line('cost of a ticket', perTicket.value === null ? lacks(['cost.service-cost-recorded']) : `${money(Math.round(perTicket.value))}  of ${perTicket.n}`),
    line('cost more than they bring', `${counted(negative.customers, 'customer')}, ${money(negative.contribution)}`),
    line('mean CAC', cac.value === null ? lacks(['cost.acquisition-cost-recorded']) : `${money(Math.round(cac.value))}  of ${cac.n} of ${cac.sold} sold to`),
    line('paid back', payback.n === 0 ? lacks(['cost.acquisition-cost-recorded']) : `${payback.paidBack} of ${payback.n}, ${payback.waiting} not yet, ${payback.lost} left before; median ${payback.medianMonths === null ? 'not reached' : counted(payback.medianMonths, 'month')}`),
    line('CAC payback, aggregate', aggregate.months === null ? lacks(aggregate.missing) : `${tenths(aggregate.months)} months`),
    line('LTV', lifetime.value === null && lifetime.capped === null ? lacks(lifetime.missing) : lifetime.value === null ? `undefined, nobody left; ${money(lifetime.capped)} over ${lifetime.horizonMonths} months` : `${money(lifetime.value)}${between(lifetime.low, lifetime.high)}; ${money(lifetime.capped)} over ${lifetime.horizonMonths} months`),
    line('CAC at risk', cacAtRisk.amount === null ? lacks(cacAtRisk.missing) : `${money(cacAtRisk.amount)} of ${money(cacAtRisk.unrecovered)} not paid back; ${money(cacAtRisk.lost)} lost with who left`),
  ];
}

export function economicsListLines({ customers, total, sort, next }: EconomicsList): string[] {
  return [`${counted(total, 'line')}, by ${sort}: contribution; cost to serve; CAC`, ...customers.map(customerLine), ...(next === null ? [] : [`  More: --cursor ${next}`])];
}

const customerLine = (each: EconomicsLine): string => {
  const { currency, margin, recovery, atRisk } = each;
  const money = (amount: number) => moneyText({ amount, currency });
  return line(each.name ?? each.customer, `${money(margin.contribution)}; ${money(margin.costToServe)}; ${recovery === null ? 'CAC not measured' : `CAC ${money(recovery.cac)}, ${recovery.paybackMonths !== null ? `paid back in ${counted(recovery.paybackMonths, 'month')}` : `${money(recovery.unrecovered)} open after ${counted(recovery.watched, 'month')}`}`}${atRisk === null ? '' : `, ${money(atRisk)} at risk`}`);
};

export function customerEconomicsLines({ name, customer, currencies, ledger, fit, missing }: CustomerEconomicsAnswer): string[] {
  return [
    `${name ?? customer}: what it earned us and cost us`, ...currencies.map(customerLine), ...(fit ? [line('fit at the sale', `${fit.score} of 100, ${fit.band}${fit.seller ? `, sold by ${fit.seller}` : ''}`)] : []),
    ...(missing.length > 0 ? [`  Not measured: needs ${missing.join(', ')}`] : []), '',
    ...ledger.map(({ on, kind, amount, currency, driver, of, events }) => `  ${on}  ${kind.padEnd(12)}${moneyText({ amount, currency }).padStart(18)}  ${[of, driver].filter((word) => word !== null).join(', ')}  [${events.map(({ source, id }) => `${source}/${id}`).join(' ')}]`),
  ];
}

export function fitLines({ bands, sellers, coverage, currency, policy, missing }: FitAnswer): string[] {
  const told = ({ key, customers, churn, margin, contribution }: FitAnswer['bands'][number]) => line(key ?? '(not known)', `${churn.value === null ? 'nobody sold to long enough ago' : `${percentWords(churn.value)} left${churn.low === null || churn.high === null ? '' : `  (${percentWords(churn.low)} to ${percentWords(churn.high)})`}  of ${churn.n}`}${churn.tooFew ? ', too few' : ''}; margin ${margin === null || currency === null ? 'not measured' : `${percentWords(margin)}, ${moneyText({ amount: contribution, currency })}`}; ${counted(customers, 'customer')}`);
  return [`Left within ${counted(policy.fitMonths, 'month')} of the sale, by fit as it was judged then: ${coverage.judged} of ${coverage.sold} customers judged.`, ...(missing.length > 0 ? [`  ${lacks(missing)}`] : []), ...bands.map(told), ...(sellers.length > 0 ? ['', 'By seller'] : []), ...sellers.map(told)];
}

export const policyLines = ({ policy, decided }: EconomicsSettings): string[] => [
  decided ? `The policy "${policy.name}", decided ${decided.at}${decided.reason ? `: ${decided.reason}` : ''}` : 'The usual policy counts: nobody has decided otherwise.',
  ...Object.entries(policy).filter(([setting]) => setting !== 'name').map(([setting, value]) => line(setting, Array.isArray(value) ? value.join(', ') : String(value ?? 'all'))),
];
