import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginRebuild, progressOf } from '#event-store';
import { type Recovery, WORKING_HOURS } from '#journey';
import { eventually } from '../../../../test/support/read-models.js';
import { projectionNamed } from '../projections/projections.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getRecovery } from './get-recovery.js';
import { listRecoveries } from './list-recoveries.js';
import { stepsOf, type StepsRow } from './recovery-steps.js';
import { recoverySettings } from './settings.js';
import { summarizeRecoveries } from './summarize-recoveries.js';

type House = Awaited<ReturnType<typeof openReadModel>>;
let house: House;

const HOUR_MS = 3_600_000;
const now = Date.now();
const at = (hours: number): string => new Date(now + hours * HOUR_MS).toISOString();
const csat = { kind: 'csat', min: 1, max: 5 };
const answer = { survey: 'V-1', score: 2, kind: 'csat', min: 1, max: 5, bar: 4 };
/** By hours from now. */
const opened = (recovery: string, since: number, [look, contact, close]: readonly [number, number, number], more: object = {}) => ['recovery.opened', {
  recovery, reasons: ['low-answer'], since: at(since), clocks: [['look', look], ['contact', contact], ['close', close]].map(([clock, by]) => ({ clock, minutes: 60, by: at(Number(by)) })), ...more,
}] as [string, Record<string, unknown>];
const step = (name: string, recovery: string, data: object = {}) => [`recovery.${name}`, { recovery, ...data }] as [string, Record<string, unknown>];
const whole = (recovery: string, cause: string, worked: number, prevention: object) => [step('contacted', recovery, { worked, how: 'call' }), step('cause-identified', recovery, { cause, worked }), step('prevention-recorded', recovery, { ...prevention, worked }), step('closed', recovery, { worked: worked * 2 })];

beforeAll(async () => {
  house = await openReadModel();
  await house.tell('north', ['customer.registered', { name: 'Nordlicht', owner: 'mara' }], ['subscription.started', { subscription: 'S', recurring: { amount: 10_000, currency: 'EUR' }, interval: 'month' }],
    ['survey.responded', { survey: 'V-1', instrument: csat, score: 2, contact: 'p1', verbatim: await house.sealed('p1', '/verbatim', 'Three days!') }]);
  await house.tell('north', opened('R-1', -10, [-9, 1, 9], { owner: 'mara', answer, ticket: 'T-1', contact: 'p1' }), step('escalated', 'R-1', { clock: 'look', by: at(-9) }));
  await house.tell('north', opened('R-2', -8, [1, 2, 3], { owner: 'jonas' }), ...whole('R-2', 'overload', 10, { noneBecause: 'one-off' }), step('fix-confirmed', 'R-2', { survey: 'V-2', score: 5 }));
  await house.tell('south', ['customer.registered', { name: 'Südwind' }], opened('R-3', -6, [1, 2, 3]), ...whole('R-3', 'Overload', 30, { what: 'x' }));
  await house.tell('south', opened('R-4', -4, [-3, -2, -1]), step('acknowledged', 'R-4', { worked: 5 }), step('cause-identified', 'R-4', { cause: 'training', worked: 6 }));
  // Of an answer that was taken back: in no figure.
  await house.tell('south', opened('R-5', -2, [-1, 2, 3], { answer: { ...answer, survey: 'V-5' } }), step('cause-identified', 'R-5', { cause: 'overload', worked: 1 }), step('answer-withdrawn', 'R-5', { survey: 'V-5' }));
}, 60_000);
afterAll(() => house.close());

