import type { Database, Sql } from '../postgres/database.js';
import { readHorizon } from '../postgres/read.js';
import type { Pages } from './pages.js';
import { type Flaw, SHOWN, type VerifyReport } from './report.js';
import { lostKeys } from './verify-keys.js';

/** Figures so far, and the first flaws. */
export interface LogFound { readonly counts: VerifyReport['log']; readonly flaws: readonly Flaw[] }

interface FlawRow { tenant: string | null; says: string }
interface Page { readonly looked: number; readonly flaws: readonly FlawRow[] }
interface Keys { readonly keys: readonly string[] | null }

/**
 * The log against its ids and streams, in slices that are statements of their own: an append commits all three together, so each statement sees them agree or
 * never. What is appended meanwhile may be left out. Yields after each slice.
 */
export async function* verifyLog(database: Database, { positions, ids, streams }: Pages): AsyncGenerator<LogFound> {
  let found: LogFound = { counts: { events: 0, ids: 0, streams: 0, flaws: 0 }, flaws: [] };
  const add = (check: Flaw['check'], part: 'events' | 'ids' | 'streams' | null, { looked, flaws }: Page): LogFound => {
    const { counts } = found;
    found = {
      counts: { ...counts, ...(part === null ? {} : { [part]: counts[part] + looked }), flaws: counts.flaws + flaws.length },
      flaws: [...found.flaws, ...flaws.map((flaw) => ({ check, ...flaw }))].slice(0, SHOWN),
    };
    return found;
  };
  for await (const page of eventsAgainstIds(database, positions)) yield add('ids', 'events', page);
  for await (const page of keysOfEvents(database, positions)) yield add('keys', null, page);
  for await (const page of idsAgainstEvents(database, ids)) yield add('ids', 'ids', page);
  for await (const page of streamsAgainstEvents(database, streams)) yield add('streams', 'streams', page);
  yield add('checkpoints', null, await whole(database, CHECKPOINTS));
  yield add('parked', null, await whole(database, PARKED));
}

const NAME = `format('%s/%s', e.source, e.id)`;

/** An event's id, as `event_id` has it. */
const ID = 'log_id_bytes(e.tenant, e.source, e.id)';

async function* eventsAgainstIds(database: Database, size: number): AsyncGenerator<Page> {
  for await (const [after, upTo] of stretches(database, size)) {
    yield await page(database, `
      select e.tenant, case when i.position is null then format('The event at position %s (%s) has no id row: sent again it would be stored twice.', e.position, ${NAME})
          when i.position <> e.position then format('The event at position %s (%s) has an id row that says position %s.', e.position, ${NAME}, i.position)
          when s.revision is null then format('The event at position %s belongs to the stream %s/%s, of which there is no row.', e.position, e.category, e.stream) end as says
      from log as e
        left join lateral (select position from event_id as i where i.id = ${ID}) as i on true
        left join lateral (select revision from stream as s where s.tenant = e.tenant and s.category = e.category and s.id = e.stream) as s on true
      where e.position > $1 and e.position <= $2`, [after, upTo]);
  }
}

/** The log in stretches of so many events: in a mirror of EventStoreDB positions are bytes, so that a number of them says nothing. */
async function* stretches(database: Database, size: number): AsyncGenerator<[after: number, upTo: number]> {
  const { n } = await database.transaction(readHorizon);
  for (let after = 0; after < n;) {
    const [row] = await database.transaction((sql) => sql.query<{ last: string | null; events: number }>(
      'select max(position) as last, count(*)::int as events from (select position from log where position > $1 and position <= $2 order by position limit $3) as next', [after, n, size]));
    const upTo = row!.events < size ? n : Number(row!.last);
    yield [after, upTo];
    after = upTo;
  }
}

async function* keysOfEvents(database: Database, size: number): AsyncGenerator<Page> {
  for await (const [after, upTo] of stretches(database, size)) {
    const flaws = await lostKeys(database, after, upTo);
    yield { looked: flaws.length, flaws };
  }
}

async function* idsAgainstEvents(database: Database, size: number): AsyncGenerator<Page> {
  for (let after: string | null = null; ;) {
    const { keys, ...seen }: Page & Keys = await keyed(database, `
      select array[i.id::text] as key, null as tenant,
        case when not exists (select from log as e where e.position = i.position and ${ID} = i.id) and not exists (select from mirror_refused as e where e.position = i.position and ${ID} = i.id)
          then format('The id %s is taken by position %s, where no such event stands: it could never be sent.', encode(i.id, 'escape'), i.position) end as says
      from (select id, position from event_id where $1::bytea is null or id > $1 order by id limit ${size}) as i`, [after]);
    yield seen;
    if (seen.looked < size) return;
    after = keys![0]!;
  }
}

