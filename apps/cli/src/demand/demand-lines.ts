import { percentWords } from '#insight';
import type { CompetitionAnswer, DemandAnswer, InitiativesAnswer, OutcomesAnswer, PresenceAnswer, PromisesAnswer, TraceabilityAnswer } from '#read-model';
import { counted, moneyText } from '../text/figures.js';

interface Told { readonly n: number; readonly value: number | null; readonly low: number | null; readonly high: number | null }
type Amounts = readonly { readonly amount: number; readonly currency: string }[];
type Who = { readonly id: string; readonly name: string | null };

const share = ({ n, value, low, high }: Told) => (value === null ? 'nothing to say' : `${percentWords(value)}${low === null || high === null ? '' : ` (${percentWords(low)} to ${percentWords(high)})`} of ${n}`);
const money = (amounts: Amounts) => (amounts.length === 0 ? 'no amount' : amounts.map(moneyText).join(' + '));
const line = (label: string, words: string) => `  ${label.padEnd(30)}${words}`;
const nameOf = ({ id, name }: Who) => name ?? id;
const rest = (more: number) => (more > 0 ? [`  and ${more} more`] : []);
const orMissing = (missing: string | null, lines: string[]) => (missing === null ? lines : [missing]);

export function demandLines({ total, themes, tools, notMeasured }: DemandAnswer): string[] {
  return [...orMissing(notMeasured, [
    `${counted(total.requests, 'request')} of ${counted(total.accounts, 'customer')}, who pay ${money(total.arr)} a year: ${total.open} open, ${total.answered} answered, ${total.told} told.`,
    ...themes.items.map(({ theme, requests, accounts, arr, arrAtRisk, open, oldestDays, initiatives }) => line(theme ?? '(no theme)', `${counted(requests, 'request')}, ${counted(accounts, 'customer')}, ${money(arr)}, at risk ${arrAtRisk === null ? 'not known' : money(arrAtRisk)}; ${open} open${oldestDays === null ? '' : `, oldest ${oldestDays} days`}${initiatives.length > 0 ? `; ${initiatives.join(', ')}` : ''}`)), ...rest(themes.more),
  ]), ...(tools.items.length === 0 ? [] : ['Used in our place:', ...tools.items.map(({ tool, accounts, seats }) => line(tool, `${counted(accounts, 'customer')}${seats === null ? '' : `, ${counted(seats, 'seat')}`}`))])];
}

export function initiativeLines({ initiatives, neverHeard, notMeasured }: InitiativesAnswer): string[] {
  return orMissing(notMeasured, [
    ...initiatives.items.flatMap(({ initiative, title, state, asked, linked, have, told, neverHeard: silent, customers }) => [
      line(initiative, `${title}, ${state}: ${asked} asked, ${linked} linked, ${have} have it, ${told} told`),
      ...(silent > 0 ? [line('', `never heard: ${customers.items.filter(({ by, hasAt, toldAt }) => by !== 'none' && hasAt !== null && toldAt === null).map(({ customer }) => nameOf(customer)).join(', ')}`)] : []),
    ]), ...rest(initiatives.more), `${counted(neverHeard, 'customer')} asked for something that is there and never heard of it.`,
  ]);
}

export function traceabilityLines({ from, to, share: asked, initiatives, demand, notMeasured }: TraceabilityAnswer): string[] {
  return orMissing(notMeasured, [
    `Initiatives begun ${from} to ${to}. In brackets: 95 % intervals.`, line('customers had asked for', share(asked)), line('of demand by ARR answered', share(demand.answered)), line('  by a named request', share(demand.named)),
    ...initiatives.items.filter(({ lacks }) => lacks !== null).map(({ initiative, title, lacks }) => line(initiative, `${title}: ${lacks}`)), ...rest(initiatives.more),
  ]);
}

