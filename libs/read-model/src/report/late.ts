import type { Sql } from '#event-store';
import { movedBy, type Restated } from '#insight';
import { parsePosition } from '#journey';
import type { GatheredReport } from './gather.js';
import type { PublishedReport } from './published.js';

/** A fact that was told after a report was published: about the time that it is about, or about spend, rates or the policy that figures are counted by; these are about no customer. */
export interface LateFact {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly customer: string | null;
  /** Of the customer; null where none is known, or it is in another segment. */
  readonly name: string | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** The figures that it moved; none: it changed no figure. Null: that is not known, as the report was put together by another version. */
  readonly changed: readonly string[] | null;
}

/** So many are looked at; who tells more has other work to do than to read them one by one. */
const LOOKED_AT = 2_000;

/** What the company says that figures are made of or counted by, whenever it says so. */
const OURS = ['company.period-spend-recorded', 'company.decision-recorded', 'company.meeting-held', 'exchangerates.set', 'revenuepolicy.set'];

type LateRow = Omit<LateFact, 'changed' | 'name'>;

interface Row { readonly source: string; readonly id: string; readonly type: string; readonly customer: string | null; readonly at: Date; readonly recorded: Date }

/** Facts after a report, up to where one looks now, in the order of the log. */
export async function lateFacts(sql: Sql, tenant: string, { upTo, asOf }: Pick<PublishedReport, 'upTo' | 'asOf'>, until: string): Promise<{ late: LateRow[]; more: number }> {
  const where = `from log where tenant = $1 and position > $2 and position <= $5 and ((category = 'customer' and (occurred_at <= $3 or type like 'record.%')) or type = any($4))`;
  const values = [tenant, parsePosition(upTo).n, asOf, OURS, parsePosition(until).n];
  const rows = await sql.query<Row>(`select source, id, type, case category when 'customer' then stream end as customer, occurred_at as at, recorded_at as recorded ${where} order by position limit ${LOOKED_AT}`, values);
  const [count] = await sql.query<{ n: number }>(`select count(*)::int as n ${where}`, values);
  return { late: rows.map(({ at, recorded, ...row }) => ({ ...row, occurredAt: at.toISOString(), recordedAt: recorded.toISOString() })), more: count!.n - rows.length };
}

export interface Explained { readonly restated: readonly Restated[]; readonly late: readonly LateFact[] }

/** Which late fact moved which figure. `before`: the report as it comes out at its own position, of the same composition. */
export function explainLate(restated: readonly Restated[], late: readonly LateRow[], { before, now }: { readonly before: GatheredReport | null; readonly now: GatheredReport }): Explained {
  const names = new Map(now.book.accounts.map(({ customer, name }) => [customer, name]));
  const named = (fact: LateRow) => ({ ...fact, name: names.get(fact.customer ?? '') ?? null });
  if (!before) return { restated, late: late.map((fact) => ({ ...named(fact), changed: null })) };
  const told = restated.map((one) => ({ ...one, facts: movedBy(before.book, now.book, { figure: one.figure, late }) }));
  const moved = (fact: LateRow) => told.filter(({ facts }) => facts.some(({ source, id }) => source === fact.source && id === fact.id)).map(({ figure }) => figure);
  return { restated: told, late: late.map((fact) => ({ ...named(fact), changed: moved(fact) })) };
}