describe('The list of recoveries', () => {
  it('has the open ones, those that wait longest first, with what is used of their clocks and what is at stake', async () => {
    const { recoveries, next } = await listRecoveries(house.model(), { tenant });
    expect([recoveries.map(({ id }) => id), next]).toEqual([['R-1', 'R-4'], null]);
    expect(recoveries[0]).toMatchObject({
      customer: { id: 'north', name: 'Nordlicht' }, owner: 'mara', arr: [{ amount: 120_000, currency: 'EUR' }], tickets: ['T-1'], answer, overdue: true, next: { clock: 'look', by: at(-9) }, sameCause: null, proof: null,
      clocks: [{ clock: 'look', minutes: 60, state: 'overdue', escalatedAt: expect.any(String) }, { clock: 'contact', state: 'running', doneAt: null }, { clock: 'close', state: 'running' }],
    });
    expect(recoveries[1]).toMatchObject({ customer: { id: 'south' }, owner: null, cause: 'training', sameCause: 0, clocks: [{ state: 'late', used: 5 }, { state: 'overdue' }, { state: 'overdue' }] });
  });

  it('is narrowed down, and turned page by page without showing one twice', async () => {
    const ids = async (filter: object) => (await listRecoveries(house.model(), { tenant, ...filter })).recoveries.map(({ id }) => id);
    expect([await ids({ state: 'closed' }), await ids({ state: 'all', owner: 'jonas' }), await ids({ state: 'all', cause: 'OVERLOAD' }), await ids({ state: 'all', customer: 'south' })]).toEqual([['R-2', 'R-3'], ['R-2'], ['R-2', 'R-3', 'R-5'], ['R-3', 'R-4', 'R-5']]);
    expect([await ids({ overdue: true }), await ids({ state: 'all', overdue: false })]).toEqual([['R-1', 'R-4'], ['R-2', 'R-3', 'R-5']]);
    const turned: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listRecoveries(house.model(), { tenant, state: 'all', limit: 1, ...(cursor && { cursor }) });
      turned.push(...page.recoveries.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(turned).toEqual(['R-1', 'R-2', 'R-3', 'R-4', 'R-5']);
    await expect(listRecoveries(house.model(), { tenant, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'cursor' });
  });
});

describe('A recovery', () => {
  it('whose answer was taken back is withdrawn: no clock of it runs', async () => {
    const { recovery } = await getRecovery(house.model(), { tenant, id: 'R-5' });
    expect(recovery).toMatchObject({ state: 'withdrawn', closedAt: null, next: null, overdue: false, clocks: [{ state: 'late' }, { state: 'stopped', used: expect.any(Number) }, { state: 'stopped' }] });
  });

  it('is told with its whole story, the words of the answer, and others with the same cause', async () => {
    const { recovery, story, alike } = await getRecovery(house.model(), { tenant, id: 'R-1' });
    expect(recovery.id).toBe('R-1');
    expect(story.map(({ type }) => type)).toEqual(['survey.responded', 'recovery.opened', 'recovery.escalated']);
    expect(story[0]).toMatchObject({ words: 'a survey was answered', data: { verbatim: 'Three days!' }, source: 'test', id: expect.any(String), position: expect.any(String) });
    expect(alike).toEqual([]);
    const other = await getRecovery(house.model(), { tenant, id: 'R-2' });
    expect(other.alike).toMatchObject([{ id: 'R-3', customer: { id: 'south', name: 'Südwind' }, state: 'closed' }]);
    expect(other.recovery).toMatchObject({ sameCause: 1, proof: { fix: 'confirmed' }, prevention: { noneBecause: 'one-off' }, clocks: [{ used: 10, state: 'done' }, { used: 10 }, { used: 20, state: 'done' }] });
    await expect(getRecovery(house.model(), { tenant, id: 'R-9' })).rejects.toMatchObject({ code: 'recovery-unknown' });
  });
});

describe('Who asks to be contacted after the first answer', () => {
  it('is told beside why it was opened, and what was written is in its story', async () => {
    expect((await getRecovery(house.model(), { tenant, id: 'R-1' })).recovery.reasons).toEqual(['low-answer']);
    await house.tell('north', ['survey.response-revised', { survey: 'V-1', instrument: csat, score: 2, contact: 'p1', wantsContact: true }]);
    const { recoveries } = await listRecoveries(house.model(), { tenant });
    expect(recoveries.map(({ id, reasons }) => [id, reasons])).toEqual([['R-1', ['low-answer', 'wants-contact']], ['R-4', ['low-answer']]]);
  });
});

describe('Recoveries in figures', () => {
  it('say how many wait, how long each step took, what comes again, and whether it worked', async () => {
    expect(await summarizeRecoveries(house.model(), { tenant })).toMatchObject({
      recoveries: 4, open: 2, overdue: 2, escalated: 1, unowned: 1, actedOn: 50, repeatCauseRate: 33.3, withoutPrevention: 2, fixes: { confirmed: 1, disproved: 0, unproved: 1 },
      steps: [{ clock: 'look', done: 3, missed: 1, inTime: 50 }, { clock: 'contact', done: 2, missed: 1, inTime: 66.7 }, { clock: 'close', done: 2, missed: 1, inTime: 66.7 }],
      causes: [{ cause: 'overload', recoveries: 2, open: 0, customers: 2, withoutPrevention: 1 }, { cause: 'training', recoveries: 1, open: 1, customers: 1, withoutPrevention: 1 }],
      arrAtStake: [{ amount: 120_000, currency: 'EUR' }],
    });
    expect(await summarizeRecoveries(house.model(), { tenant, owner: 'jonas' })).toMatchObject({ recoveries: 1, open: 0, actedOn: 100, arrAtStake: [], causes: [{ cause: 'overload', customers: 1 }] });
    expect(await summarizeRecoveries(house.model(), { tenant, to: '2020-01-01' })).toMatchObject({ recoveries: 0, actedOn: null, repeatCauseRate: null, steps: [{ done: 0, missed: 0, inTime: null, worked: null, passed: null }, {}, {}] });
  });
});

describe('Steps in figures', () => {
  const open = (since: number, by: number) => ({ since: at(since), reopenedAt: null, openedAt: at(since), closedAt: null, clocks: Object.fromEntries(['look', 'contact', 'close'].map((clock) => [clock, { minutes: 60, by: at(by), doneAt: null, worked: null, escalatedAt: null }])) }) as unknown as Recovery;
  const row = (done: number | null, of: Recovery | null) => Object.assign({ open: of }, ...['look', 'contact', 'close'].map((clock) => ({ [`${clock}_worked`]: done, [`${clock}_passed`]: done, [`${clock}_in_time`]: done === null ? null : true }))) as StepsRow;
  const always = () => ({ timeZone: 'UTC', week: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, [['00:00', '24:00']]])) as never, holidays: [] });

  it('are not made better by leaving things open', () => {
    const closed = [row(10, null), row(20, null)];
    expect(stepsOf(closed, at(0), always)[1]).toEqual({ clock: 'contact', done: 2, missed: 0, inTime: 100, worked: 10, passed: 10 });
    expect(stepsOf([...closed, row(null, open(-5, -4))], at(0), always)[1]).toEqual({ clock: 'contact', done: 2, missed: 1, inTime: 66.7, worked: 20, passed: 20 });
    expect(stepsOf([...closed, row(null, open(-5, 4))], at(0), always)[1]).toMatchObject({ missed: 0, inTime: 100, worked: 20 });
    expect(stepsOf([...closed, ...[1, 2, 3].map(() => row(null, open(-5, -4)))], at(0), always)[1]).toMatchObject({ missed: 3, inTime: 40, worked: null, passed: null });
  });
});

