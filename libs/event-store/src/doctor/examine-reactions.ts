import type { Database } from '../postgres/database.js';
import { readHorizon } from '../postgres/read.js';
import { fine, type Finding, warns } from './finding.js';

interface Row { name: string; position: string; waiting: number; overdue: number; failing: number; failure: string | null; last: Date | null }

/** A worker looks every five seconds, and at once when the log grows. */
const OVERDUE = '1 minute';

/** How far reactions have read, and what stands on their agenda that should have been done by now. */
export async function examineReactions(worker: Database): Promise<Finding[]> {
  const { rows, n } = await worker.transaction(async (sql) => ({
    n: (await readHorizon(sql)).n,
    rows: await sql.query<Row>(
      `select name, r.position, count(a.at)::int as waiting, count(*) filter (where a.at < now() - interval '${OVERDUE}')::int as overdue, count(a.failure)::int as failing,
         (array_agg(failure order by a.at, subject) filter (where failure is not null))[1] as failure, max(a.at) filter (where failure is not null) as last
       from reaction as r left join agenda as a on a.reaction = r.name group by 1, 2 order by 1`),
  }));
  return rows.map(({ name, position, waiting, overdue, failing, failure, last }) => {
    const check = `reaction ${name}`;
    const entries = `${waiting.toLocaleString('en')} ${waiting === 1 ? 'entry' : 'entries'} on its agenda`;
    if (failing > 0) return warns(check, `${entries}, ${failing.toLocaleString('en')} of them failed so far: ${failure}`, `They are tried again, the last of them by ${last!.toISOString()}. Mend the cause; nothing is lost.`);
    if (overdue > 0) return warns(check, `${entries}, ${overdue.toLocaleString('en')} of them due for more than a minute.`, 'Is a worker running that carries it? If so, look at the load of worker and database.');
    const behind = n - Number(position);
    return fine(check, `Up to ${Math.max(0, behind).toLocaleString('en')} positions behind, ${entries}.`);
  });
}
