import type { Database } from '../postgres/database.js';
import { type SubscriptionProgress, subscriptionsOf } from '../subscriptions/subscriptions-of.js';
import { fails, fine, type Finding, warns } from './finding.js';

const LAG_SECONDS = 60;

/** Whether other systems are told of the log, and how far behind they are. */
export async function examineSubscriptions(worker: Database): Promise<Finding[]> {
  return (await subscriptionsOf(worker)).map(findingOf);
}

function findingOf({ kind, tenant, id, behind, lagSeconds, followed, failure }: SubscriptionProgress): Finding {
  const check = `subscription ${kind}/${tenant}/${id}`;
  const where = `Up to ${behind.toLocaleString('en')} positions behind`;
  if (failure) return warns(check, `${where}; ${failure.attempts.toLocaleString('en')} ${failure.attempts === 1 ? 'attempt' : 'attempts'} in a row failed, the last at ${failure.at}: ${failure.text}`, 'It is tried again all the time. Mend the cause; nothing is lost.');
  if (!followed) return fails(check, `${where}, and no worker follows it.`, 'Start a worker that has this role (TOUCHLINE_ROLES).');
  if (lagSeconds > LAG_SECONDS) return warns(check, `${where}, the oldest event waits for ${lagSeconds.toFixed(0)} s.`, 'Look at the other side, and at the load of worker and database.');
  return fine(check, `${where}.`);
}
