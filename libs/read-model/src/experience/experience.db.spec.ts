import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginRebuild, type NewEvent, progressOf } from '#event-store';
import { findType } from '#journey';
import { eventually } from '../../../../test/support/read-models.js';
import { projectionNamed } from '../projections/projections.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getExperience } from './get-experience.js';
import { getOutages } from './get-outages.js';
import { getWatermelon } from './get-watermelon.js';
import { answerFiguresInLog, outageFiguresInLog, responseInLog, ticketFiguresInLog, watermelonInLog } from './testing/log-says.js';

type Told = Pick<NewEvent, 'type' | 'data'> & { readonly id: string; readonly at: number };
const HOUR = 3_600_000;
const NOW = Date.now() - 60_000;
const FIRST = NOW - 80 * 24 * HOUR;
const scales = { nps: { kind: 'nps', min: 0, max: 10 }, csat: { kind: 'csat', min: 1, max: 5 }, xla: { kind: 'xla', min: 0, max: 10 } } as const;
const ticket = fc.constantFrom('T-1', 'T-2', 'T-3', 'T-4');
const survey = fc.constantFrom('V-1', 'V-2', 'V-3', 'V-4', 'V-5');
const outage = fc.constantFrom('X-1', 'X-2');
/** A survey keeps its instrument: by its number. */
const instrumentOf = (name: string) => [scales.nps, scales.csat, scales.xla][Number(name.slice(2)) % 3]!;
const answer = fc.tuple(survey, fc.nat(10), fc.option(ticket), fc.constantFrom('p-1', 'p-2', 'p-3'), fc.option(fc.integer({ min: 0, max: 300 }))).map(([name, drawn, about, contact, lost]) => {
  const instrument = instrumentOf(name);
  return { survey: name, instrument, contact, score: instrument.min + (drawn % (instrument.max - instrument.min + 1)), role: 'user', ...(about !== null && { ticket: about }), ...(lost !== null && { lostMinutes: lost }) };
});
const plain = fc.oneof(
  fc.tuple(fc.constantFrom('ticket.opened', 'ticket.opened', 'ticket.assigned'), fc.record({ ticket, queue: fc.constantFrom('Desk', 'Network') })),
  fc.tuple(fc.constantFrom('ticket.paused', 'ticket.resumed', 'ticket.resolved', 'ticket.resolved', 'ticket.reopened', 'ticket.closed', 'ticket.escalated', 'ticket.sla-missed'), fc.record({ ticket })),
  fc.tuple(fc.constant('ticket.replied'), fc.record({ ticket, by: fc.constantFrom('agent', 'customer') })),
  fc.tuple(fc.constant('survey.sent'), survey.map((name) => ({ survey: name, instrument: instrumentOf(name), contact: 'p-1' }))),
  fc.tuple(fc.constant('survey.expired'), fc.record({ survey })),
  fc.tuple(fc.constantFrom('survey.responded', 'survey.responded', 'survey.response-revised'), answer),
  fc.tuple(fc.constant('outage.customer-affected'), fc.tuple(outage, fc.integer({ min: 0, max: 1_900 })).map(([name, hours]) => ({ outage: name, startedAt: new Date(FIRST + hours * HOUR).toISOString(), detectedAt: new Date(FIRST + hours * HOUR + HOUR / 2).toISOString() }))),
  fc.tuple(fc.constantFrom('outage.customer-notified', 'outage.updated', 'outage.workaround-offered', 'outage.customer-reported', 'outage.resolved'), fc.record({ outage })),
  fc.tuple(fc.constant('outage.eta-given'), fc.tuple(outage, fc.integer({ min: 0, max: 1_900 })).map(([name, hours]) => ({ outage: name, eta: new Date(FIRST + hours * HOUR).toISOString() }))),
);
const fact = fc.tuple(plain, fc.integer({ min: 0, max: 80 * 24 * 60 })).map(([[type, data], minute]) => ({ type, data: data as Record<string, unknown>, minute }));
const history = fc.tuple(fc.array(fact, { minLength: 10, maxLength: 60 }), fc.array(fc.tuple(fc.nat(59), fc.boolean()), { maxLength: 4 }), fc.integer({ min: 1, max: 90 }));

