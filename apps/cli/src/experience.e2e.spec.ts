import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const figure = (value: number | null, n: number) => ({ n, value, low: value === null ? null : value - 0.1, high: value === null ? null : value + 0.1 });
const net = (value: number | null, n: number) => ({ ...figure(value, n), standardError: 1, effectiveN: n, method: '' });
const waits = (median: number | null, waiting = 0) => ({ mean: figure(median, 2), median, p90: null, waiting });
const window = { today: { date: '2026-11-26', pinned: false, timeZone: 'UTC' }, from: '2026-08-29', to: '2026-11-26', asOf: '2026-11-26T10:00:00Z', method: '' };
const measures = {
  answers: { n: 102, people: 85, accounts: 38 }, nps: { respondent: net(-5, 59), account: net(-2, 30), arr: { ...net(null, 0), currency: null, left: 30 } }, topBox: figure(0.36, 102), csat: { ...figure(0.44, 43), unjudged: 0 },
  ces: { easy: figure(null, 0), means: [] }, xla: { happiness: net(null, 0), lostMinutes: { ...figure(null, 0), total: 0 } }, response: { rate: figure(0.72, 134), waiting: 9, bias: { segment: [], role: [] } },
  tickets: { tickets: 154, open: 31, withoutOpening: 0, resolve: { wall: waits(4_200, 31), working: waits(720, 31) }, firstResponse: { wall: waits(10), working: waits(10) }, reopened: figure(0.24, 152), escalated: figure(0.18, 154), slaKept: figure(0.91, 154) },
};
const outageFigures = { cases: 1, running: 1, noticeLag: waits(165), toldFirst: figure(0, 1), firstEtaError: figure(null, 0), lastEtaError: figure(null, 0), withoutEta: 1, revisions: figure(null, 0), longestSilence: figure(3_096, 1), updatesPerHour: figure(0.1, 1), workaround: waits(420) };

