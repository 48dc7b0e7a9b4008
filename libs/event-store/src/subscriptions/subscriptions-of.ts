import type { Database } from '../postgres/database.js';
import type { SubscriptionKey } from './rows.js';

/** How far one subscription has come. */
export interface SubscriptionProgress extends SubscriptionKey {
  /** Number of the log position up to which the other side was told. */
  readonly position: number;
  /** Positions behind the end of the log, of whatever tenant: an upper bound of the events behind. */
  readonly behind: number;
  /** Age of the oldest event of its tenant that it has not looked at yet. */
  readonly lagSeconds: number;
  /** Whether a worker that is alive follows it. */
  readonly followed: boolean;
  /** Of the last attempt, while attempts fail. */
  readonly failure: { readonly text: string; readonly at: string; readonly attempts: number } | null;
}

interface Row { kind: string; tenant: string; id: string; position: string; head: string; lag: string | null; followed: boolean; failure: string | null; failed_at: Date; failures: number }

/** Every subscription that is to be followed, of one tenant or of all. */
export async function subscriptionsOf(worker: Database, tenant: string | null = null): Promise<SubscriptionProgress[]> {
  const rows = await worker.statements((sql) => sql.query<Row>(
    `select s.*, log_horizon() as head, coalesce(w.expires_at > clock_timestamp(), false) as followed,
       (select extract(epoch from clock_timestamp() - recorded_at) from log where log.position > s.position and log.tenant = s.tenant order by log.position limit 1) as lag
     from subscription as s left join projection_worker as w on w.owner = s.owner where not s.resting and ($1::text is null or s.tenant = $1) order by kind, s.tenant, id`, [tenant]));
  return rows.map(({ kind, tenant, id, position, head, lag, followed, failure, failed_at: at, failures: attempts }) => ({
    kind, tenant, id, position: Number(position), behind: Math.max(0, Number(head) - Number(position)), lagSeconds: Math.max(0, Number(lag ?? 0)), followed,
    failure: failure === null ? null : { text: failure, at: at.toISOString(), attempts },
  }));
}
