import { LRUCache } from 'lru-cache';
import type { Database, Sql } from '#event-store';
import type { AliasPlan, AliasState, IdentityRequest, TouchedAlias } from './alias-plan.js';
import { type Alias, refText } from './customer-ref.js';

interface AliasRow extends AliasState {
  readonly system: string;
  readonly id: string;
}

/**
 * Who is who: the aliases of a tenant's customers, in the table `customer_alias`. A batch costs at most one statement to read
 * and one to write; aliases that are known and recorded come from memory.
 */
export class AliasDirectory {
  private readonly settled: LRUCache<string, AliasState>;

  /** `cacheMs`: longest time that an alias moved by another process still leads to its former customer here. */
  constructor(private readonly database: Database, { cacheSize = 100_000, cacheMs = 30_000 } = {}) {
    this.settled = new LRUCache({ max: cacheSize, ttl: cacheMs });
  }

  /**
   * Resolves a batch by the plan that `draw` makes of what is known, and keeps what it changes, unless `dryRun`.
   * Call `settle` once the batch is in the log, and `giveBack` for what did not get there.
   */
  async resolve<Plan extends { readonly aliases: AliasPlan }>(
    tenant: string, requests: readonly IdentityRequest[], draw: (known: ReadonlyMap<string, AliasState>) => Promise<Plan>, dryRun = false,
  ): Promise<Plan> {
    let distrust = false;
    for (;;) {
      const plan = await draw(await this.known(tenant, requests, distrust));
      const changes = plan.aliases.touched.filter(isChange);
      if (dryRun || changes.length === 0 || await this.apply(tenant, changes)) return plan;
      // Somebody else wrote one of these aliases in between: look again.
      distrust = true;
    }
  }

  /** Notes that the aliases are in the log, so that they need not be sent again. One that another process gave back meanwhile is taken again. */
  async settle(tenant: string, touched: readonly TouchedAlias[]): Promise<void> {
    const recorded = touched.filter(({ after }) => after.recorded);
    if (recorded.length === 0) return;
    await this.database.statements((sql) => sql.query(
      `update customer_alias a set recorded = true, customer = s.customer
       from (select * from unnest($2::text[], $3::text[], $4::text[], $5::int[]) as s (system, id, customer, freed) order by 1, 2) s
       where a.tenant = $1 and a.system = s.system and a.id = s.id and a.freed = s.freed and (a.customer is null or a.customer = s.customer)`,
      [tenant, ...columns(recorded), recorded.map(({ after }) => after.customer), recorded.map(({ after }) => after.freed)]));
  }

  /** Puts aliases back as they were: the items that wanted them did not reach the log. */
  async giveBack(tenant: string, touched: readonly TouchedAlias[]): Promise<void> {
    const changes = touched.filter(isChange);
    if (changes.length === 0) return;
    await this.database.statements((sql) => sql.query(
      `update customer_alias a set customer = w.was_customer, freed = w.was_freed, recorded = w.was_recorded
       from (select * from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::int[], $8::boolean[])
         as w (system, id, customer, freed, was_customer, was_freed, was_recorded) order by 1, 2) w
       where a.tenant = $1 and a.system = w.system and a.id = w.id and not a.recorded and a.freed = w.freed and a.customer is not distinct from w.customer`,
      [tenant, ...columns(changes), ...states(changes), changes.map(({ before }) => before.recorded)]));
  }

  /** Frees aliases that are these customers'. */
  async free(tenant: string, held: readonly { readonly alias: Alias; readonly customer: string }[]): Promise<void> {
    if (held.length === 0) return;
    for (const { alias } of held) this.settled.delete(`${tenant}/${refText(alias)}`);
    await this.database.statements((sql) => sql.query(
      `update customer_alias a set customer = null, recorded = false, freed = a.freed + 1
       from (select * from unnest($2::text[], $3::text[], $4::text[]) as h (system, id, customer) order by 1, 2) h
       where a.tenant = $1 and a.system = h.system and a.id = h.id and a.customer = h.customer`, [tenant, ...columns(held), held.map(({ customer }) => customer)]));
  }

  private async known(tenant: string, requests: readonly IdentityRequest[], distrust: boolean): Promise<Map<string, AliasState>> {
    const known = new Map<string, AliasState>();
    const missing = new Map<string, Alias>();
    for (const { customer, others, change } of requests) {
      for (const ref of [customer, ...others, change?.alias]) {
        if (ref === undefined || typeof ref === 'string') continue;
        const state = distrust || change ? undefined : this.settled.get(`${tenant}/${refText(ref)}`);
        if (state) known.set(refText(ref), state);
        else missing.set(refText(ref), ref);
      }
    }
    if (missing.size === 0) return known;
    const rows = await this.database.statements((sql) => sql.query<AliasRow>(
      `select a.system, a.id, a.customer, a.recorded, a.freed from unnest($2::text[], $3::text[]) as w (system, id)
       join customer_alias a on a.tenant = $1 and a.system = w.system and a.id = w.id`, [tenant, ...columns([...missing.values()].map((alias) => ({ alias })))]));
    for (const { system, id, ...state } of rows) {
      const key = refText({ system, id });
      known.set(key, state);
      if (state.recorded) this.settled.set(`${tenant}/${key}`, state);
    }
    return known;
  }

  /** False, and nothing kept, when a row is no longer what the plan was made from. */
  private async apply(tenant: string, changes: readonly TouchedAlias[]): Promise<boolean> {
    for (const { alias } of changes) this.settled.delete(`${tenant}/${refText(alias)}`);
    return this.database.brief((sql) => write(sql, tenant, changes)).then(() => true, (error: unknown) => {
      if (error instanceof RaceLost) return false;
      throw error;
    });
  }
}

class RaceLost extends Error {}

async function write(sql: Sql, tenant: string, changes: readonly TouchedAlias[]): Promise<void> {
  const written = await sql.query(
    `with wanted as (
       select * from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::int[]) as w (system, id, customer, freed, was_customer, was_freed))
     insert into customer_alias as a (tenant, system, id, customer, freed, recorded)
     select $1, system, id, customer, freed, false from wanted order by system, id
     on conflict (tenant, system, id) do update set customer = excluded.customer, freed = excluded.freed, recorded = false
     where exists (select 1 from wanted w where w.system = a.system and w.id = a.id and w.was_customer is not distinct from a.customer and w.was_freed = a.freed)
     returning system`,
    [tenant, ...columns(changes), ...states(changes)]);
  if (written.length < changes.length) throw new RaceLost();
}

const isChange = ({ before, after }: TouchedAlias) => before.customer !== after.customer || before.freed !== after.freed;

const columns = (touched: readonly { readonly alias: Alias }[]) => [touched.map(({ alias }) => alias.system), touched.map(({ alias }) => alias.id)];

const states = (changes: readonly TouchedAlias[]) => [
  changes.map(({ after }) => after.customer), changes.map(({ after }) => after.freed), changes.map(({ before }) => before.customer), changes.map(({ before }) => before.freed),
];
