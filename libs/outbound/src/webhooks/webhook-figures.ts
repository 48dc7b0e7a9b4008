import type { Database } from '#event-store';

/** What an operator watches of all webhooks together. */
export interface WebhookFigures {
  readonly endpoints: number;
  /** Endpoints whose last attempt failed, and such as were disabled because their receiver is gone. */
  readonly failing: number;
  readonly gone: number;
  /** Facts on their way to endpoints that do well. */
  readonly waiting: number;
  /** For how long the first of them that is due has waited to be sent. One that was refused is due when it is tried again; one behind another, when that is over. */
  readonly oldestSeconds: number;
}

/** In one statement. What waits for an endpoint that fails, or rests, says nothing but that it does. */
export async function webhookFigures(worker: Database): Promise<WebhookFigures> {
  const [row] = await worker.statements((sql) => sql.query<WebhookFigures>(
    `select count(*)::int as endpoints, count(*) filter (where enabled and failures > 0)::int as failing, count(*) filter (where not enabled and disabled_because is not null)::int as gone,
       coalesce(sum(waiting), 0)::int as waiting, coalesce(extract(epoch from clock_timestamp() - min(first)), 0)::float8 as "oldestSeconds"
     from webhook_endpoint as e left join lateral (
       select count(*) as waiting, min(next_at) filter (where next_at <= clock_timestamp() and (held_until is null or held_until <= clock_timestamp())) as first from webhook_delivery as d
       where e.enabled and e.failures = 0 and d.tenant = e.tenant and d.endpoint = e.id and state = 'waiting') as d on true`, [], 'webhook_figures'));
  return row!;
}
