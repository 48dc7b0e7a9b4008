import type { Sql } from '#event-store';
import { type DataFor, KAFKA_OUT, type Position } from '#journey';
import type { PublicStream } from '../public-event/public-event.js';

type Decided = DataFor<'kafkaout.set'>;

export interface KafkaOutSettings extends Pick<Decided, 'relay' | 'mode' | 'partitions'> {
  readonly tenant: string;
  /** Off: nothing is sent, and the relay keeps its place. */
  readonly on: boolean;
  readonly streams: readonly PublicStream[];
  /** null: for ever. */
  readonly retentionDays: number | null;
  /** null: at the beginning. */
  readonly start: Position | null;
}

/** Of the tenants that have decided about Kafka, or of one of them; by one look at an index per tenant. `sql` as the worker role. */
export async function kafkaOutSettings(sql: Sql, tenant: string | null = null): Promise<KafkaOutSettings[]> {
  const rows = await sql.query<{ tenant: string; data: Decided }>(
    `select tenant.id as tenant, newest.data from tenant
       cross join lateral (select data from log where log.tenant = tenant.id and category = $1 and stream = $2 order by revision desc limit 1) as newest
     where $3::text is null or tenant.id = $3 order by tenant.id`, [KAFKA_OUT.category, KAFKA_OUT.id, tenant], 'kafka_out_settings');
  return rows.map(({ tenant: id, data: { on, relay, streams, mode, partitions, retentionDays = null, start = null } }) =>
    ({ tenant: id, on, relay, streams, mode, partitions, retentionDays, start: start as Position | null }));
}
