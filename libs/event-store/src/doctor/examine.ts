import type { Database } from '../postgres/database.js';
import { progressOf } from '../engine/progress.js';
import type { Projection } from '../engine/projection.js';
import { floorHolders } from '../postgres/floor.js';
import { examineMirror } from './examine-mirror.js';
import { examineReactions } from './examine-reactions.js';
import { examineSubscriptions } from './examine-subscriptions.js';
import { fails, fine, type Finding, warns } from './finding.js';
import { waitingIn } from './waiting.js';

/** An append takes milliseconds; one that is open for longer is worth a name. */
const OPEN_FOR_SECONDS = 1;
const LAG_SECONDS = 10;
const LONG_TRANSACTION_SECONDS = 300;

interface ExamineOptions {
  /** Into whose tables it looks for customers that wait to be settled. */
  readonly projections?: readonly Projection[];
  readonly longTransactionSeconds?: number;
}

/**
 * Looks at the database from inside: the floor of the log, its epoch and room, who may see what, whether what was erased is gone, and how the projections do.
 * Transactions of other logins than the owner's are seen only if the owner is a member of `pg_read_all_stats`.
 */
export async function examine(worker: Database, { projections = [], longTransactionSeconds = LONG_TRANSACTION_SECONDS }: ExamineOptions = {}): Promise<Finding[]> {
  return [...await examineFloor(worker), ...await examineLog(worker, longTransactionSeconds), ...await examineMirror(worker), ...await examineArchive(worker), ...await examineRights(worker), ...await examineErasures(worker), ...await examineProjections(worker, projections), ...await examineReactions(worker), ...await examineSubscriptions(worker)];
}

async function examineFloor(worker: Database): Promise<Finding[]> {
  const held = (await floorHolders(worker)).filter(({ ageSeconds }) => ageSeconds >= OPEN_FOR_SECONDS);
  if (held.length === 0) return [fine('floor', 'No append stands still.')];
  // Servers before PostgreSQL 17 cannot bound a whole transaction.
  const [server] = await worker.transaction((sql) => sql.query<{ bounded: boolean }>(`select current_setting('transaction_timeout', true) is not null as bounded`));
  return held.map(({ pid, application, ageSeconds, state }) => fails('floor',
    `Session ${pid} of ${application || 'an unnamed application'} has had an append open for ${ageSeconds.toFixed(1)} s and is ${state}; no reader sees anything newer.`,
    `The server ends it after 3 idle seconds, ${server!.bounded ? '10 in all' : 'or a statement after 10'}. If it stays: select pg_terminate_backend(${pid}); its sender then sends again.`));
}

async function examineLog(worker: Database, longTransactionSeconds: number): Promise<Finding[]> {
  const [row] = await worker.transaction((sql) => sql.query<{ epoch: number; reason: string; drawn: string; final: string; room: boolean; old: { pid: number; application: string; seconds: number } | null }>(
    `select n as epoch, reason, (select drawn from log_told()) as drawn, log_horizon() as final,
       to_regclass('log_' || (greatest(log_horizon(), case when exists (select from log_mirror) then 0 else (select last_value from log_position) end) / log_width() + 1)) is not null as room,
       (select jsonb_build_object('pid', pid, 'application', application, 'seconds', floor(seconds)) from log_open_transactions() where seconds >= $1 order by seconds desc limit 1) as old
     from epoch`, [longTransactionSeconds]));
  const { epoch, reason, drawn, final, room, old } = row!;
  return [
    fine('log', `Epoch ${epoch} (${reason}), ${Number(drawn).toLocaleString('en')} positions given out, final up to ${Number(final).toLocaleString('en')}.`),
    room ? fine('room', 'The next partition of the log is there.') : warns('room', 'The next partition of the log is not there yet.', 'It is made by the first append that needs it. To make it now: select log_make_room(last_value) from log_position;'),
    ...(old ? [warns('vacuum', `Session ${old.pid} of ${old.application || 'an unnamed application'} has had a transaction open for ${old.seconds} s. It stalls no reader, but dead rows pile up.`,
      `End it: select pg_terminate_backend(${old.pid});`)] : []),
  ];
}

/** What is appended to a partition that is elsewhere is refused, and what was appended while it was copied is lost to reads. */
async function examineArchive(worker: Database): Promise<Finding[]> {
  const away = await worker.transaction((sql) => sql.query<{ partition: string; open: boolean }>('select partition, open from log_partitions() where elsewhere'));
  if (away.length === 0) return [];
  const open = away.filter((each) => each.open).map(({ partition }) => partition);
  if (open.length > 0) return [fails('archive', `${open.join(', ')} lies on another server and is still written to: appends fail, and events may be missing.`, 'Stop the senders and put it back: the last part of libs/event-store/ARCHIVE.md. Then run npx touchline verify.')];
  return [fine('archive', `${away.map(({ partition }) => partition).join(', ')} ${away.length === 1 ? 'lies' : 'lie'} on another server.`)];
}

