import { type Outage, outageOf } from '#insight';
import { familyOf } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';

/** One outage at one customer. Times are RFC 3339. */
export interface OutageRow extends Record<string, unknown> {
  readonly service: string | null;
  readonly started_at: string;
  readonly detected_at: string;
  readonly first_report_at: string | null;
  readonly workaround_at: string | null;
  readonly resolved_at: string | null;
  readonly messages: readonly string[];
  readonly etas: readonly string[];
}

/** Every outage at every customer that it hit: one row. */
export const outagesTable: EntityTable<OutageRow> = {
  name: 'outage', version: 2,
  columns: {
    service: 'text', started_at: 'timestamptz', detected_at: 'timestamptz', first_report_at: 'timestamptz', workaround_at: 'timestamptz', resolved_at: 'timestamptz', messages: 'jsonb', etas: 'jsonb',
  },
  indexes: ['started_at'],
  entityOf: ({ type, data }) => (familyOf(type) === 'outage' ? String(data['outage']) : null),
  rowOf(facts) {
    const outage = outageOf(facts);
    return outage && {
      service: outage.service, started_at: outage.startedAt, detected_at: outage.detectedAt, first_report_at: outage.firstReport, workaround_at: outage.workaround,
      resolved_at: outage.resolved, messages: outage.messages, etas: outage.etas,
    };
  },
};

export const outageIn = (row: OutageRow): Outage => ({
  service: row.service, startedAt: row.started_at, detectedAt: row.detected_at, firstReport: row.first_report_at, workaround: row.workaround_at, resolved: row.resolved_at, messages: row.messages, etas: row.etas,
});
