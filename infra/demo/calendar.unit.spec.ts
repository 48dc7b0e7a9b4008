import { describe, expect, it } from '@jest/globals';
import { at, calendarOf } from './calendar.js';
import { diaryOf } from './diary.js';

const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const calendar = calendarOf('2026-11-23', 'Europe/Berlin');
const isWorkday = (date: string) => calendar.isWorkday(dayNumber(date));

describe('The calendar of the demo', () => {
  it('knows weekends, Easter, and other days when nobody is in', () => {
    expect(['2026-04-02', '2026-04-07', '2026-05-15', '2026-12-28'].map(isWorkday)).toEqual(Array(4).fill(true));
    expect(['2026-04-03', '2026-04-06', '2026-05-14', '2026-05-25', '2026-12-24', '2026-11-22', '2025-04-21', '2024-05-09'].map(isWorkday)).toEqual(Array(8).fill(false));
    expect(calendar.date(calendar.workdayAt(dayNumber('2026-04-06')))).toBe('2026-04-02');
  });

  it('counts office hours across nights and weekends', () => {
    const plus = (date: string, hour: number, hours: number) => calendar.iso(calendar.plusWork(at(dayNumber(date), hour), hours));
    expect(plus('2026-11-20', 17, 0.5)).toBe('2026-11-20T16:30:00.000Z');
    expect(plus('2026-11-20', 17, 2)).toBe('2026-11-23T08:00:00.000Z');
    expect(plus('2026-11-21', 12, 11)).toBe('2026-11-24T08:00:00.000Z');
  });

  it('tells the time of the office, in summer and in winter', () => {
    expect([calendar.iso(at(dayNumber('2026-07-01'), 9)), calendar.iso(at(dayNumber('2026-12-01'), 9))]).toEqual(['2026-07-01T07:00:00.000Z', '2026-12-01T08:00:00.000Z']);
  });

  it('ends a month where it ends', () => {
    const plus = (date: string, months: number) => calendar.date(calendar.plusMonths(dayNumber(date), months));
    expect([plus('2026-01-31', 1), plus('2028-01-31', 1), plus('2026-11-30', -9), plus('2026-11-23', 14)]).toEqual(['2026-02-28', '2028-02-29', '2026-02-28', '2028-01-23']);
  });
});

describe('The diary of a customer', () => {
  it('keeps what had happened and was known by the end, and nothing later', () => {
    const end = dayNumber('2026-11-20');
    const { tell, events } = diaryOf({ system: 'crm', id: 'C-1' }, calendar, end);
    tell('ticket.closed', at(end, 17), 'in-time', { ticket: 'T-1' });
    tell('ticket.closed', at(end + 1, 9), 'too-late', { ticket: 'T-2' });
    tell('ticket.closed', at(end, 17), 'known-too-late', { ticket: 'T-3' }, { known: at(end + 2, 9) });
    expect(events).toEqual([{
      id: 'C-1.in-time', source: 'helpdesk', type: 'ticket.closed', time: '2026-11-20T16:00:00.000Z', observedAt: '2026-11-20T16:00:00.000Z',
      customer: { system: 'crm', id: 'C-1' }, data: { ticket: 'T-1' },
    }]);
  });
});
