import { describe, expect, it } from '@jest/globals';
import type { DepartmentFigures, FeedbackLine, RecoveryItem } from '#read-model';
import { departmentsView } from './feedback-view.js';
import { workView } from './work-view.js';

describe('A page that shows the first of many', () => {
  it('says so of feedback, and never that nothing is open where something is', () => {
    const wait = { median: null, p90: null };
    const department = (id: string, open: number) => ({ id, name: id, owner: null, answerWithinHours: null, routed: open, open, overdue: 0, answered: 0, declined: 0, toAccept: wait, toAnswer: wait }) as unknown as DepartmentFigures;
    const line = { feedback: 'F-1', customer: { id: 'c', name: 'Tern' }, step: 'raised', what: 'A lift', department: null, workingMinutes: null, overdue: false, raisedAt: '2026-11-26T11:00:00Z' } as FeedbackLine;
    const shown = (open: number, more: number) => departmentsView({ departments: [department('product', open)], unrouted: 1, untold: 0 } as never, { feedback: [line], more }, 'UTC').text;
    expect(shown(3, 3)).toMatch(/The 1 oldest are below; 3 more are not[^]*What is open here is not among the oldest/);
    expect([shown(3, 3).includes('Nothing is open here'), shown(0, 0).includes('Nothing is open here'), shown(0, 0).includes('oldest')]).toEqual([false, true, false]);
  });

  it('says so of recoveries and tasks', () => {
    const recovery = { id: 'R-1', next: null, overdue: false, owner: null } as unknown as RecoveryItem;
    const tasks = (more: number) => ({ tasks: [], today: { date: '2026-11-26', day: 20_783, timeZone: 'UTC' }, more }) as never;
    const shown = (next: string | null, more = 0) => workView(tasks(more), { recoveries: [recovery], next }, { customer: 'c', noted: undefined, mayWrite: false }).text;
    expect(shown('2026~R-1')).toContain('More recoveries are open than the 1 that have waited longest');
    expect([shown(null).includes('More recoveries'), shown(null, 2).includes('2 more tasks.')]).toEqual([false, true]);
  });
});
