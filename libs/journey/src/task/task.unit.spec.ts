import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '../envelope.js';
import { decideTask, type TaskCommand } from './decide-task.js';
import { tasksOf } from './task.js';

const fact = (n: number, type: string, data: Record<string, unknown>, at = n): JourneyEvent => {
  const instant = new Date(Date.UTC(2026, 10, 1, 0, at)).toISOString();
  return { source: 'test', id: `e${n}`, position: `1.${n}`, stream: { tenant: 'acme', category: 'customer', id: 'c1' }, revision: n, type, version: 1, occurredAt: instant, observedAt: instant, recordedAt: instant, witnessed: true, actor: { kind: 'person', id: 'mara' }, data };
};
const created = (task: string, more: object = {}) => ({ task, what: 'Call', dueOn: '2026-11-04', ...more });
const standing = (...facts: JourneyEvent[]) => tasksOf(facts);

describe('A task', () => {
  it('is open until it is done or dropped, and stays what it then was', () => {
    expect(standing(fact(1, 'task.created', created('A')), fact(2, 'task.snoozed', { task: 'A', until: '2026-11-09' })).get('A')).toMatchObject({ state: 'open', until: '2026-11-09', owner: null, createdBy: 'mara' });
    expect(standing(fact(1, 'task.created', created('A')), fact(2, 'task.done', { task: 'A', outcome: 'reached' }), fact(3, 'task.dropped', { task: 'A', reason: 'no' })).get('A')).toMatchObject({ state: 'done', outcome: 'reached', reason: null });
    expect(standing(fact(1, 'task.created', created('A')), fact(2, 'task.dropped', { task: 'A', reason: 'no' })).get('A')).toMatchObject({ state: 'dropped', reason: 'no', endedBy: 'mara' });
  });

  it('whose end is dated before its creation has ended; one that nobody created is none, and a list is none', () => {
    expect(standing(fact(1, 'task.done', { task: 'A', outcome: 'reached' }), fact(2, 'task.created', created('A'))).get('A')).toMatchObject({ state: 'done' });
    expect([...standing(fact(1, 'task.done', { task: 'B', outcome: 'reached' }), fact(2, 'task.done', { list: 'today', outcome: 'reached' })).keys()]).toEqual([]);
  });

  it('is done, put off or dropped only while it is open', () => {
    const [none, open, done] = [standing(), standing(fact(1, 'task.created', created('A'))), standing(fact(1, 'task.created', created('A')), fact(2, 'task.done', { task: 'A', outcome: 'reached' }))];
    const commands: TaskCommand[] = [{ do: 'done', task: 'A', outcome: 'reached' }, { do: 'snooze', task: 'A', until: '2026-12-01' }, { do: 'drop', task: 'A', reason: 'no' }];
    for (const command of commands) {
      expect(decideTask(command, none)).toMatchObject({ refused: 'task-unknown' });
      expect(decideTask(command, done)).toMatchObject({ refused: 'task-closed' });
    }
    expect(commands.map((command) => decideTask(command, open))).toEqual([
      { type: 'task.done', data: { task: 'A', outcome: 'reached' } }, { type: 'task.snoozed', data: { task: 'A', until: '2026-12-01' } }, { type: 'task.dropped', data: { task: 'A', reason: 'no' } }]);
  });

  it('is never created twice, nor beside an open one of the same step of a playbook, whatever is asked for', () => {
    const command = fc.oneof(
      fc.record({ do: fc.constant('create' as const), task: fc.constantFrom('A', 'B', 'C', 'D'), what: fc.constant('Call'), dueOn: fc.constant('2026-11-04'), playbook: fc.constantFrom('p', 'q'), step: fc.constantFrom('x', 'y') }),
      fc.record({ do: fc.constant('done' as const), task: fc.constantFrom('A', 'B', 'C', 'D'), outcome: fc.constant('reached') }),
      fc.record({ do: fc.constant('drop' as const), task: fc.constantFrom('A', 'B', 'C', 'D'), reason: fc.constant('no') }));
    fc.assert(fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const facts: JourneyEvent[] = [];
      for (const each of commands) {
        const decided = decideTask(each, tasksOf(facts));
        if (!('refused' in decided)) facts.push(fact(facts.length + 1, decided.type, { ...decided.data }));
        const tasks = tasksOf(facts);
        const open = [...tasks.values()].filter(({ state }) => state === 'open').map(({ playbook, step }) => `${playbook}/${step}`);
        expect(new Set(open).size).toBe(open.length);
      }
      const creations = facts.filter(({ type }) => type === 'task.created').map(({ data }) => data['task']);
      expect(new Set(creations).size).toBe(creations.length);
    }));
  });
});
