import type { JourneyEvent } from '../../envelope.js';

const START = Date.parse('2026-03-02T08:00:00Z');

/** The moment so many hours after Monday, 2 March 2026, 8:00 in UTC. */
export const hour = (hours: number): string => new Date(START + hours * 3_600_000).toISOString();

let last = 0;

/** A fact of the customer `c`, so many hours after the start. */
export function told(type: string, hours: number, data: Record<string, unknown>, more: Partial<JourneyEvent> = {}): JourneyEvent {
  const n = (last += 1);
  const at = hour(hours);
  return {
    position: `1.${n}`, revision: n, stream: { tenant: 't', category: 'customer', id: 'c' }, source: 'helpdesk', id: `e-${n}`, type, version: 1, occurredAt: at, observedAt: at, recordedAt: at,
    witnessed: true, actor: { kind: 'system', id: 'helpdesk' }, data, ...more,
  };
}

const csat = { kind: 'csat', min: 1, max: 5, name: 'after-ticket' };

/** An answer, of 1 to 5. */
export const answered = (hours: number, score: number, data: object = {}, type = 'survey.responded'): JourneyEvent => told(type, hours, { survey: 'V-1', instrument: csat, score, contact: 'ines', ticket: 'T-1', ...data });
