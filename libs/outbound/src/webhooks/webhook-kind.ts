import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Session, Sql, SubscriptionKind } from '#event-store';
import type { JourneyEvent } from '#journey';
import { asksForSegments, type EventFilter, passes } from '../public-event/event-filter.js';
import { placeEvents } from '../public-event/place-events.js';
import { PUBLIC_CATEGORIES } from '../public-event/public-event.js';
import { type Endpoint, lockEndpoint } from './endpoint.js';
import { countWaiting, enqueue } from './queue.js';

/** More than so many do not wait for an endpoint at once: the rest stays in the log until it is their turn. */
const MOST_WAITING = 10_000;
const LOOK_AGAIN_MS = 2_000;

export interface WebhookFollowing {
  readonly worker: Database;
  /** Told when something may be due. */
  readonly ring: () => void;
  readonly mostWaiting?: number;
}

/** Turns facts into deliveries: what passes the filter of an endpoint is written down in the transaction that moves its place in the log. */
export function webhookKind({ worker, ring, mostWaiting = MOST_WAITING }: WebhookFollowing): SubscriptionKind {
  return {
    kind: 'webhook',
    categories: PUBLIC_CATEGORIES,
    list: (sql) => sql.query('select tenant, id, start from webhook_endpoint where enabled'),
    open: async ({ tenant, id, position, signal }): Promise<Session> => ({
      from: position,
      handle: async ({ events }, commit) => {
        while (await worker.statements((sql) => countWaiting(sql, { tenant, id }, mostWaiting)) >= mostWaiting) {
          await pause(LOOK_AGAIN_MS, undefined, { signal });
        }
        await commit((sql) => writeDown(sql, { tenant, id }, events));
        ring();
      },
      close: async () => undefined,
    }),
  };
}

/** By the endpoint as it is at this moment. @throws Error where it is disabled: its place in the log stays where it was */
async function writeDown(sql: Sql, { tenant, id }: Pick<Endpoint, 'tenant' | 'id'>, events: readonly JourneyEvent[]): Promise<void> {
  const endpoint = await lockEndpoint(sql, tenant, id);
  if (!endpoint?.enabled) throw new Error('The endpoint is disabled, or gone');
  const filter = endpoint.filter as EventFilter;
  const placed = await placeEvents(sql, tenant, events, { segments: asksForSegments(filter) });
  await enqueue(sql, endpoint, placed.filter((each) => passes(filter, each)).map(({ event }) => ({ source: event.source, id: event.id, type: event.type, position: event.position, customer: event.stream.id })));
}
