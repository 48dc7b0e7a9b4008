import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Sql } from '#event-store';
import { dateOfDay } from '#insight';
import { getSuccessPlan } from '../success-plan/get-success-plan.js';
import { listSuccessPlans } from '../success-plan/list-success-plans.js';
import { getTasks } from '../tasks/get-tasks.js';
import { openReadModel, tenant, todayThere, TROUBLE } from '../testing/open-read-model.js';
import { dueAnswers } from './answer-parts.js';
import { getToday } from './get-today.js';
import type { DuePart } from './parts.js';
import { dueRecoveries } from './recovery-parts.js';
import { dueTasks } from './task-parts.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

const day = (ahead: number) => dateOfDay(todayThere() + ahead);
const today = (owner?: string) => getToday(house.model(), { tenant, owner, limit: 100 });
const parts = async (owner?: string) => (await today(owner)).items.map(({ id, parts: list }) => [id, list.map((part) => (part.kind === 'call' ? 'call' : part.id))]);

it("Today's list has every customer once, with a call and the tasks that are due, by who is to do them; what is done or put off goes at once", async () => {
  await house.tell('worried', ['customer.registered', { name: 'Worried', owner: 'anna' }], ['contact.added', { contact: 'ben', role: 'payer', sponsor: true }], ...TROUBLE, ['task.created', { task: 'T1', what: 'Send the offer', dueOn: day(0) }], ['task.created', { task: 'T2', what: 'Look at the bill', dueOn: day(3), owner: 'jonas' }]);
  await house.tell('well', ['customer.registered', { name: 'Well', owner: 'jonas' }], ['task.created', { task: 'T3', what: 'Write', dueOn: day(-2) }], ['task.created', { task: 'T4', what: 'Much later', dueOn: day(40) }]);
  expect(await parts()).toEqual([['worried', ['call', 'T1', 'T2']], ['well', ['T3']]]);
  expect([await parts('anna'), await parts('jonas')]).toEqual([[['worried', ['call', 'T1']]], [['well', ['T3']], ['worried', ['T2']]]]);
  expect((await today('jonas')).items[0]).toMatchObject({ whyNow: ['Write.'], parts: [{ because: expect.stringContaining('due 2 days ago: urgency 10 of 10') }] });
  await house.tell('worried', ['task.done', { list: 'today', outcome: 'reached' }], ['task.done', { task: 'T1', outcome: 'done' }]);
  await house.tell('well', ['task.snoozed', { task: 'T3', until: day(2) }]);
  // As if its row were behind: the log decides.
  await house.worker.statements((sql) => sql.query(`update touchline_read.task_1 set state = 'open', task = jsonb_set(task, '{state}', '"open"') where entity = 'T1'`));
  expect(await parts()).toEqual([['worried', ['T2']]]);
  await house.worker.statements((sql) => sql.query(`update touchline_read.task_1 set state = 'done', task = jsonb_set(task, '{state}', '"done"') where entity = 'T1'`));
  await house.tell('worried', ['task.snoozed', { list: 'today', until: day(9) }]);
  expect(await parts()).toEqual([]);
  await house.tell('worried', ['task.done', { list: 'today', outcome: 'reached' }]);
  expect(await parts()).toEqual([['worried', ['T2']]]);
  await house.tell('worried', ['task.dropped', { task: 'T2', reason: 'not wanted' }]);
  expect(await parts()).toEqual([]);
  expect((await getTasks(house.model(), { tenant })).tasks.map(({ task, customer, owner, overdue }) => [task, customer.name, owner, overdue])).toEqual([['T3', 'Well', 'jonas', true], ['T4', 'Well', 'jonas', false]]);
  expect((await getTasks(house.model(), { tenant, state: 'all', customer: 'worried' })).tasks.map(({ task, state, outcome }) => [task, state, outcome])).toEqual([['T2', 'dropped', null], ['T1', 'done', 'done']]);
  expect(await getTasks(house.model(), { tenant, owner: 'anna' })).toMatchObject({ tasks: [], more: 0 });
});

