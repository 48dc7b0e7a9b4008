import type { Database } from '../postgres/database.js';
import { fails, fine, type Finding, warns } from './finding.js';

const BEHIND_SECONDS = 10;
const LEFT_SECONDS = 120;

/** The log as a mirror of EventStoreDB, where it is one: whether somebody keeps it, how old what it shows is, and what was left on its way. */
export async function examineMirror(worker: Database): Promise<Finding[]> {
  const [row] = await worker.transaction((sql) => sql.query<{ lost: string | null; kept: boolean; behind: number | null; left: number; oldest: string | null; refused: number; last: string | null }>(
    `select lost, expires_at > clock_timestamp() as kept, case when told > '-infinity' then extract(epoch from clock_timestamp() - told)::float8 end as behind,
       (select count(*)::int from append_intent where made_at < clock_timestamp() - make_interval(secs => ${LEFT_SECONDS})) as left,
       (select format('in the stream %s/%s/%s, batch %s', tenant, category, stream, batch) from append_intent where made_at < clock_timestamp() - make_interval(secs => ${LEFT_SECONDS}) order by made_at limit 1) as oldest,
       (select count(*)::int from mirror_refused where not seen) as refused,
       (select format('%s/%s at %s: %s', source, id, position, why) from mirror_refused where not seen order by position desc limit 1) as last from log_mirror`));
  if (!row) return [];
  const { lost, kept, behind, left, oldest, refused, last } = row;
  const seconds = behind === null ? 'never' : `${behind.toFixed(0)} s ago`;
  return [
    lost !== null ? fails('mirror', `Nothing is appended and nothing is read on: ${lost}`, 'Restore PostgreSQL to the same moment as EventStoreDB or an earlier one, then: npx touchline epoch begin')
      : !kept ? fails('mirror', `No process keeps the mirror of EventStoreDB: nobody sees what was appended since (all was there last: ${seconds}).`, 'Start a worker that has the role mirror, and look into its log.')
      : behind === null || behind > BEHIND_SECONDS ? warns('mirror', `The mirror of EventStoreDB does not keep up: all was there last: ${seconds}.`, 'Look at the log of the worker that keeps it, and at the load of both servers.')
        : fine('mirror', 'The mirror of EventStoreDB is kept and has all that was appended.'),
    ...(refused > 0 ? [warns('refused', `${refused.toLocaleString('en')} events on EventStoreDB are not in its mirror, the last of them ${last}.`,
      'What it means: libs/event-store/EVENTSTOREDB.md, "The mirror". When you have looked: update touchline.mirror_refused set seen = true')] : []),
    ...(left > 0 ? [warns('appends', `${left.toLocaleString('en')} appends that a process has left could not be finished, the oldest of them ${oldest}.`,
      'The log of the worker that keeps the mirror says why; they are tried every minute. One that never can be, as its stream was deleted: libs/event-store/EVENTSTOREDB.md, "An append".')] : []),
  ];
}
