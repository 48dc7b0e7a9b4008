import type { Database } from '../postgres/database.js';

/** A field of which nobody can say any more whether it should be readable. */
interface LostKey { readonly tenant: string; readonly says: string }

/**
 * Sealed fields between two positions of whose keys one has no row, though nobody was erased whom the fact names. What is told of an erased person is sealed with
 * a key that is thrown away, so that an erasure explains it. A tenant's own type names its person inside the seal: there any erasure of the tenant may explain it.
 */
export function lostKeys(database: Database, after: number, upTo: number): Promise<LostKey[]> {
  return database.transaction((sql) => sql.query<LostKey>(`
    select e.tenant, format('The event at position %s (%s/%s) has a field sealed with the key %s, which is not there, though no erasure destroyed it: nobody can read the field.', e.position, e.source, e.id, kid) as says
    from (select * from log where position > $1 and position <= $2 and strpos(data::text, '"kid":"') > 0) as e
      cross join lateral (select distinct unnest(string_to_array(found[1], '+')) as kid from regexp_matches(e.data::text, '"kid":"([0-9a-f+-]+)"', 'g') as found) as k
    where not exists (select from subject_key as s where s.tenant = e.tenant and s.kid::text = k.kid)
      and not exists (select from erasure as r where r.tenant = e.tenant and (e.type like 'x-%' or e.data #> '{data,sealed}' is not null
        or r.subject = 'customer:' || e.stream or strpos(e.data::text, to_json(substr(r.subject, strpos(r.subject, ':') + 1))::text) > 0))
    order by e.position`, [after, upTo]));
}