it('Recoveries and unread answers stand in it too; what a recovery deals with is listed once, and what was read or closed a moment ago is gone', async () => {
  const answer = (survey: string, score: number) => ['survey.responded', { survey, kind: 'nps', scale: '0-10', score }] as [string, Record<string, unknown>];
  const by = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const opened = ['recovery.opened', { recovery: 'R1', reasons: ['low-answer'], since: by(-1), owner: 'jonas', escalateTo: 'head', answer: { survey: 'V1', score: 2, kind: 'nps', min: 0, max: 10, bar: 7 }, clocks: [['look', -1], ['contact', 5], ['close', 40]].map(([clock, hours]) => ({ clock, minutes: 60, by: by(hours as number) })) }] as [string, Record<string, unknown>];
  await house.tell('asked', ['customer.registered', { name: 'Asked', owner: 'anna' }], answer('V1', 2), answer('V2', 9), opened);
  const found = async (owner?: string) => (await today(owner)).items.filter(({ id }) => id === 'asked').flatMap(({ parts: list }) => list.map(({ kind, id, what, owner: whose, because }) => [kind, id, what, whose, because.split('; ')[1]]));
  expect(await found()).toEqual([
    ['recovery', 'R1', 'Look at what went wrong', 'jonas', expect.stringMatching(/^its clock ran out 1 hour ago: urgency 10 of 10|^its clock ran out less than an hour ago: urgency 10 of 10/)],
    ['answer', 'V2', 'Read their answer: 9 (NPS)', 'anna', 'unread since today: urgency 1 of 10.']]);
  expect([(await found('jonas')).map(([kind]) => kind), (await found('anna')).map(([kind]) => kind)]).toEqual([['recovery'], ['answer']]);
  expect(await found('head')).toEqual([]);
  await house.tell('asked', ['recovery.escalated', { recovery: 'R1', clock: 'look', by: by(-1), owner: 'jonas', to: 'head' }]);
  expect(await found('head')).toEqual([['recovery', 'R1', 'Look at what went wrong', 'jonas', expect.stringMatching(/ ago, and it was escalated to head: urgency 10 of 10/)]]);
  expect((await found('jonas')).map(([kind]) => kind)).toEqual(['recovery']);
  // Only what may be theirs is read at all.
  const owners = ['anna', 'jonas', 'head', undefined];
  const readFor = (due: (sql: Sql, owner?: string) => Promise<DuePart[]>) => Promise.all(owners.map(async (owner) => (await house.reader.inTenant(tenant, (sql) => due(sql, owner))).map(({ id }) => id).sort()));
  expect(await readFor((sql, owner) => dueRecoveries(sql, tenant, new Date(), owner))).toEqual([[], ['R1'], ['R1'], ['R1']]);
  expect(await readFor((sql, owner) => dueAnswers(sql, tenant, new Date(), owner))).toEqual([['V2'], [], [], ['V2']]);
  await house.tell('asked', ['task.created', { task: 'T5', what: 'Theirs', dueOn: day(0) }], ['task.created', { task: 'T6', what: 'Named', dueOn: day(0), owner: 'jonas' }]);
  expect(await readFor((sql, owner) => dueTasks(sql, tenant, todayThere(), owner))).toEqual([['T5'], ['T6'], [], ['T5', 'T6']]);
  await house.tell('asked', ['task.done', { task: 'T5', outcome: 'done' }], ['task.done', { task: 'T6', outcome: 'done' }]);
  await house.tell('asked', ['recovery.acknowledged', { recovery: 'R1', worked: 3 }], ['survey.response-viewed', { survey: 'V2', viewer: 'anna' }]);
  expect((await found()).map(([kind, , what]) => [kind, what])).toEqual([['recovery', 'Talk with them about what went wrong']]);
  await house.tell('asked', ['survey.response-revised', { survey: 'V1', kind: 'nps', scale: '0-10', score: 2, wantsContact: true }]);
  expect((await found()).map(([kind, , what]) => [kind, what])).toEqual([['recovery', 'Talk with them about what went wrong, as they ask']]);
  await house.tell('asked', ['task.snoozed', { list: 'today', until: day(3) }], ['task.created', { task: 'T9', what: 'Hidden', dueOn: day(0) }]);
  expect((await found()).map(([kind]) => kind)).toEqual(['recovery']);
  await house.tell('asked', ['recovery.closed', { recovery: 'R1', worked: 9 }]);
  expect(await found()).toEqual([]);
});

