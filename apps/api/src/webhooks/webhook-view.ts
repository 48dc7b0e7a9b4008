import type { EndpointNow, LoggedDelivery } from '#outbound';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** An endpoint as administrators see it. */
export function viewOf({ id, url, description, filter, ordered, signature, unseal, enabled, disabledBecause, createdAt, createdBy, changedAt, failures, failingSince, failure, retryAt, deliveredAt, waiting, failed }: EndpointNow) {
  return {
    id, url, description, filter, ordered, signature, unseal, enabled, disabledBecause,
    createdAt: createdAt.toISOString(), createdBy, changedAt: changedAt.toISOString(), waiting, failed, deliveredAt: iso(deliveredAt),
    failing: failures === 0 ? null : { since: iso(failingSince), times: failures, why: failure, pausedUntil: iso(retryAt) },
  };
}

export function deliveryView({ nextAt, since, attemptedAt, doneAt, ...delivery }: LoggedDelivery) {
  return { ...delivery, since: since.toISOString(), nextAt: iso(nextAt), attemptedAt: iso(attemptedAt), doneAt: iso(doneAt) };
}
