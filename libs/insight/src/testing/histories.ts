import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { ago, fact } from './facts.js';

const pick = (...values: unknown[]) => fc.constantFrom(...values);
const id = (prefix: string, count: number) => fc.integer({ min: 1, max: count }).map((number) => `${prefix}-${number}`);
const date = (from: number, to: number) => fc.integer({ min: from, max: to }).map(ago);
const amount = fc.record({ amount: fc.integer({ min: 1, max: 100_000 }), currency: pick('EUR', 'USD') });
const some = (shape: Record<string, fc.Arbitrary<unknown>>, ...required: string[]) => fc.record(shape, { requiredKeys: required });
const sealed = fc.constant({ kid: 'k1', iv: 'aXY=', ct: 'Y3Q=' });
const people = fc.subarray(['anna', 'ben', 'cleo']);

const ticket = { ticket: id('T', 6), by: pick('agent', 'customer'), reason: sealed };
const subscription = { subscription: id('S', 2), recurring: amount, interval: pick('month', 'quarter', 'year'), seats: fc.nat(40), termMonths: pick(1, 12), noticeDays: fc.nat(90), renewsOn: date(-200, 400), autoRenew: fc.boolean() };
const renewal = { renewal: id('R', 3), subscription: id('S', 2), dueOn: date(-120, 400), decision: pick('yes', 'no'), renewsOn: date(-400, 0) };
const survey = { survey: id('V', 6), contact: pick('anna', 'ben', 'cleo'), verbatim: sealed, role: pick('payer', 'user'), instrument: pick({ kind: 'nps', min: 0, max: 10 }, { kind: 'csat', min: 1, max: 5 }, { kind: 'xla', min: 0, max: 10 }), score: fc.integer({ min: 1, max: 5 }), lostMinutes: fc.nat(500) };
const usage = { from: date(0, 430), to: date(0, 420), product: pick('a', 'b'), licensed: fc.nat(50), active: fc.nat(50), features: fc.subarray(['f1', 'f2', 'f3', 'f4']), volume: fc.nat(1000), feature: pick('f1', 'f5') };
const outage = { outage: id('O', 3), eta: date(-10, 400).map((day) => `${day}T08:00:00.000Z`), startedAt: date(0, 400).map((day) => `${day}T08:00:00.000Z`) };

const families: [types: string, data: fc.Arbitrary<Record<string, unknown>>][] = [
  ['customer.registered profile-changed owner-assigned closed', some({ name: pick('Acme', 'Beta'), segment: pick('a', 'b'), size: fc.nat(900), owner: pick('o1', 'o2') })],
  ['customer.override-set override-cleared', some({ score: fc.nat(100), until: date(-60, 400), reason: fc.constant('known better') }, 'score', 'until')],
  ['customer.measurement-recorded', some({ measure: id('m', 5), value: fc.integer({ min: -9, max: 9 }), note: sealed }, 'measure', 'value')],
  ['contact.added role-changed left', some({ contact: pick('anna', 'ben', 'cleo'), role: pick('payer', 'user', 'both'), sponsor: fc.boolean(), name: sealed }, 'contact')],
  ['subscription.started changed cancellation-requested cancellation-withdrawn paused resumed ended terms-set', some(subscription, 'subscription')],
  ['renewal.opened quoted decided renewed lapsed', some(renewal, 'renewal', 'decision')],
  ['invoice.issued paid overdue credited', some({ invoice: id('I', 5), amount, dueOn: date(-30, 420), days: fc.nat(30) }, 'invoice', 'amount')],
  ['deployment.started milestone-reached went-live stalled cancelled', some({ deployment: id('D', 2), plannedGoLive: date(-60, 400) }, 'deployment')],
  ['usage.reported feature-adopted', some(usage, 'from', 'to')],
  ['usage.reported', some(usage, 'from', 'to', 'licensed', 'active', 'features')],
  ['ticket.opened assigned replied paused resumed escalated reopened resolved closed sla-missed', some(ticket, 'ticket')],
  ['ticket.opened reopened resolved escalated', some(ticket, 'ticket')],
  ['survey.requested sent suppressed response-viewed expired', some(survey, 'survey')],
  ['survey.responded response-revised', some(survey, 'survey', 'instrument', 'score')],
  ['outage.customer-affected customer-notified eta-given updated resolved', some(outage, 'outage')],
  ['engagement.call-held visit-made business-review-held message-exchanged observation-recorded', some({ with: people, twoWay: fc.boolean(), by: pick('o1'), note: sealed }, 'twoWay')],
  ['promise.made kept broken', some({ promise: id('P', 4), dueOn: date(-30, 400), what: sealed }, 'promise')],
  ['goal.set progressed attained missed', some({ goal: id('G', 4), dueOn: date(-30, 400), percent: fc.nat(100) }, 'goal')],
  ['goal.outcome-claimed outcome-confirmed outcome-rejected', some({ outcome: id('G', 4) }, 'outcome')],
  ['competitor.mentioned evaluated', some({ competitor: id('C', 2) }, 'competitor')],
  ['task.done sale.won x-visit.made cost.service-cost-recorded clock.day-closed', some({ list: pick('today'), outcome: pick('spoke', 'no-answer') })],
];

const spelled = families.map(([types, data]) => {
  const [first, ...others] = types.split(' ') as [string, ...string[]];
  const family = first.slice(0, first.indexOf('.'));
  const names = [first, ...others.map((name) => (name.includes('.') ? name : `${family}.${name}`))];
  return fc.record({ type: fc.constantFrom(...names), data });
});

const happening = fc.record({ what: fc.oneof(...spelled), days: fc.oneof(fc.constantFrom(5, 6), fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 1000 })), at: fc.oneof(fc.constant(9), fc.integer({ min: 0, max: 23 })), witnessed: fc.boolean() });

/** Histories of one customer: any facts in any order, on days up to a thousand days back, positions from 1. */
export const histories = (maxLength = 60): fc.Arbitrary<JourneyEvent[]> => fc.array(happening, { minLength: 1, maxLength })
  .map((list) => list.map(({ what, days, at, witnessed }, index) => fact(what.type, days, what.data, { n: index + 1, at, witnessed })));

/** The same with facts taken back and amended at the end, some of these corrections corrected again. */
export const correctedHistories = (maxLength = 50): fc.Arbitrary<JourneyEvent[]> => fc.tuple(histories(maxLength), fc.array(fc.record({ amend: fc.boolean(), target: fc.nat(80), days: fc.nat(300) }), { maxLength: 6 }))
  .map(([events, corrections]) => corrections.reduce<JourneyEvent[]>((all, { amend, target, days }) => {
    const { source, id: name, data, type } = all[target % all.length]!;
    const n = all.length + 1;
    const isRecord = type.startsWith('record.');
    const body = amend && !isRecord ? { event: { source, id: name }, data, time: `${ago(days)}T10:00:00.000Z`, reason: 'slip' } : { events: [{ source, id: name }], reason: 'slip' };
    return [...all, fact(amend && !isRecord ? 'record.amended' : 'record.retracted', 0, body, { n })];
  }, events));
