import { percentWords } from '#insight';
import type { CustomerJourneyAnswer, JourneyAnswer } from '#read-model';
import { counted, moneyText } from '../text/figures.js';

interface Told { readonly value: number | null; readonly low: number | null; readonly high: number | null }

const SHOWN = 10;
const days = ({ value, low, high }: Told) => (value === null ? `not reached${low === null ? '' : `, at least ${counted(low, 'day')}`}` : `${counted(value, 'day')}${low === null ? '' : ` (${low} to ${high ?? 'not reached'})`}`);
const share = ({ n, value, low, high }: Told & { readonly n: number }) => (value === null ? 'nothing to say' : `${percentWords(value)} (${percentWords(low!)} to ${percentWords(high!)}) of ${n}`);
const line = (label: string, words: string) => `  ${label.padEnd(34)}${words}`;
const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
const VERDICT = { 'too-few': 'too few', 'no-clear-difference': 'no clear difference', 'renew-more-often': 'renew more often', 'renew-less-often': 'renew less often' } as const;

const valueText = ({ n, reached, median, few }: JourneyAnswer['trend']['items'][number] | NonNullable<JourneyAnswer['groups']>['items'][number]['timeToValue']) => `${reached} of ${n} had value; median ${days(median)}${few ? ', of few' : ''}`;

const groupLines = ({ group, customers, going, gone, met, timeToValue, renewed, others, verdict }: NonNullable<JourneyAnswer['groups']>['items'][number]): string[] => [
  line(group ?? '(not said)', `${counted(customers, 'customer')}, ${going} on their way, ${gone} gone; met ${share(met)}`), line('', valueText(timeToValue)), line('', `renewed ${share(renewed)}; the others ${share(others)}: ${VERDICT[verdict]}`),
];

/** Where customers are; in brackets 95 % intervals. */
export function journeyLines({ asOf, customers, stages, transitions, stuck, stalled, expectations, missed, timeToValue, trend, groups, renewals, paths, explained }: JourneyAnswer): string[] {
  const label = (wanted: string | null) => stages.find(({ stage }) => stage === wanted)?.label ?? 'no stage';
  const who = ({ name, customer, arr }: JourneyAnswer['stuck']['items'][number] | JourneyAnswer['missed']['items'][number] | JourneyAnswer['stalled']['items'][number]) => `${name ?? customer}${arr[0] ? `, ${moneyText(arr[0])}` : ''}`;
  return [
    `Journeys as of ${asOf}: ${counted(customers.inStage, 'customer')} in a stage, ${customers.n - customers.seen} of ${customers.n} without a fact that the map needs. In brackets: 95 % intervals.`,
    ...stages.map(({ label: called, customers: now, dwell, stuck: long, missing }) => line(called, missing ?? `${now} now${dwell ? `; stay ${days(dwell.median)}, ${dwell.left} of ${dwell.visits} visits over` : ''}${long ? `; ${long} stuck` : ''}`)),
    ...section('From where to where', transitions.map(({ from, to, n, share: part }) => line(`${label(from)} to ${label(to)}`, `${n} (${percentWords(part)})`))),
    ...section(`Stuck: ${stuck.n}`, stuck.items.slice(0, SHOWN).map((item) => line(who(item), `${label(item.stage)} since ${item.since}: ${item.days} days, limit ${item.limit.days}`))),
    ...section(`Stalled deployments: ${stalled.missing ?? stalled.n}`, stalled.items.slice(0, SHOWN).map((item) => line(who(item), `since ${item.since}`))),
    ...section(`Time to value from ${timeToValue.label}`, [line('median', timeToValue.missing ?? days(timeToValue.median)), line('customers', `${timeToValue.reached} of ${timeToValue.n} had value, ${timeToValue.waiting} wait, ${timeToValue.leftWithout} left without`)]),
    ...section('Time to value by quarter of the start', trend.missing ? [] : trend.items.map(({ quarter, ...value }) => line(quarter, valueText(value)))),
    ...(groups ? section(`By ${groups.by}`, groups.missing ? [line('', groups.missing)] : groups.items.flatMap((group) => groupLines(group))) : []),
    ...section('Met, of what was expected', expectations.map(({ label: called, rate, missing, kind }) => line(called, `${missing ?? share(rate)}${kind === 'moment' ? '  (moment of truth)' : ''}`))),
    ...section(`Missed: ${missed.n}`, missed.items.slice(0, SHOWN).map((item) => line(who(item), `${item.label}, due by ${item.dueOn}${item.lateOn ? `, came on ${item.lateOn}` : ''}`))),
    ...section('Renewed, of who met and of who missed a moment', renewals.missing ? [line('', renewals.missing)] : renewals.moments.map(({ label: called, met, missed: without, verdict }) => line(called, `${share(met.rate)}; ${share(without.rate)}: ${VERDICT[verdict]}`))),
    ...section(`Ways of ${counted(paths.churned.n, 'customer')} who left`, paths.churned.items.slice(0, 5).map(({ stages: way, n }) => line(String(n), way.map(label).join(' > ')))),
    ...section(`Ways of ${counted(paths.renewed.n, 'customer')} who renewed`, paths.renewed.items.slice(0, 5).map(({ stages: way, n }) => line(String(n), way.map(label).join(' > ')))),
    ...section(`Behind ${explained?.figure ?? ''}: ${explained?.n ?? 0}`, (explained?.items ?? []).map(({ customer, name, state, events }) => line(name ?? customer, `${state ?? ''} ${events.map(({ source, id, type }) => `${type} ${source}/${id}`).join(', ')}`.trim()))),
  ];
}

export function customerJourneyLines({ name, customer, now, visits, expectations, missing }: CustomerJourneyAnswer): string[] {
  if (missing) return [`${name ?? customer}: ${missing}`];
  return [
    `${name ?? customer}: ${now ? `${now.label} since ${now.since}, ${counted(now.days, 'day')}` : 'in no stage'}`,
    ...visits.map(({ label, entered, left, days: length, events }) => line(label, `${entered} to ${left ?? 'now'}, ${counted(length, 'day')}  (${events[0]!.type} ${events[0]!.source}/${events[0]!.id})`)),
    ...section('Expected', expectations.map(({ label, state, dueOn, by }) => line(label, `${state}, due by ${dueOn}${by ? ` (${by.type} ${by.source}/${by.id})` : ''}`))),
  ];
}