describe('Figures of service experience', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let told = 0;
  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  const tell = async (customer: string, all: readonly Told[]) => {
    const events = all.map(({ id, type, data, at }): NewEvent => ({ source: 'test', id, type, version: findType(type)!.version, occurredAt: new Date(at).toISOString(), actor: { kind: 'person', id: 'mara' }, data, bodyHash: id }));
    const verdicts = await house.store.append(events.map((event) => ({ stream: { tenant, category: 'customer', id: customer }, expected: 'any' as const, events: [event] })));
    const last = verdicts.at(-1)!;
    if (last.status !== 'appended') throw new Error(last.status);
    return last.positions.at(-1)!;
  };
  const inLog = <Row>(text: string, ...more: unknown[]) => house.worker.statements((sql) => sql.query<Row & Record<string, unknown>>(text, [tenant, ...more]));
  /** Figures are told to four decimals; those that SQL sums in another order may end a hair beside a half. */
  const near = (ours: number | null, theirs: unknown) => {
    if (theirs === null) return expect(ours).toBeNull();
    return expect(Math.abs(ours! - Number(theirs))).toBeLessThanOrEqual(0.5001e-4 + 1e-9 * Math.abs(Number(theirs)));
  };
  const asInLog = async () => {
    const model = house.model();
    const { overall, groups, asOf } = await getExperience(model, { tenant, by: 'queue' });
    const rows = await inLog<{ queue: string | null; everything: boolean; tickets: number }>(ticketFiguresInLog);
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) {
      const ours = row.everything ? overall.tickets! : groups.find(({ key }) => key === row.queue)!.tickets!;
      expect([ours.tickets, ours.open]).toEqual([row.tickets, row['open']]);
      near(ours.resolve.wall.mean.value, row['resolve']);
      near(ours.firstResponse.wall.mean.value, row['response']);
      near(ours.reopened.value, row['reopened']);
      near(ours.escalated.value, row['escalated']);
      near(ours.slaKept.value, row['kept']);
    }
    const [answers] = await inLog<Record<string, number>>(answerFiguresInLog);
    const pairs = [[overall.nps.respondent.value, 'nps'], [overall.nps.respondent.standardError, 'error'], [overall.nps.account.value, 'by_account'], [overall.nps.arr.value, 'by_arr'], [overall.nps.arr.effectiveN, 'effective'], [overall.csat.value, 'csat'], [overall.topBox.value, 'top_box'], [overall.xla.lostMinutes.value, 'lost'], [overall.xla.lostMinutes.n, 'lost_n']] as const;
    for (const [ours, name] of pairs) near(ours, answers![name]);
    const [response] = await inLog<{ rate: number; n: number }>(responseInLog, asOf);
    expect(overall.response.rate.n).toBe(response!.n);
    near(overall.response.rate.value, response!.rate);
    const watermelon = await getWatermelon(model, { tenant });
    const melons = await inLog<{ queue: string | null; kept: number; red: number }>(watermelonInLog);
    expect(watermelon.queues.map(({ key, redInside, red }) => [key, redInside.n, red.length]).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))).toEqual(melons.map(({ queue, kept, red }) => [queue, kept, red]).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)));
    const outages = await getOutages(model, { tenant });
    const [lived] = await inLog<Record<string, number>>(outageFiguresInLog, outages.asOf);
    expect(outages.figures.cases).toBe(lived!['outages']);
    near(outages.figures.noticeLag.mean.value, lived!['lag']);
    near(outages.figures.toldFirst.value, lived!['told_first']);
    near(outages.figures.lastEtaError.value, lived!['eta_error']);
    near(outages.figures.longestSilence.value, lived!['silence']);
  };

  it('are those that independent queries over the log come to: late facts, corrections, merges, and after a rebuild', async () => {
    const customers: string[] = [];
    let position = '';
    for (const [facts, corrections, price] of fc.sample(history, { numRuns: 30, seed: 5 })) {
      const customer = `c${customers.push('')}`;
      const all = [{ type: 'subscription.started', data: { subscription: `${customer}-S`, recurring: { amount: price * 1_000, currency: 'EUR' }, interval: 'month' }, minute: 0 }, ...facts].map(({ type, data, minute }): Told => ({ id: `h${told += 1}`, type, data, at: FIRST + minute * 60_000 }));
      const corrected = new Set<string>();
      const fixes = corrections.flatMap(([index, isGone]): Told[] => {
        const target = all[1 + (index % (all.length - 1))]!;
        if (corrected.has(target.id)) return [];
        corrected.add(target.id);
        const event = { source: 'test', id: target.id };
        return [{ id: `h${told += 1}`, type: isGone ? 'record.retracted' : 'record.amended', data: isGone ? { events: [event], reason: 'slip' } : { event, data: target.data, time: new Date(target.at - HOUR).toISOString(), reason: 'slip' }, at: NOW }];
      });
      position = await tell(customer, [...all, ...fixes]);
    }
    await house.visible(position);
    await asInLog();
    for (const [from, into] of [['c1', 'c2'], ['c3', 'c2'], ['c5', 'c6']] as const) position = await tell(from, [{ id: `h${told += 1}`, type: 'customer.merged', data: { into }, at: NOW }]);
    await house.visible(position);
    await asInLog();
    const [now, asOfNow] = [await getExperience(house.model(), { tenant, by: 'segment' }), await getExperience(house.model(), { tenant, by: 'segment', asOf: new Date().toISOString() })];
    const timeless = ({ asOf: _, ...answer }: typeof now) => JSON.stringify({ ...answer, overall: { ...answer.overall, tickets: null }, groups: [] });
    expect(timeless(asOfNow)).toBe(timeless(now));
    // What is drawn of a stretch is what is said of it where it is asked for alone.
    for (const { from, to, ...point } of now.trend) {
      const { overall: { nps, csat, topBox, tickets } } = await getExperience(house.model(), { tenant, from, to });
      expect(point).toEqual({ nps: nps.respondent, csat, topBox, slaKept: tickets!.slaKept, tickets: tickets!.tickets });
    }
    // Before everything there was nothing.
    expect((await getExperience(house.model(), { tenant, from: '2020-01-01', asOf: new Date(FIRST - HOUR).toISOString(), to: new Date(FIRST - 24 * HOUR).toISOString().slice(0, 10) })).overall).toMatchObject({ answers: { n: 0 }, tickets: { tickets: 0 } });
    const generation = await beginRebuild(house.worker, projectionNamed('entities'));
    await eventually(async () => (await progressOf(house.worker)).some((each) => each.name === 'entities' && each.live && each.generation === generation));
    await asInLog();
  }, 120_000);
});