/** Each stream has revisions from 0 without a gap up to the one in its row, and its positions rise with them. What a mirror leaves out has its place. */
async function* streamsAgainstEvents(database: Database, size: number): AsyncGenerator<Page> {
  for (let last: readonly unknown[] = ['', '', '']; ;) {
    const [tenant, category, id] = last;
    const { keys, ...seen } = await keyed(database, `
      select array[s.tenant, s.category, s.id] as key, s.tenant, case
          when not e.gapless then format('The revisions of the stream %s/%s are not 0, 1, 2 and so on.', s.category, s.id)
          when e.events <> s.revision + 1 then format('The stream %s/%s has %s events and says that its last revision is %s.', s.category, s.id, e.events, s.revision)
          when not e.rising then format('The positions of the stream %s/%s do not rise with its revisions.', s.category, s.id) end as says
      from (select * from stream where (tenant, category, id) > ($1, $2, $3) order by tenant, category, id limit ${size}) as s
        cross join lateral (
          select count(*) as events, coalesce(bool_and(revision = place - 1), true) as gapless, coalesce(bool_and(before is null or before < position), true) as rising
          from (select revision, position, row_number() over by_revision as place, lag(position) over by_revision as before
                from (select revision, position from log as l where l.tenant = s.tenant and l.category = s.category and l.stream = s.id
                  union all select revision, position from mirror_refused as m where m.tenant = s.tenant and m.category = s.category and m.stream = s.id) as stood window by_revision as (order by revision)) as ordered) as e
      order by s.tenant, s.category, s.id`, [tenant, category, id]);
    yield seen;
    if (seen.looked < size) return;
    last = keys!;
  }
}

/** The checkpoints are seen first and the horizon is asked for afterwards, so that it can only be further. */
const CHECKPOINTS = `
  select null as tenant, format('Partition %s of generation %s of %s says that it stands at %s, beyond the end of the log.', partition, generation, name, position) as says
  from projection_partition where position > (select log_horizon())`;

const PARKED = `
  select p.tenant, format('The customer %s is held in generation %s of %s by position %s, where no fact of the customer, of who is merged into it or of the tenant''s days stands that was read.', p.customer, p.generation, p.name, p.position) as says
  from parked as p where not exists (
    select from log as l where l.position = p.position and l.tenant = p.tenant and (l.category <> 'customer' or l.stream = p.customer
        or (p.together and exists (select from log as m where m.tenant = p.tenant and m.type in ('customer.merged', 'customer.unmerged') and m.stream = l.stream)))
      and l.position <= (select max(position) from projection_partition as c where c.name = p.name and c.generation = p.generation))`;

async function whole(database: Database, text: string): Promise<Page> {
  const flaws = await database.transaction((sql) => sql.query<{ tenant: string | null; says: string }>(text));
  return { looked: flaws.length, flaws };
}

/** Counts all that was looked at, and brings those that something is to be said of. */
function page(database: Database, text: string, values: readonly unknown[]): Promise<Page> {
  return read(database, async (sql) => {
    const [row] = await sql.query<{ looked: string; flaws: FlawRow[] | null }>(
      `select count(*) as looked, jsonb_agg(jsonb_build_object('tenant', tenant, 'says', says)) filter (where says is not null) as flaws from (${text}) as looked`, values);
    return { looked: Number(row!.looked), flaws: row!.flaws ?? [] };
  });
}

/** The same of pages that go on from their last key. */
function keyed(database: Database, text: string, values: readonly unknown[]): Promise<Page & Keys> {
  return read(database, async (sql) => {
    const [row] = await sql.query<{ looked: string; flaws: FlawRow[] | null; keys: string[] | null }>(
      `select count(*) as looked, jsonb_agg(jsonb_build_object('tenant', tenant, 'says', says)) filter (where says is not null) as flaws, max(key collate "C") as keys from (${text}) as looked`, values);
    return { looked: Number(row!.looked), flaws: row!.flaws ?? [], keys: row!.keys };
  });
}

/** Arrays are short and the tables long: only look-ups in an index will do, whatever the planner believes. */
function read<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  return database.transaction(async (sql) => {
    await sql.query(`select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`);
    return work(sql);
  });
}
