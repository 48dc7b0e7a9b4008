import { findType, formatPosition, type JourneyEvent } from '#journey';
import { dateOfDay, dayCounter, dayOfDate } from '../day.js';

export const utc = dayCounter('UTC');

/** The day all tests look from: a Monday. */
export const TODAY = dayOfDate('2026-11-23');

/** A date some days before today. */
export const ago = (days: number): string => dateOfDay(TODAY - days);

/** A fact some days ago (at noon, or `at` hours), with the next free position unless `n` says otherwise. */
export function fact(type: string, days: number, data: Record<string, unknown>, more: { n?: number; at?: number } & Partial<JourneyEvent> = {}): JourneyEvent {
  const { n = ++lastPosition, at = 12, ...rest } = more;
  const instant = new Date((TODAY - days) * 86_400_000 + at * 3_600_000).toISOString();
  return {
    source: 'test', id: `e${n}`, position: formatPosition(1, n), stream: { tenant: 'acme', category: 'customer', id: 'c1' }, revision: n, type, version: findType(type)?.version ?? 1,
    occurredAt: instant, observedAt: instant, recordedAt: instant, witnessed: true, actor: { kind: 'system', id: 'test' }, data, ...rest,
  };
}

let lastPosition = 1000;
