import { type CustomerKey, keyText, readEpoch, type Sql, type Work } from '#event-store';
import { type DayOf, riskLevel } from '#insight';
import { type DataFor, type EventRef, formatPosition, type JourneyEvent, needsRefold, parsePosition } from '#journey';
import { columnOf, type RowValues } from './states-sql.js';

const HISTORY_MS = 7 * 86_400_000;

/** What may have changed the risk of a customer: a fact, a late one, or the close of a day. */
export interface RiskCause {
  readonly kind: 'fact' | 'late-fact' | 'time';
  readonly position: number;
  readonly event: EventRef | null;
}

/** Not history: it was known within a week before it was recorded, and recorded within a week before it is worked off. */
export const noHistory = ({ recordedAt, observedAt }: JourneyEvent): boolean => Date.parse(recordedAt) - Date.parse(observedAt) <= HISTORY_MS && Date.now() - Date.parse(recordedAt) <= HISTORY_MS;

/** The last of these facts that is no history. */
export function causeIn(facts: readonly JourneyEvent[], kind: RiskCause['kind']): RiskCause | null {
  const last = facts.findLast(noHistory);
  return last ? { kind, position: parsePosition(last.position).n, event: kind === 'time' ? null : { source: last.source, id: last.id } } : null;
}

/** Of a row that is folded anew from a fact on: late facts and corrections; else a fact of the open day; else it waited for nothing but the day's end. */
export function causeOfRefold(facts: readonly JourneyEvent[], { dayOf, day, upTo }: { readonly dayOf: DayOf; readonly day: number; readonly upTo: number }): RiskCause | null {
  const late = facts.filter((fact) => needsRefold(fact) || dayOf(fact.occurredAt) < dayOf(fact.recordedAt));
  if (late.length > 0 || facts.length === 0) return causeIn(late, 'late-fact');
  return dayOf(facts.at(-1)!.recordedAt) >= day ? causeIn(facts, 'fact') : { kind: 'time', position: upTo, event: null };
}

interface Told { live: number | null; tenant: string | null; customer: string; model: string; chance: number; level: number }
interface Kept extends CustomerKey { readonly model: string; readonly chance: number; readonly level: number }
interface Note extends CustomerKey { readonly id: string; readonly data: DataFor<'insight.churn-risk-changed'> }

/**
 * Notes which customers have come to another level of risk, in the transaction that writes their rows. Only of rows that people read; where no cause is given
 * (history, another model, rows that are made anew) the new level is kept and nothing noted.
 */
export async function noteRisks(work: Work, rows: readonly RowValues[], causeOf: (key: CustomerKey) => RiskCause | null): Promise<void> {
  const seen = rows.map(seenIn).filter(({ settled }) => settled);
  if (seen.length === 0) return;
  const told = await work.sql.query<Told>(
    `select live, told.tenant, told.customer, told.model, told.chance, told.level from projection
     left join risk_told as told on live = $3 and (told.tenant, told.customer) in (select * from unnest($1::text[], $2::text[])) where name = 'customers'`,
    [seen.map(({ tenant }) => tenant), seen.map(({ customer }) => customer), work.generation], 'risk_told');
  if (told[0]?.live !== work.generation) return;
  const known = new Map(told.flatMap((row) => (row.tenant === null ? [] : [[keyText({ tenant: row.tenant, customer: row.customer }), row]])));
  const kept: Kept[] = [];
  const changes: { readonly before: Told; readonly now: Kept; readonly cause: RiskCause }[] = [];
  for (const { tenant, customer, model, chance } of seen) {
    if (chance === null) continue;
    const before = known.get(keyText({ tenant, customer }));
    const level = riskLevel(chance / 10_000, before?.model === model ? before.level : null);
    if (before?.model === model && before.level === level) continue;
    const now = { tenant, customer, model, chance, level };
    const cause = before?.model === model ? causeOf(now) : null;
    kept.push(now);
    if (cause) changes.push({ before: before!, now, cause });
  }
  await keep(work.sql, kept);
  if (changes.length === 0) return;
  const epoch = await readEpoch(work.sql);
  await write(work.sql, changes.map(({ before, now: { tenant, customer, model, chance }, cause: { kind, position, event } }): Note => ({
    tenant, customer, id: `churn-risk-changed:${customer}:${formatPosition(epoch, position)}:${model}`,
    data: { customer, from: before.chance / 10_000, to: chance / 10_000, horizon: '90', model, cause: { kind, ...(event ? { event } : {}) } },
  })));
}

function seenIn(row: RowValues) {
  const text = (name: Parameters<typeof columnOf>[1]) => columnOf(row, name) as string;
  return {
    tenant: text('tenant'), customer: text('customer'), model: text('churn_model'), chance: columnOf(row, 'risk') as number | null,
    settled: columnOf(row, 'stale_from') === null && columnOf(row, 'held') !== true,
  };
}

async function keep(sql: Sql, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return;
  await sql.query(
    `insert into risk_told (tenant, customer, model, chance, level) select * from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::smallint[])
     on conflict (tenant, customer) do update set model = excluded.model, chance = excluded.chance, level = excluded.level`,
    [kept.map(({ tenant }) => tenant), kept.map(({ customer }) => customer), kept.map(({ model }) => model), kept.map(({ chance }) => chance), kept.map(({ level }) => level)]);
}

async function write(sql: Sql, notes: readonly Note[]): Promise<void> {
  await sql.query('insert into risk_note (tenant, customer, id, data) select * from unnest($1::text[], $2::text[], $3::text[], $4::json[])',
    [notes.map(({ tenant }) => tenant), notes.map(({ customer }) => customer), notes.map(({ id }) => id), notes.map(({ data }) => JSON.stringify(data))]);
}
