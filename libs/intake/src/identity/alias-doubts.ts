import type { Sql } from '#event-store';

/** An alias of which the directory and the log do not say the same. */
export interface AliasDoubt {
  readonly tenant: string;
  readonly system: string;
  readonly id: string;
  /** Of the fact that gave it; null when the directory has it and no fact does. */
  readonly position: string | null;
  /** To whom the log gives it. */
  readonly claimant: string | null;
  /** To whom the directory gives it. */
  readonly holder: string | null;
}

interface HeldPage {
  readonly looked: number;
  /** Tenant, system and id, to go on behind. */
  readonly last: readonly string[];
  readonly doubts: readonly AliasDoubt[];
}

const ALIAS_FACT = `l.category = 'customer' and l.type in ('customer.alias-added', 'customer.alias-removed')`;

/**
 * Rows of the directory that are marked as recorded though the last fact of their customer about the alias does not give it. A customer's stream is read once
 * for all rows of the page: `offset 0` keeps it a look into the index.
 */
export async function heldInDirectory(sql: Sql, rows: { readonly after: readonly string[]; readonly limit: number } | { readonly only: readonly AliasDoubt[] }): Promise<HeldPage> {
  const [those, values] = 'only' in rows
    ? ['(tenant, system, id) in (select * from unnest($1::text[], $2::text[], $3::text[]))', [rows.only.map(({ tenant }) => tenant), rows.only.map(({ system }) => system), rows.only.map(({ id }) => id)]]
    : [`(tenant, system, id) > ($1, $2, $3) order by tenant, system, id limit ${rows.limit}`, rows.after];
  const found = await sql.query<AliasDoubt & { stands: boolean }>(`
    with page as materialized (select * from customer_alias where ${those}),
      told as (
        select c.tenant, c.customer, f.system, f.id, bool_or(f.given) as stands
        from (select distinct tenant, customer from page where recorded and customer is not null) as c
          cross join lateral (
            select distinct on (l.data->>'system', l.data->>'id') l.data->>'system' as system, l.data->>'id' as id, l.type = 'customer.alias-added' as given
            from log as l where l.tenant = c.tenant and l.stream = c.customer and ${ALIAS_FACT}
            order by l.data->>'system', l.data->>'id', l.revision desc offset 0) as f
        group by 1, 2, 3, 4)
    select tenant, system, id, null as position, null as claimant, customer as holder, not recorded or customer is null or coalesce(told.stands, false) as stands
    from page left join told using (tenant, customer, system, id) order by tenant, system, id`, values);
  const end = found.at(-1);
  return { looked: found.length, last: end ? [end.tenant, end.system, end.id] : [], doubts: found.filter(({ stands }) => !stands).map(({ stands: _, ...doubt }) => doubt) };
}

/**
 * Facts `customer.alias-added` whose alias the directory gives to somebody else or to nobody. That is right where the stream itself speaks of the alias later, and
 * where whom the directory names claimed it later: a removal is written to the log after the alias was free for others.
 */
export function givenByLog(sql: Sql, facts: { readonly after: number; readonly upTo: number } | { readonly at: readonly string[] }): Promise<AliasDoubt[]> {
  const [those, values] = 'at' in facts ? ['e.position = any($1::bigint[])', [facts.at]] : ['e.position > $1 and e.position <= $2', [facts.after, facts.upTo]];
  return sql.query<AliasDoubt>(`
    with given as materialized (
      select e.tenant, e.stream as claimant, e.position, e.data->>'system' as system, e.data->>'id' as id
      from log as e where ${those} and e.category = 'customer' and e.type = 'customer.alias-added')
    select g.tenant, g.system, g.id, g.position, g.claimant, a.customer as holder
    from given as g left join customer_alias as a on a.tenant = g.tenant and a.system = g.system and a.id = g.id
    where a.customer is distinct from g.claimant
      and g.position = ${lastOf('g.claimant', '')}
      and coalesce(${lastOf('a.customer', `and l.type = 'customer.alias-added'`)}, 0) < g.position
    order by g.position`, values);
}

/** Where a stream speaks last of the alias. By revision, so that the index of streams is used and not that of positions. */
const lastOf = (stream: string, more: string) => `(select l.position from log as l where l.tenant = g.tenant and l.stream = ${stream} and ${ALIAS_FACT} ${more}
        and l.data->>'system' = g.system and l.data->>'id' = g.id order by l.revision desc limit 1)`;