describe('A rebuild while recoveries are open', () => {
  it('makes the same rows, and appends nothing', async () => {
    const before = await listRecoveries(house.model(), { tenant, state: 'all' });
    const head = await house.store.head();
    const generation = await beginRebuild(house.worker, projectionNamed('entities'));
    await eventually(async () => (await progressOf(house.worker)).some((each) => each.name === 'entities' && each.live && each.generation === generation));
    const after = await listRecoveries(house.model(), { tenant, state: 'all' });
    expect(after.recoveries.map(({ clocks: _, ...kept }) => kept)).toEqual(before.recoveries.map(({ clocks: _, ...kept }) => kept));
    expect(await house.store.head()).toBe(head);
  });
});

describe('The settings of recoveries', () => {
  it('are the usual ones, and say so, until somebody decides', async () => {
    const settings = await house.reader.inTenant(tenant, (sql) => recoverySettings(sql, tenant));
    const [clock] = (await listRecoveries(house.model(), { tenant, state: 'all', customer: 'north' })).recoveries.at(0)!.clocks;
    expect(settings).toMatchObject({ policy: { decided: null, clocks: { look: 240 } }, policyDecided: null, hoursDecided: null, calendar: { timeZone: 'Europe/Berlin', holidays: [] }, revisions: { policy: -1, hours: -1 } });
    // What is used of a clock stays what it was when the hours become others.
    await house.store.append([{ stream: { tenant, ...WORKING_HOURS }, expected: 'any', events: [{
      source: 'test', id: 'hours', type: 'workinghours.set', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'person', id: 'boss' }, bodyHash: 'hours',
      data: { week: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, [['00:00', '24:00']]])), holidays: [], reason: 'Day and night' },
    }] }]);
    const decided = await house.reader.inTenant(tenant, (sql) => recoverySettings(sql, tenant));
    expect(decided.calendar.week).not.toEqual(settings.calendar.week);
    expect([decided.calendarAt(at(-1)).week, decided.calendarAt(at(1)).week]).toEqual([settings.calendar.week, decided.calendar.week]);
    const [after] = (await listRecoveries(house.model(), { tenant, state: 'all', customer: 'north' })).recoveries.at(0)!.clocks;
    expect(after!.used - clock!.used).toBeLessThanOrEqual(1);
  });
});
