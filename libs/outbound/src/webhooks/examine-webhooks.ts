import type { Database, Finding } from '#event-store';
import { type WebhookFigures, webhookFigures } from './webhook-figures.js';

interface Row { tenant: string; id: string; url: string; enabled: boolean; because: string | null; failures: number; since: Date | null; failure: string | null; waiting: number; refused: number; failed: number }

/** As the alert has it. */
const LONG_SECONDS = 300;
const LOG = 'npx touchline webhooks deliveries';

/** Endpoints that are failing, that do not take some of the facts, that were disabled because their receiver is gone, or for whom something was given up; and whether anybody sends at all. One line where all is well. */
export async function examineWebhooks(worker: Database): Promise<Finding[]> {
  const rows = await worker.statements((sql) => sql.query<Row>(
    `select tenant, id, url, enabled, disabled_because as because, failures, failing_since as since, failure,
       (select count(*)::int from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and state = 'waiting') as waiting,
       (select count(*)::int from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and state = 'waiting' and attempts > 1 and next_at > now()) as refused,
       (select count(*)::int from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and state = 'failed' and done_at > now() - interval '7 days') as failed
     from webhook_endpoint as e order by tenant, id`));
  if (rows.length === 0) return [];
  const findings = [...unsent(await webhookFigures(worker)), ...rows.flatMap(findingOf)];
  const waiting = rows.reduce((sum, row) => sum + row.waiting, 0);
  return findings.length > 0 ? findings : [{ check: 'webhooks', status: 'fine', says: `${rows.length} ${rows.length === 1 ? 'endpoint' : 'endpoints'}, none of them failing; ${waiting.toLocaleString('en')} ${waiting === 1 ? 'fact' : 'facts'} on the way.`, remedy: null }];
}

function unsent({ oldestSeconds }: Pick<WebhookFigures, 'oldestSeconds'>): Finding[] {
  if (oldestSeconds <= LONG_SECONDS) return [];
  return [{ check: 'webhooks', status: 'warns', says: `Facts for endpoints that do well have been due for ${Math.floor(oldestSeconds / 60).toLocaleString('en')} minutes.`, remedy: 'Is a worker with the role webhooks (TOUCHLINE_ROLES) and TOUCHLINE_MASTER_KEY running, and what does its log say? A receiver that answers slowly holds up what is its own, and where it has many endpoints, its tenant.' }];
}

function findingOf({ tenant, id, url, enabled, because, failures, since, failure, waiting, refused, failed }: Row): Finding[] {
  const [check, host] = [`webhook ${id}`, new URL(url).host];
  const which = `The endpoint of tenant ${tenant} at ${host}`;
  const wait = waiting === 1 ? '1 fact waits' : `${waiting.toLocaleString('en')} facts wait`;
  if (!enabled) return because === null ? [] : [{ check, status: 'warns', says: `${which} was disabled: ${because}; ${wait}.`, remedy: `When it is there again: npx touchline webhooks enable ${id}; else delete it.` }];
  if (failures > 0) return [{ check, status: 'warns', says: `${which} has failed ${failures === 1 ? 'once' : `${failures.toLocaleString('en')} times in a row`}, since ${since!.toISOString()}: ${failure}; ${wait}.`, remedy: `Mend the receiver. What waits comes again less and less often, for three days; npx touchline webhooks enable ${id} sends it at once. ${LOG} ${id} says what was answered.` }];
  if (refused > 0) return [{ check, status: 'warns', says: `${which} has not taken ${refused === 1 ? '1 fact' : `${refused.toLocaleString('en')} facts`} when tried again, while it takes others; ${wait}.`, remedy: `${LOG} ${id} --state waiting says what was answered. Once its receiver is mended, npx touchline webhooks test ${id} sends all that waits at once.` }];
  if (failed > 0) return [{ check, status: 'warns', says: `${which} did not take ${failed.toLocaleString('en')} ${failed === 1 ? 'fact, which was' : 'facts, which were'} given up in the last seven days.`, remedy: `Look at them with ${LOG} ${id} --state failed; then npx touchline webhooks redeliver ${id} --failed-since TIME.` }];
  return [];
}
