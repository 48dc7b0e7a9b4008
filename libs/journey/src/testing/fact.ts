import { type JourneyEvent, formatPosition } from '../envelope.js';

/** A fact of one customer, an hour after the one before it. */
export function fact(n: number, type: string, data: Record<string, unknown>): JourneyEvent {
  const at = new Date(Date.UTC(2026, 0, 1, n)).toISOString();
  return {
    source: 'test', id: `e${n}`, position: formatPosition(1, n), stream: { tenant: 'acme', category: 'customer', id: 'c1' }, revision: n, version: 1, type,
    occurredAt: at, observedAt: at, recordedAt: at, witnessed: true, actor: { kind: 'person', id: 'mara' }, data,
  };
}