export function outcomeLines({ figures, theirs, ours, withoutGoal, rejected, notMeasured }: OutcomesAnswer): string[] {
  const { value } = figures;
  return [...orMissing(notMeasured, [
    line('claimed', `${figures.claimed}, ${money(value.claimed)}`), line('confirmed', `${figures.confirmed}, ${money(value.confirmed)}`), line('rejected', `${figures.rejected}, ${money(value.rejected)}`), line('not answered', `${figures.open}, ${money(value.open)}`), line('confirmed, of those answered', share(figures.confirmedShare)),
    line('their goals attained', share(theirs.attainment)), line('ours', share(ours.attainment)), ...rejected.items.map(({ customer, outcome }) => line(nameOf(customer), `does not agree: ${outcome}`)),
  ]), `${counted(withoutGoal.items.length + withoutGoal.more, 'customer')} without a goal of their own${withoutGoal.items.length > 0 ? `: ${withoutGoal.items.slice(0, 10).map(nameOf).join(', ')}` : ''}`];
}

export function competitionLines({ days, pressed, withGap, arr, longYears, longAndWell, accounts, lostTo, winBack, notMeasured }: CompetitionAnswer): string[] {
  return [
    ...notMeasured,
    `${counted(pressed, 'customer')} with a live competitor within ${days} days, who pay ${money(arr)}; ${withGap} with a gap asked for, ${longAndWell.accounts} of them customers for ${longYears} years or more that pay at least the median of their segment (${money(longAndWell.arr)}); of ${longAndWell.unknown} that is not known.`,
    ...accounts.items.map(({ customer, competitors, gaps }) => line(nameOf(customer), `${competitors.map(({ competitor, stage }) => `${competitor} (${stage})`).join(', ')}${gaps.length > 0 ? `; asks for ${[...new Set(gaps.flatMap(({ themes }) => themes))].join(', ') || counted(gaps.length, 'thing')}` : ''}`)), ...rest(accounts.more),
    'Lost to:', ...lostTo.items.map(({ competitor, losses, amount }) => line(competitor ?? '(nobody says)', `${losses}, ${money(amount)}`)),
    'To win back:', ...winBack.items.map(({ customer, last, delivered }) => line(nameOf(customer), `${last.competitor ?? ''}${last.reason ? `, ${last.reason}` : ''}${delivered.length > 0 ? `; now there: ${delivered.join(', ')}` : ''}`)), ...rest(winBack.more),
  ];
}

export function promiseLines({ figures, kinds, overdue, broken, notMeasured }: PromisesAnswer): string[] {
  const shown = (state: string) => ({ customer, promise, what, dueOn }: PromisesAnswer['overdue']['items'][number]) => line(nameOf(customer), `${what === null ? promise : `${what} (${promise})`} ${state}${dueOn === null ? '' : `, due ${dueOn}`}`);
  return orMissing(notMeasured, [
    `${counted(figures.promises, 'promise')}: ${figures.kept} kept (${figures.late} late), ${figures.broken} broken, ${figures.open} open, ${figures.overdue} overdue.`,
    line('kept', share(figures.keptRate)), line('kept, of those due', share(figures.keptOfDue)), ...kinds.map(({ kind, keptRate }) => line(`  ${kind ?? '(no kind)'}`, share(keptRate))),
    ...overdue.items.map(shown('overdue')), ...rest(overdue.more), ...broken.items.map(shown('broken')), ...rest(broken.more),
  ]);
}

export function presenceLines({ days, sponsorDays, quiet, quietRoles, sponsors, neverVisited, notMeasured }: PresenceAnswer): string[] {
  const told = (label: string, { accounts, arr, items }: PresenceAnswer['quiet']) => line(label, `${counted(accounts, 'customer')}, ${money(arr)}${items.length > 0 ? `: ${items.slice(0, 10).map(({ customer }) => nameOf(customer)).join(', ')}` : ''}`);
  return [
    ...notMeasured, `Quiet: nothing heard for ${days} days; sponsors not met for ${sponsorDays} days.`, told('quiet', quiet), told('payers not spoken with', quietRoles.payer), told('users not spoken with', quietRoles.user),
    line('live sponsor', counted(sponsors.live, 'customer')), told('sponsor left', sponsors.left), told('sponsor not met', sponsors.notMet), told('sponsor never named', sponsors.never), told('never visited', neverVisited),
  ];
}
