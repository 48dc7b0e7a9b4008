import { type Ticket, ticketOf } from '#insight';
import { familyOf } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';

/** One ticket. Times are RFC 3339. */
export interface TicketRow extends Record<string, unknown> {
  readonly queue: string | null;
  readonly category: string | null;
  readonly priority: string | null;
  readonly agent: string | null;
  readonly contact: string | null;
  readonly opened_at: string | null;
  readonly responded_at: string | null;
  readonly resolved_at: string | null;
  readonly ever_resolved: boolean;
  /** Stretches in which its clock ran. */
  readonly running: Ticket['running'];
  readonly reopened: number;
  readonly escalated: number;
  readonly missed: readonly string[];
  /** The first fact about it: when it is counted, where nobody told that it was opened. */
  readonly first_at: string;
}

/** Every ticket that any fact speaks of: one row. */
export const ticketsTable: EntityTable<TicketRow> = {
  name: 'ticket', version: 1,
  columns: {
    queue: 'text', category: 'text', priority: 'text', agent: 'text', contact: 'text', opened_at: 'timestamptz', responded_at: 'timestamptz', resolved_at: 'timestamptz', ever_resolved: 'boolean',
    running: 'jsonb', reopened: 'integer', escalated: 'integer', missed: 'jsonb', first_at: 'timestamptz',
  },
  indexes: ['first_at'],
  entityOf: ({ type, data }) => (familyOf(type) === 'ticket' ? String(data['ticket']) : null),
  rowOf(facts) {
    if (facts.length === 0) return null;
    const { opened, responded, resolved, everResolved, ...ticket } = ticketOf(facts);
    return { ...ticket, opened_at: opened, responded_at: responded, resolved_at: resolved, ever_resolved: everResolved, first_at: opened ?? facts[0]!.occurredAt };
  },
};

export const ticketIn = ({ opened_at, responded_at, resolved_at, ever_resolved, ...row }: TicketRow): Ticket => (
  { queue: row.queue, category: row.category, priority: row.priority, agent: row.agent, contact: row.contact, opened: opened_at, responded: responded_at, resolved: resolved_at, everResolved: ever_resolved, running: row.running, reopened: row.reopened, escalated: row.escalated, missed: row.missed });
