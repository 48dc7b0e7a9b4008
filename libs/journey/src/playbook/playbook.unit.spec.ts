import { describe, expect, it } from '@jest/globals';
import { contradictionsIn, upcast } from '../upcast.js';
import type { JourneyEvent } from '../envelope.js';
import { findType } from '../catalogue.js';
import { segmentIn } from '../said-of.js';
import { tasksOf } from '../task/task.js';
import { usualWeek } from '../working-time/calendar.js';
import { builtInPlaybooks, playbooksAfter } from './playbooks.js';
import { answering, causeOf, playbookCauses, tasksFor } from './tasks-for.js';

const told = (n: number, type: string, data: Record<string, unknown>, stream = 'c1'): JourneyEvent => {
  const instant = new Date(Date.UTC(2026, 10, 20, 9, n)).toISOString();
  return { source: 'test', id: `e${n}`, position: `1.${n}`, stream: { tenant: 'acme', category: 'customer', id: stream }, revision: n, type, version: findType(type)?.version ?? 1, occurredAt: instant, observedAt: instant, recordedAt: instant, witnessed: true, actor: { kind: 'person', id: 'mara' }, data };
};
const calendar = { timeZone: 'UTC', week: usualWeek, holidays: [] };
const when = { tasks: tasksOf([]), today: '2026-11-20', calendar };
const own = (n: number, more: object = {}) => told(n, 'playbook.set', { playbook: 'mine', label: 'Mine', when: { kind: 'risk-up' }, tasks: [{ step: 'a', what: 'One', dueInWorkingDays: 1 }, { step: 'b', what: 'Two', dueInWorkingDays: 2, owner: 'jonas' }], reason: 'try', ...more });

describe('Playbooks', () => {
  it('that are built in are as the catalogue wants them, and answer what is computed', () => {
    for (const { playbook, label, when: answers, tasks } of builtInPlaybooks) expect(contradictionsIn('playbook.set', 1, { playbook, label, when: answers, tasks, reason: 'ours' })).toEqual([]);
    expect(new Set(builtInPlaybooks.map(({ when: { kind } }) => kind))).toEqual(new Set(['risk-up', 'band-fell', 'condition']));
  });

  it('are those that were set last, but those that were stopped; a built-in one is changed under its own id', () => {
    expect(playbooksAfter([]).every(({ running, builtIn }) => running && builtIn)).toBe(true);
    const after = playbooksAfter([own(1), own(2, { label: 'Newer' }), told(3, 'playbook.stopped', { playbook: 'silence', reason: 'x' }), told(4, 'playbook.stopped', { playbook: 'nobody', reason: 'x' }), own(5, { playbook: 'risk-up' })]);
    expect(after.filter(({ playbook }) => playbook === 'mine')).toMatchObject([{ label: 'Newer', running: true, builtIn: false }]);
    expect(after.find(({ playbook }) => playbook === 'silence')).toMatchObject({ running: false });
    expect(after.filter(({ playbook }) => playbook === 'risk-up')).toMatchObject([{ builtIn: false, label: 'Mine' }]);
    expect(playbooksAfter([told(1, 'playbook.stopped', { playbook: 'mine', reason: 'x' }), own(2), told(3, 'playbook.stopped', { playbook: 'mine', reason: 'x' }), own(4)]).find(({ playbook }) => playbook === 'mine')!.running).toBe(true);
  });

  it('answer what got worse or began, and nothing that got better', () => {
    expect(playbookCauses.map((type) => causeOf({ type, data: { from: 0.1, to: 0.2, state: 'began', condition: 'silence' } })?.kind)).toEqual(['risk-up', undefined, 'condition', 'recovery-escalated', 'answer-unread', 'answer-unread']);
    expect(causeOf({ type: 'insight.churn-risk-changed', data: { from: 0.2, to: 0.1 } })).toBeNull();
    const band = (from: string, to: string) => causeOf({ type: 'insight.health-band-changed', data: { from, to } })?.kind ?? null;
    expect([band('healthy', 'watch'), band('watch', 'at-risk'), band('watch', 'healthy'), band('unknown', 'watch'), band('healthy', 'unknown')]).toEqual(['band-fell', 'band-fell', null, null, null]);
    expect(causeOf({ type: 'insight.condition-changed', data: { state: 'ended', condition: 'silence' } })).toBeNull();
    expect(causeOf({ type: 'ticket.opened', data: {} })).toBeNull();
  });

  it('are for customers of their segments, as the customer itself has it', () => {
    const some = playbooksAfter([own(1, { segments: ['enterprise'] })]).filter(({ builtIn }) => !builtIn);
    expect([answering(some, { kind: 'risk-up' }, 'enterprise').length, answering(some, { kind: 'risk-up' }, 'small').length, answering(some, { kind: 'risk-up' }, null).length, answering(some, { kind: 'band-fell' }, 'enterprise').length]).toEqual([1, 0, 0, 0]);
    expect(answering(builtInPlaybooks, { kind: 'condition', condition: 'silence' }, null).map(({ playbook }) => playbook)).toEqual(['silence']);
    const story = [told(1, 'customer.registered', { name: 'A', segment: 'enterprise' }), told(2, 'customer.profile-changed', { size: 3 }), told(3, 'customer.registered', { name: 'B', segment: 'small' }, 'c2')];
    expect([segmentIn(story, 'c1'), segmentIn(story, 'c2'), segmentIn(story.slice(2), 'c1'), segmentIn([], 'c1')]).toEqual(['enterprise', 'small', 'small', null]);
  });

  it('make a task of each step, due on a working day, once per fact and not while the same one is open', () => {
    const playbooks = playbooksAfter([own(1)]).filter(({ builtIn }) => !builtIn);
    const first = tasksFor(told(7, 'insight.churn-risk-changed', {}), playbooks, when);
    expect(first.map(({ data }) => [data['task'], data['dueOn'], data['owner'], data['cause'], data['because']])).toEqual([
      ['mine.a.7', '2026-11-23', undefined, 'risk', { source: 'test', id: 'e7' }], ['mine.b.7', '2026-11-24', 'jonas', 'risk', { source: 'test', id: 'e7' }]]);
    const facts = first.map(({ type, data }, place) => upcast(told(10 + place, type, data)));
    expect(tasksFor(told(8, 'insight.churn-risk-changed', {}), playbooks, { ...when, tasks: tasksOf(facts) })).toEqual([]);
    const done = [...facts, told(20, 'task.done', { task: 'mine.a.7', outcome: 'reached' })];
    expect(tasksFor(told(7, 'insight.churn-risk-changed', {}), playbooks, { ...when, tasks: tasksOf(done) })).toEqual([]);
    expect(tasksFor(told(8, 'insight.churn-risk-changed', {}), playbooks, { ...when, tasks: tasksOf(done) }).map(({ data }) => data['task'])).toEqual(['mine.a.8']);
  });
});