it('No number of tasks that are put off keeps one that is due off the list', async () => {
  await house.tell('many', ['customer.registered', { name: 'Many' }], ['task.created', { task: 'T7', what: 'Soon', dueOn: day(5) }]);
  expect((await parts()).filter(([id]) => id === 'many')).toEqual([['many', ['T7']]]);
  await house.worker.statements((sql) => sql.query(
    `insert into touchline_read.task_1 (tenant, customer, entity, state, due_on, until, owner, task, facts, shown)
     select tenant, customer, 'put-off-' || n, state, $2, $3, owner, task || jsonb_build_object('task', 'put-off-' || n, 'dueOn', $2::text, 'until', $3::text), facts, shown
     from touchline_read.task_1, generate_series(1, 10001) as n where tenant = $1 and entity = 'T7'`, [tenant, day(0), day(2)]));
  expect((await parts()).filter(([id]) => id === 'many')).toEqual([['many', ['T7']]]);
  await house.worker.statements((sql) => sql.query(`delete from touchline_read.task_1 where entity like 'put-off-%'`));
});

it('A success plan has two ledgers, what is shown and what is only said, and what the customer says of our claims', async () => {
  const evidence = [{ source: 'product', id: 'u1' }];
  await house.tell('planned', ['customer.registered', { name: 'Planned' }], ['subscription.started', { subscription: 'S', recurring: { amount: 1_000, currency: 'EUR' }, interval: 'month' }], ['contact.added', { contact: 'ben', role: 'payer' }],
    ['goal.set', { goal: 'G1', whose: 'customer', dueOn: day(-1) }], ['goal.progressed', { goal: 'G1', percent: 40 }], ['goal.set', { goal: 'G2', whose: 'customer' }], ['goal.attained', { goal: 'G2', evidence }],
    ['goal.set', { goal: 'G3', whose: 'ours' }], ['goal.attained', { goal: 'G3' }], ['goal.set', { goal: 'G4', whose: 'customer' }], ['goal.attained', { goal: 'G4' }],
    ['goal.outcome-claimed', { outcome: 'W1', goal: 'G4' }], ['goal.outcome-confirmed', { outcome: 'W1', contact: 'ben', evidence }], ['goal.outcome-claimed', { outcome: 'W2' }], ['goal.outcome-rejected', { outcome: 'W2', contact: 'ben' }], ['goal.outcome-claimed', { outcome: 'W3', goal: 'G1' }]);
  await house.tell('aimless', ['customer.registered', { name: 'Aimless' }], ['subscription.started', { subscription: 'S', recurring: { amount: 9_000, currency: 'EUR' }, interval: 'month' }], ['goal.set', { goal: 'G9', whose: 'ours' }]);
  const plan = await getSuccessPlan(house.model(), { tenant, customer: 'planned' });
  expect(plan.ledgers).toEqual({
    theirs: { objectives: 3, open: 1, overdue: 1, missed: 0, attained: 2, declared: 0 }, ours: { objectives: 1, open: 0, overdue: 0, missed: 0, attained: 0, declared: 1 }, outcomes: { claimed: 1, confirmed: 1, disputed: 1 },
  });
  expect(plan.theirs.map(({ goal, percent, proof, outcomes }) => [goal, percent, proof, outcomes.map(({ outcome, state, contact }) => [outcome, state, contact?.id])])).toEqual([
    ['G1', 40, null, [['W3', 'claimed', undefined]]], ['G2', null, 'evidence', []], ['G4', null, 'evidence', [['W1', 'confirmed', 'ben']]]]);
  expect([plan.outcomes.map(({ outcome, state }) => [outcome, state]), plan.note]).toEqual([[['W2', 'disputed']], null]);
  const plans = await listSuccessPlans(house.model(), { tenant });
  expect(plans).toMatchObject({ customers: 3, withoutGoal: 1, theirs: { objectives: 4 }, ours: { objectives: 2 }, outcomes: { disputed: 1 }, more: 0 });
  expect(plans.items.map(({ id, without }) => [id, without])).toEqual([['aimless', true], ['planned', false], ['worried', false]]);
  expect((await listSuccessPlans(house.model(), { tenant, without: true })).items.map(({ id }) => id)).toEqual(['aimless']);
  await house.tell('planned', ['goal.outcome-confirmed', { outcome: 'W3' }]);
  expect((await getSuccessPlan(house.model(), { tenant, customer: 'planned' })).ledgers.outcomes).toEqual({ claimed: 0, confirmed: 2, disputed: 1 });
});
