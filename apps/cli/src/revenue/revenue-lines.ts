import type { Movement, RevenueRatio } from '#insight';
import type { CustomerRevenueAnswer, RevenueAnswer, RevenueCustomersPage, RevenueSettings } from '#read-model';
import { counted, moneyText } from '../text/figures.js';

const line = (label: string, words: string) => `  ${label.padEnd(24)}${words}`;
const money = (amount: number | null, currency: string | null): string => (amount === null || currency === null ? 'not known' : moneyText({ amount, currency }));
const ratio = ({ value, n, missing }: RevenueRatio, of = 'customer') => (value === null ? `not measured: ${missing}` : `${(value * 100).toFixed(1).padStart(7)} %  of ${counted(n, of)}`);
const events = (all: Movement['events']) => all.map(({ type, source, id }) => `${type} ${source}/${id}`).join(', ');

/** The waterfall and every ratio of a period. */
export function revenueLines({ from, to, asOf, currency, policy, changes, byOwnPolicy, figures, by, groups, exposure, coverage }: RevenueAnswer): string[] {
  const { waterfall, nrr, grr, grossRenewalRate, netRenewalRate, renewals, grossMrrChurn, netMrrChurn, logoChurn, logos, earnedGrowth, missing } = figures;
  const bars = [['start', ''], ['new', '+'], ['expansion', '+'], ['escalator', '+'], ['contraction', '-'], ['churn', '-'], ['reactivation', '+'], ['end', '']] as const;
  return [
    `Annual recurring revenue, ${from} to ${to}${asOf.slice(0, 10) < to ? `, so far (as of ${asOf.slice(0, 10)})` : ''}, by the policy "${policy.name}".`,
    ...(changes.length === 0 ? [] : [`Counted otherwise than decided: ${changes.map(({ say }) => say).join('; ')}. By your own policy: NRR ${ratio(byOwnPolicy!.nrr).trim()}, GRR ${ratio(byOwnPolicy!.grr).trim()}.`]),
    ...(waterfall === null ? [line('ARR', `not measured: ${missing.arr}`)] : bars.filter(([name]) => name !== 'escalator' || waterfall.escalator !== 0).map(([name, sign]) => line(name, `${sign.padStart(2)} ${money(waterfall[name], currency)}`))), '',
    line('NRR', ratio(nrr)), line('GRR', ratio(grr)), line('gross renewal rate', ratio(grossRenewalRate, 'term')), line('net renewal rate', ratio(netRenewalRate, 'term')), line('gross MRR churn', ratio(grossMrrChurn)), line('net MRR churn', ratio(netMrrChurn)),
    line('logo churn', ratio(logoChurn)), line('earned growth', ratio(earnedGrowth)),
    line('customers', logos === null ? `not measured: ${missing.arr}` : `${logos.start} at first, ${logos.won} won, ${logos.back} back, ${logos.lost} lost, ${logos.end} at last; ${logos.wonAndLost} won and lost within`),
    line('renewals', renewals === null ? `not measured: ${missing.renewals}` : `${renewals.renewed} renewed, ${renewals.lost} lost, ${renewals.late} not in time, ${renewals.open} open`),
    line(`ends within ${exposure.within} days`, exposure.missing !== null ? `not measured: ${exposure.missing}` : `${money(exposure.terminable, currency)} of ${money(exposure.arr, currency)} could, by ${counted(exposure.customers ?? 0, 'customer')}; of ${money(exposure.unknown, currency)} the terms are not known`),
    line('budget cuts', exposure.budgetCuts.missing !== null ? `not measured: ${exposure.budgetCuts.missing}` : `${counted(exposure.budgetCuts.customers ?? 0, 'customer')}, about ${money(exposure.budgetCuts.arr, currency)}, of which ${money(exposure.budgetCuts.terminable, currency)} can end within ${exposure.within} days`),
    ...(coverage.missing === null ? [] : [`Not counted: ${coverage.missing}.`]),
    ...(by === null ? [] : ['', `By ${by}: ARR at the end; NRR; GRR`, ...groups.map(({ key, figures: own }) => line(key ?? '(not known)', `${money(own.waterfall?.end ?? null, currency)}; ${ratio(own.nrr).trim()}; ${ratio(own.grr).trim()}`))]),
  ];
}

/** Who makes a figure. */
export function revenueCustomersLines({ figure, from, to, currency, customers, amount, missing, lines, next }: RevenueCustomersPage): string[] {
  return [
    `${figure}, ${from} to ${to}: ${missing === null ? `${counted(customers, 'customer')}, together ${money(amount, currency)}` : `not measured: ${missing}`}.`,
    ...lines.flatMap((each) => [line(each.customer.name ?? each.customer.id, `${money(each.amount, currency)}  (${money(each.start, currency)} to ${money(each.end, currency)})${each.reason === null ? '' : `  reason ${each.reason}`}`), ...each.movements.map(movementLine(currency)), ...each.cuts.map(({ product, share, effectiveOn, event }) => `    ${event.at.slice(0, 10)}  budget cut${product === null ? '' : ` for ${product}`}${share === null ? '' : ` by ${(share * 100).toFixed(1)} %`}${effectiveOn === null ? '' : ` from ${effectiveOn} on`}  ${events([event])}`)]),
    ...(next === null ? [] : [`More: --cursor ${next}`]),
  ];
}

/** All that one customer ever brought. */
export function customerRevenueLines({ customer, name, asOf, currency, arr, missing, parts, movements, terminable }: CustomerRevenueAnswer): string[] {
  if (arr === null) return [`${name ?? customer}: not measured: ${missing}.`];
  return [
    `${name ?? customer} brings ${money(arr, currency)} a year, as of ${asOf}.`,
    ...parts.map(({ subscription, product, native, events: of }) => line(subscription, `${moneyText(native)}${product ? `  ${product}` : ''}  ${events(of)}`)),
    ...movements.map(movementLine(currency)),
    ...terminable.map(({ subscription, endsOn, because }) => line(subscription, endsOn === null ? 'its terms are not known' : `can end on ${endsOn} (${because})`)),
  ];
}

const movementLine = (currency: string | null) => ({ at, kind, amount, events: of }: Movement) => `    ${at.slice(0, 10)}  ${kind.padEnd(13)}${money(amount, currency)}  ${events(of)}`;

export const policyLines = ({ policy, decided }: RevenueSettings): string[] => [
  decided ? `The policy "${policy.name}", decided ${decided.at}${decided.reason ? `: ${decided.reason}` : ''}` : 'The usual policy counts: nobody has decided otherwise.',
  ...Object.entries(policy).filter(([setting]) => setting !== 'name').map(([setting, value]) => line(setting, Array.isArray(value) ? value.join(', ') : String(value ?? 'none'))),
];

export const rateLines = ({ rates }: RevenueSettings): string[] => [
  rates.length === 0 ? 'No exchange rates were declared.' : 'Exchange rates:', ...rates.map(({ on, currency, rates: each }) => line(`from ${on}`, Object.entries(each).map(([from, rate]) => `1 ${from} = ${rate} ${currency}`).join(', '))),
];

export const settingsLines = (settings: RevenueSettings): string[] => [...policyLines(settings), ...rateLines(settings)];
