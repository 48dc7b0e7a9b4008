import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ids by a digest of 16 bytes, and appends that look for nothing they do not need to know. */
export class LeanAppends1764300000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(IDS);
    await runner.query(OPEN);
    await runner.query(BEGIN);
    await runner.query(APPEND);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// The key is the first half of SHA-256 over tenant, source and id, as `idDigest` in `id-digest.ts` has it; what it stands for is in the log.
// It names no tenant, so no reader may look into it, and without row-level security it can be filled by COPY. The owner has to see every row that it moves.
const IDS = `
  alter table event_id disable row level security;
  alter table event_id rename to event_id_before;
  create table event_id (key uuid primary key, body_hash text collate "C" not null, position bigint not null);
  insert into event_id (key, body_hash, position)
    select encode(substr(sha256(convert_to(tenant, 'UTF8') || '\\x00' || convert_to(source, 'UTF8') || '\\x00' || convert_to(id, 'UTF8')), 1, 16), 'hex')::uuid, body_hash, position
    from event_id_before order by 1;
  drop table event_id_before;
  grant select, insert on event_id to touchline_worker;`;

// Before a decision: revisions raised as if every event were new, and the ids that are known.
const OPEN = `
  drop function log_open(text[], text[], text[], int[], text[], text[], text[]);
  create function log_open(tenants text[], categories text[], ids text[], counts int[], keys uuid[],
    out revisions bigint[], out known int[], out hashes text[], out positions bigint[], out epoch int)
  language plpgsql volatile set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  begin
    revisions := log_raise(tenants, categories, ids, counts);
    select array_agg(n), array_agg(body_hash), array_agg(e.position) into known, hashes, positions
      from unnest(keys) with ordinality as wanted (k, n) join event_id e on e.key = k;
    select e.n into epoch from touchline.epoch e;
  end $$;
  create function log_raise(tenants text[], categories text[], ids text[], counts int[]) returns bigint[] language plpgsql volatile as $$
  declare raised bigint[]; streams text[];
  begin
    with new as (
      insert into stream as s (tenant, category, id, revision) select t, c, i, k - 1 from unnest(tenants, categories, ids, counts) as wanted (t, c, i, k)
      on conflict (tenant, category, id) do update set revision = s.revision + excluded.revision + 1 returning s.id, s.revision)
    select array_agg(revision), array_agg(id) into raised, streams from new;
    if streams is distinct from ids then raise exception 'Revisions came back in another order than the streams were sent in.'; end if;
    return (select array_agg(r - k) from unnest(raised, counts) as raised (r, k));
  end $$;`;

// An append of which every expectation holds, up to the draw. Streams are distinct and in key order, which is the order in which they are locked.
// An expectation is a revision, -1 for none, -2 for exists, null for any; no array at all when nothing is expected.
const BEGIN = `
  create function log_begin(tenants text[], categories text[], ids text[], counts int[], expectations bigint[], events int,
    out revisions bigint[], out drawn bigint[], out moment timestamptz, out epoch int)
  language plpgsql volatile as $$
  declare draw record;
  begin
    revisions := log_raise(tenants, categories, ids, counts);
    if expectations is not null and exists (select from unnest(expectations, revisions) as e (expected, actual)
        where expected is not null and case expected when -2 then actual < 0 else actual <> expected end)
    then raise exception 'unusual' using errcode = 'TL001';
    end if;
    draw := log_draw(events);
    drawn := draw.positions;
    moment := draw.moment;
    select e.n into epoch from touchline.epoch e;
  end $$;`;

// The whole append in one round trip. An id that is known ends it with a unique violation, which leaves nothing behind. Bodies come one a line.
const APPEND = `
  drop function log_append(text[], text[], text[], int[], bigint[], int[], int[], text[], smallint[], text[], text[], text[], timestamptz[], timestamptz[], text[], text[], text[], text[]);
  create function log_append(tenants text[], categories text[], ids text[], counts int[], expectations bigint[],
    keys uuid[], hashes text[], places int[], offsets int[], types text[], versions smallint[], sources text[], event_ids text[],
    occurred timestamptz[], observed timestamptz[], actor_kinds text[], actor_ids text[], import_ids text[], bodies text, out drawn bigint[], out epoch int)
  language plpgsql volatile as $$
  declare begun record;
  begin
    begun := log_begin(tenants, categories, ids, counts, expectations, cardinality(keys));
    drawn := begun.drawn;
    epoch := begun.epoch;
    insert into event_id (key, body_hash, position) select k, h, d from unnest(keys, hashes, drawn) as new (k, h, d) order by k;
    insert into log (position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at,
        witnessed, actor_kind, actor_id, import_id, data)
      select d, tenants[p], categories[p], ids[p], begun.revisions[p] + o, type, version, s, i, at, least(coalesce(seen, begun.moment), begun.moment), begun.moment,
        seen is null, ak, ai, im, body::json
      from unnest(drawn, places, offsets, types, versions, sources, event_ids, occurred, observed, actor_kinds, actor_ids, import_ids, string_to_array(bodies, E'\\n'))
        as new (d, p, o, type, version, s, i, at, seen, ak, ai, im, body);
  end $$;`;