/** Row-level security is void for a superuser, and for who owns a table that does not force it. */
async function examineRights(worker: Database): Promise<Finding[]> {
  const [row] = await worker.transaction((sql) => sql.query<{ role: string; powerful: boolean; open: string[] | null }>(
    `select current_user::text as role, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as powerful,
       (select array_agg(c.oid::regclass::text order by 1) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
        where c.relnamespace in (select oid from pg_namespace where nspname in ('touchline', 'touchline_read')) and c.relkind in ('r', 'p')
          and has_table_privilege('touchline_reader', c.oid, 'select') and not (c.relrowsecurity and c.relforcerowsecurity)) as open`));
  const { role, powerful, open } = row!;
  if (powerful) return [fails('tenants', `The role ${role} is a superuser or bypasses row-level security, so nothing keeps tenants apart.`, `alter role ${role} nosuperuser nobypassrls;`)];
  if (open) return [fails('tenants', `Row-level security is not forced on ${open.join(', ')}.`, `alter table ${open[0]} enable row level security, force row level security; for each, and find out who took it away.`)];
  return [fine('tenants', 'Row-level security is forced wherever the reader may look.')];
}

/** Keys come back when an older copy of their table is put back. */
async function examineErasures(worker: Database): Promise<Finding[]> {
  const [row] = await worker.transaction((sql) => sql.query<{ back: number; unfinished: number }>(
    `select count(*) filter (where k.wrapped is not null)::int as back, count(*) filter (where not certified)::int as unfinished
     from erasure as e left join subject_key as k on k.tenant = e.tenant and k.subject = e.subject`));
  const { back, unfinished } = row!;
  const persons = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'person' : 'persons'}`;
  if (back > 0) return [fails('erasures', `The keys of ${persons(back)} who were erased are there again, as after a restore of an older copy of the keys.`, 'Start every API again: it destroys them before it answers anybody. Then look here again.')];
  if (unfinished > 0) return [warns('erasures', `The erasure of ${persons(unfinished)} was cut short: the key is destroyed, the certificate is missing.`, 'npx touchline erasures names them; npx touchline erase, said again for each, writes it.')];
  return [fine('erasures', 'The keys of those who were erased are gone.')];
}

async function examineProjections(worker: Database, projections: readonly Projection[]): Promise<Finding[]> {
  const all = await progressOf(worker);
  const waiting = await waitingIn(worker, projections);
  if (all.length === 0) return [fails('projections', 'No worker has ever run on this database, so there is nothing to read.', 'Start a worker, or everything with npm start.')];
  return all.map(({ name, generation, version, live, stopped, workers, lagSeconds, behind, parked }) => {
    const which = live ? name : `${name} (generation ${generation})`;
    if (stopped) return fails(which, stopped.text, `Mend the cause, then: npx touchline projections resume ${name}`);
    if (workers === 0 && !live) return fine(which, `No worker carries its version (${version}), so it stands still. \`npx touchline projections drop ${name}\` clears it away.`);
    if (workers === 0) return fails(which, `No worker follows the log for it in version ${version}.`, 'Start a worker. One of a newer version takes over by itself once its own rows have caught up; if it does not, its log says why.');
    if (live && lagSeconds > LAG_SECONDS) return warns(which, `It is ${lagSeconds.toFixed(0)} s and ${behind.toLocaleString('en')} positions behind.`, 'Look at the floor above and at the load of worker and database; another worker takes half of the work.');
    const { customers, seconds } = (live && waiting.get(name)) || { customers: 0, seconds: 0 };
    const wait = `${customers.toLocaleString('en')} ${customers === 1 ? 'customer waits' : 'customers wait'} to be computed anew, after late facts or corrections`;
    if (seconds > LAG_SECONDS) return warns(which, `${wait}; the first for ${seconds.toFixed(0)} s. Their figures are older than that.`, 'After a large import this takes its time. If the number does not fall: look at the load of worker and database, and in the log of the worker.');
    if (parked > 0) return warns(which, `${parked} ${parked === 1 ? 'customer is' : 'customers are'} held.`, `npx touchline projections parked shows why; after a fix: npx touchline projections retry ${name}`);
    return fine(which, `Up to ${behind.toLocaleString('en')} positions behind, ${workers} ${workers === 1 ? 'worker' : 'workers'}${customers > 0 ? `; ${wait}` : ''}.`);
  });
}
