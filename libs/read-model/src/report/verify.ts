import { COMPOSITION, type Restated, restatedIn, type Report } from '#insight';
import type { Sql } from '#event-store';
import { parsePosition } from '#journey';
import { read, type Reading } from '../reading.js';
import { gatherReport } from './gather.js';
import { hashOfFigures, keptFile, type PublishedReport } from './publish.js';

/** A fact that was told after a report was published: about the time that it is about, or about spend, rates or the policy that figures are counted by; these are about no customer. */
export interface LateFact { readonly source: string; readonly id: string; readonly type: string; readonly customer: string | null; readonly occurredAt: string; readonly recordedAt: string }

export interface ReportVerified {
  readonly report: string;
  /** Whether its figures, worked out again from the facts up to its position, are the same. Null: it was put together by another version, which is no longer worked out. */
  readonly same: boolean | null;
  /** What comes out otherwise; empty where all is the same. */
  readonly differences: readonly Restated[];
  /** Whether each file is kept and still what it was. */
  readonly files: readonly { readonly format: string; readonly sha256: string; readonly kept: boolean }[];
  /** What facts that came since say otherwise of the same quarter. */
  readonly restated: readonly Restated[];
  readonly restatedUpTo: string;
  /** Why: facts about that time that were told since, facts that correct others, and what was said of spend, rates and policy. At most 50. */
  readonly late: readonly LateFact[];
  readonly moreLate: number;
}

const MOST = 50;

/** What the company says that figures are counted by. */
const OURS = ['company.period-spend-recorded', 'exchangerates.set', 'revenuepolicy.set'];

export async function verifyReport(reading: Reading, tenant: string, published: PublishedReport): Promise<ReportVerified> {
  const { report: id, period, segment, upTo, knownAt, asOf, composition, figures, files } = published;
  const [kept, json] = await read(reading.reader, tenant, async (sql) => {
    const found = [];
    for (const file of files) found.push({ ...file, content: await keptFile(sql, tenant, file.sha256) });
    return [found.map(({ format, sha256, content }) => ({ format, sha256, kept: content !== null })), found.find(({ format }) => format === 'json')?.content ?? null] as const;
  });
  const was = json === null ? null : JSON.parse(json.toString()) as Report;
  const options = { tenant, period, ...(segment !== undefined && { segment }), asOf };
  const same = composition === COMPOSITION ? (await gatherReport(reading, { ...options, upTo, knownAt })).report : null;
  const now = (await gatherReport(reading, options)).report;
  const { late, more } = await read(reading.reader, tenant, (sql) => lateFacts(sql, tenant, { after: parsePosition(upTo).n, asOf }));
  return {
    report: id, same: same && hashOfFigures(same) === figures, differences: same && was ? restatedIn(was, same) : [], files: kept, restated: was ? restatedIn(was, now) : [], restatedUpTo: now.position, late, moreLate: more,
  };
}

async function lateFacts(sql: Sql, tenant: string, { after, asOf }: { readonly after: number; readonly asOf: string }): Promise<{ late: LateFact[]; more: number }> {
  const where = `from log where tenant = $1 and position > $2 and ((category = 'customer' and (occurred_at <= $3 or type like 'record.%')) or type = any($4))`;
  const rows = await sql.query<{ source: string; id: string; type: string; customer: string | null; at: Date; recorded: Date }>(
    `select source, id, type, case category when 'customer' then stream end as customer, occurred_at as at, recorded_at as recorded ${where} order by position limit ${MOST}`, [tenant, after, asOf, OURS]);
  const [count] = await sql.query<{ n: number }>(`select count(*)::int as n ${where}`, [tenant, after, asOf, OURS]);
  return { late: rows.map(({ at, recorded, ...row }) => ({ ...row, occurredAt: at.toISOString(), recordedAt: recorded.toISOString() })), more: count!.n - rows.length };
}
