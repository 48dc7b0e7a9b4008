import type { Followed, SubscriptionKind } from '../subscription.js';

export interface Interruption {
  /** With a page in hand, before the transaction. */
  readonly before?: (id: string) => Promise<unknown> | void;
  /** In the transaction. */
  readonly within?: () => Promise<unknown>;
}

/** Tells a table of the test's own what it is told, in the transaction of the checkpoint; an interruption may fail or stall. Whoever writes for a subscription holds a lock of it, as of an endpoint's row. */
export function copying(followed: () => readonly Followed[], { before, within }: Interruption = {}): SubscriptionKind {
  return {
    kind: 'copy', categories: ['customer'],
    list: async () => followed(),
    open: async ({ id, tenant, position }) => ({
      from: position,
      handle: async ({ events }, commit) => {
        await before?.(id);
        await commit(async (sql) => {
          await sql.query('select pg_advisory_xact_lock(hashtext($1))', [id]);
          await sql.query(`insert into touchline_read.told (subscription, tenant, id) select $1, $2, * from unnest($3::text[])`, [id, tenant, events.map((event) => event.id)]);
          await within?.();
        });
      },
      close: async () => undefined,
    }),
  };
}

/** The table; `place` is the order in which it was told. */
export const TOLD = 'create table touchline_read.told (place bigserial, subscription text, tenant text, id text); grant all on touchline_read.told to touchline_worker; grant all on sequence touchline_read.told_place_seq to touchline_worker';
