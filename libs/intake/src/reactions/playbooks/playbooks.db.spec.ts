import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureTenant, Reactor } from '#event-store';
import { type DataFor, findType, tasksOf } from '#journey';
import { openIntake, tenant } from '../../testing/open-intake.js';
import { validateData } from '../../record-events/validate-data.js';
import { playbooks } from './playbooks.js';

const DAY = 86_400_000;
/** A Friday, in working hours, after whatever is recorded now. */
const FRIDAY = Date.parse('2030-11-22T10:00:00Z');

describe('Playbooks', () => {
  let house: Awaited<ReturnType<typeof openIntake>>;
  let clock: number;
  let told: number;
  const running: Reactor[] = [];
  const warnings: string[] = [];

  beforeEach(async () => {
    house = await openIntake();
    await ensureTenant(house.worker, tenant, 'Europe/Berlin');
    [clock, told] = [FRIDAY, 0];
    warnings.length = 0;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((reactor) => reactor.stop()));
    await house.close();
  });

  const reactor = async () => {
    const check = ({ type, data }: { type: string; data: Record<string, unknown> }) => { if (validateData(type, findType(type)!.version, data, '/data', 5)) throw new Error(`${type} does not fit`); };
    const made = new Reactor({ worker: house.worker, store: house.store, reactions: [playbooks], check, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`), now: () => new Date(clock) });
    running.push(made);
    await made.start();
    await made.look();
    return made;
  };
  const append = async (category: string, id: string, type: string, data: Record<string, unknown>, at = new Date().toISOString()) => {
    const n = `p${told += 1}`;
    const [verdict] = await house.store.append([{ stream: { tenant, category, id }, expected: 'any', events: [{ source: 'test', id: n, type, version: findType(type)!.version, occurredAt: at, observedAt: at, actor: { kind: 'system', id: 'test' }, data, bodyHash: n }] }]);
    expect(verdict!.status).toBe('appended');
    return n;
  };
  const began = (customer: string, more: object = {}) => append('insight', customer, 'insight.condition-changed', { customer, condition: 'silence', state: 'began', day: '2026-11-20', say: 'quiet', evidence: [], cause: { kind: 'time' }, ...more });
  const decided = (type: 'playbook.set' | 'playbook.stopped', data: object) => append('playbook', 'playbooks', type, { reason: 'try', ...data });
  const mine = (more: Partial<DataFor<'playbook.set'>> = {}) => decided('playbook.set', { playbook: 'mine', label: 'Mine', when: { kind: 'condition', condition: 'silence' }, tasks: [{ step: 'a', what: 'One', dueInWorkingDays: 1 }, { step: 'b', what: 'Two', dueInWorkingDays: 2, owner: 'jonas' }], ...more });
  const tasks = async (customer = 'c1') => [...tasksOf(await house.stream(customer)).values()];
  const names = async (customer?: string) => (await tasks(customer)).map(({ playbook, step, dueOn }) => `${playbook}.${step} ${dueOn}`);

  it('make their tasks once, with who asked for them and why, whoever looks and however often', async () => {
    const [one, other] = [await reactor(), await reactor()];
    await mine();
    const id = await began('c1');
    await Promise.all([one.look(), other.look()]);
    await one.look();
    expect(await names()).toEqual(['silence.call 2030-11-29', 'mine.a 2030-11-25', 'mine.b 2030-11-26']);
    expect((await tasks()).map(({ because, owner, createdBy }) => [because, owner, createdBy])[2]).toEqual([{ source: 'test', id }, 'jonas', 'touchline:playbooks']);
    expect(warnings).toEqual([]);
  });

  it('make none while the same is open, and again when it is done and it happens anew', async () => {
    const one = await reactor();
    await began('c1');
    await began('c1');
    await one.look();
    expect(await names()).toEqual(['silence.call 2030-11-29']);
    await append('customer', 'c1', 'task.done', { task: (await tasks())[0]!.task, outcome: 'reached' });
    await began('c1');
    await one.look();
    expect((await tasks()).map(({ state }) => state)).toEqual(['done', 'open']);
  });

  it('are for their segments, and none when they were stopped, when it ended, or when nothing got worse', async () => {
    const one = await reactor();
    await mine({ segments: ['enterprise'] });
    await decided('playbook.stopped', { playbook: 'silence' });
    await append('customer', 'c1', 'customer.registered', { name: 'One', segment: 'small' });
    await append('customer', 'c2', 'customer.registered', { name: 'Two', segment: 'enterprise' });
    for (const customer of ['c1', 'c2']) {
      await began(customer);
      await began(customer, { condition: 'sponsor-gone', state: 'ended' });
      await append('insight', customer, 'insight.churn-risk-changed', { customer, from: 0.4, to: 0.1, horizon: '90', model: 'prior', cause: { kind: 'time' } });
    }
    await one.look();
    expect([await names('c1'), await names('c2')]).toEqual([[], ['mine.a 2030-11-25', 'mine.b 2030-11-26']]);
  });

  it('of an unread answer wait for working days, and make nothing of one that was read, revised or taken back', async () => {
    const one = await reactor();
    const answer = (customer: string, survey: string) => append('customer', customer, 'survey.responded', { survey, instrument: { kind: 'nps', min: 0, max: 10 }, score: 3 });
    await mine({ playbook: 'answer-unread', when: { kind: 'answer-unread', workingDays: 2 }, tasks: [{ step: 'read', what: 'Read it', dueInWorkingDays: 0, owner: 'lead' }] });
    await mine({ playbook: 'later', when: { kind: 'answer-unread', workingDays: 12 }, tasks: [{ step: 'read', what: 'Read it now', dueInWorkingDays: 0 }] });
    const now = Date.now();
    clock = now;
    await answer('c1', 'V1');
    await answer('c2', 'V2');
    await append('customer', 'c2', 'survey.response-viewed', { survey: 'V2', viewer: 'mara' });
    const wrong = await answer('c3', 'V3');
    await append('customer', 'c3', 'record.retracted', { events: [{ source: 'test', id: wrong }], reason: 'slip' });
    await answer('c4', 'V4');
    await append('customer', 'c4', 'survey.response-revised', { survey: 'V4', instrument: { kind: 'nps', min: 0, max: 10 }, score: 9 });
    await one.look();
    expect((await Promise.all(['c1', 'c2', 'c3', 'c4'].map(names))).flat()).toEqual([]);
    clock = now + 7 * DAY;
    await one.look();
    expect((await Promise.all(['c1', 'c2', 'c3', 'c4'].map(tasks))).map((list) => list.map(({ playbook, cause }) => [playbook, cause]))).toEqual([[['answer-unread', 'answer']], [], [], [['answer-unread', 'answer']]]);
    clock = now + 30 * DAY;
    await one.look();
    expect((await Promise.all(['c1', 'c2', 'c3', 'c4'].map(tasks))).map((list) => list.map(({ playbook }) => playbook))).toEqual([['answer-unread', 'later'], [], [], ['answer-unread', 'later']]);
    expect(warnings).toEqual([]);
  });

  it('of what was taken back before it is their turn make nothing', async () => {
    const one = await reactor();
    await mine({ when: { kind: 'recovery-escalated' } });
    const escalated = (customer: string) => append('customer', customer, 'recovery.escalated', { recovery: 'R1', clock: 'look', by: '2026-11-20T10:00:00Z' });
    await escalated('c1');
    const wrong = await escalated('c2');
    await append('customer', 'c2', 'record.retracted', { events: [{ source: 'test', id: wrong }], reason: 'slip' });
    await one.look();
    expect([(await names('c1')).length, await names('c2')]).toEqual([2, []]);
  });

  it('are asked of who stands for a merged customer, and hear nothing of history', async () => {
    const one = await reactor();
    await append('customer', 'c1', 'customer.registered', { name: 'One' });
    await append('customer', 'part', 'customer.registered', { name: 'Part' });
    await append('customer', 'part', 'customer.merged', { into: 'c1' });
    await began('part');
    await append('customer', 'c2', 'survey.responded', { survey: 'old', instrument: { kind: 'nps', min: 0, max: 10 }, score: 1 }, new Date(Date.now() - 9 * DAY).toISOString());
    await one.look();
    clock += 30 * DAY;
    await one.look();
    expect([await names('c1'), await names('part'), await names('c2')]).toEqual([['silence.call 2030-11-29'], [], []]);
  });
});