describe('touchline experience', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    door.answers.set('GET /v1/experience', { body: { ...window, overall: measures, by: 'queue', groups: [{ key: 'Desk', ...measures }, { key: null, ...measures, tickets: null }], hidden: null, missing: { ...Object.fromEntries(['nps', 'top-box', 'csat', 'xla', 'response', 'resolve', 'first-response', 'reopened', 'escalated', 'sla'].map((figure) => [figure, null])), ces: 'nobody answered; needs survey.responded' }, trend: [], subjects: [{ key: 'support', topBox: figure(0.5, 40), csat: figure(null, 0), trend: [] }, { key: null, topBox: figure(0.2, 62), csat: figure(null, 0), trend: [] }], methods: {}, explained: null,
      spread: { users: figure(0.6, 65), payers: figure(0.62, 37), warned: [{ customer: 'c-1', name: 'Otterbank', users: figure(0.4, 4), payers: figure(0.9, 4), usersFell: '2026-11-03T10:00:00Z', payersFell: null }], lag: { n: 1, followed: 0, medianDays: null } } } });
    door.answers.set('GET /v1/experience/pain', { body: { ...window, words: { answers: 104, withoutTheme: 56, erased: 0 }, told: { own: false, coded: 0, leastCoded: 20, learnt: [] },
      pains: [{ theme: 'speed', label: 'Waiting and speed', mentions: 8, customers: figure(0.1, 77), severity: figure(0.74, 8), arr: [], pain: { amount: 142_905_000, currency: 'EUR' }, trend: { before: 4, after: 4, lately: figure(0.5, 8), says: 'steady' }, firstAt: '', ageDays: 273, of: [] }] } });
    door.answers.set('GET /v1/experience/outages', { body: { ...window, figures: outageFigures, outages: [{ outage: 'X-31', service: 'mail', figures: outageFigures, customers: [{ customer: 'c-1', name: 'Windvane', notice: { minutes: 165, over: true }, lasted: { minutes: 3_516, over: false }, longestSilence: 3_096 }] }] } });
    door.answers.set('GET /v1/experience/watermelon', { body: { ...window, overall: { tickets: 40, slaKept: figure(0.9, 40), redInside: figure(0.47, 36), redOtherwise: figure(null, 0) }, queues: [], accounts: [{ key: 'c-1', name: 'Hollyhock', tickets: 6, slaKept: figure(1, 6), redInside: figure(1, 6), redOtherwise: figure(null, 0), red: ['T-1', 'T-2'] }] } });
  });
  afterAll(() => door.close());

  it('tells figures with n and interval, by groups, and who is warned', async () => {
    const { out, code } = await touchline(['experience', '--by', 'queue', '--from', '2026-08-29', '--as-of', '2026-11-26'], { url });
    expect([code, door.asked.at(-1)]).toEqual([0, expect.objectContaining({ path: '/v1/experience', query: { by: 'queue', from: '2026-08-29', asOf: '2026-11-26' } })]);
    expect(out).toMatch(/102 answers of 85 people at 38 customers/);
    expect(out).toMatch(/excellent answers +36 % +\(26 % to 46 %\) +of 102\n/);
    expect(out).toMatch(/it was easy \(CES\) +not measured: nobody answered; needs survey\.responded\n/);
    expect(out).toMatch(/excellent, of support +50 % +\(40 % to 60 %\) +of 40\n/);
    expect(out).toMatch(/NPS, by what they pay +nothing to say\n[^]*solved after \(median\) +12 hours of working time, 31 tickets open\n[^]*By queue[^]*Desk +36 %[^]*\(not known\)[^]*payers have not yet: Otterbank/);
  });

  it('tells what hurts, outages and watermelons', async () => {
    const told = async (...words: string[]) => (await touchline(['experience', ...words], { url })).out;
    expect(await told('pain')).toMatch(/Waiting and speed +weight EUR 1,429,050\.00; 8 mentions, severity 74 %, steady\n104 answers/);
    expect(await told('outages')).toMatch(/1 outage, 1 case: an outage counts once at each[^]*first word \(median\) +2\.8 hours after we saw it[^]*X-31, mail\n +Windvane +goes on since 58\.6 hours; first word after 2\.8 hours; longest silence 51\.6 hours/);
    expect(await told('watermelon')).toMatch(/of these red inside +47 %[^]*Hollyhock +2 of 6: T-1, T-2/);
    expect(JSON.parse(await told('watermelon', '--json'))).toMatchObject({ overall: { tickets: 40 } });
  });

  it('tells what changed after a coaching beside the others, and records one', async () => {
    const none = { before: figure(null, 3), after: figure(null, 0), difference: figure(null, 3), missing: 'too few: 3 before and 0 after, where 30 of each are needed' };
    door.answers.set('GET /v1/experience/coaching', { body: { ...window, days: 90, coverage: { measured: 1, of: 1 }, missing: null, explained: null, coachings: [{ coaching: 'K-1', of: 'queue', who: 'Desk', topic: 'Listening', givenOn: '2026-09-01', figures: { topBox: { before: figure(0.25, 40), after: figure(0.75, 32), difference: { n: 72, value: 0.5, low: 0.28, high: 0.66 }, missing: null }, csat: none }, others: { topBox: none, csat: none } }] } });
    door.answers.set('PUT /v1/company/coachings/K-2', { body: { coaching: 'K-2', position: '1.2' } });
    const run = (...words: string[]) => touchline(['experience', ...words], { url });
    expect((await run('coaching', '--days', '30')).out).toMatch(/25 % of 40 before, 75 % of 32 after: \+50 points \(\+28 to \+66\)\n +all others: too few: 3 before/);
    expect(door.asked.at(-1)!.query).toEqual({ days: '30' });
    expect((await run('coached', 'K-2', '--agent', 'a-1', '--topic', 'Listening', '--given-on', '2026-09-01')).out).toBe('K-2 is recorded.');
    expect(door.asked.at(-1)!.body).toEqual({ of: 'agent', who: 'a-1', topic: 'Listening', givenOn: '2026-09-01' });
    expect((await run('coached', 'K-2', '--topic', 'Listening', '--given-on', '2026-09-01')).err).toContain('--agent or --queue');
  });
});
