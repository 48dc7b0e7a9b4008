import { dayCounter, dateOfDay, dayOfDate } from '#insight';
import { findType, formatPosition, type JourneyEvent } from '#journey';
import type { Calendar } from '../tenant.js';

export const TODAY = dayOfDate('2026-11-23');

export const calendar: Calendar = {
  timeZone: 'UTC', dayOf: dayCounter('UTC'), now: '2026-11-23T12:00:00.000Z', today: { date: '2026-11-23', day: TODAY, pinned: false, timeZone: 'UTC' },
};

/** A date some days before today. */
export const ago = (days: number): string => dateOfDay(TODAY - days);

/** Facts of one customer as (days ago, type, data), each at nine o'clock, earliest first. */
export function told(...facts: [days: number, type: string, data?: Record<string, unknown>][]): JourneyEvent[] {
  return facts.map(([days, type, data = {}], index) => {
    const instant = `${ago(days)}T09:00:00.000Z`;
    return {
      source: 'test', id: `e${index}`, position: formatPosition(1, index + 1), stream: { tenant: 'acme', category: 'customer', id: 'c1' }, revision: index, type,
      version: findType(type)?.version ?? 1, occurredAt: instant, observedAt: instant, recordedAt: instant, witnessed: true, actor: { kind: 'person', id: 'anna' }, data,
    };
  });
}
