import { type CustomerKey, keyText, readEpoch, type Sql, type Work } from '#event-store';
import { type Band, cardFor, type Cards, dateOfDay, type DayOf, type FactSheet, restatement, type ToldEvent } from '#insight';
import { type DataFor, formatPosition, type JourneyEvent, needsRefold, parsePosition } from '#journey';
import { points } from '../reading.js';
import { cardSetById } from '../scorecards/cards-in-force.js';
import { noHistory, type RiskCause } from './risk-notes.js';
import { columnOf, type RowValues } from './states-sql.js';

interface Told { live: number | null; tenant: string | null; customer: string; cards: string; band: Band }
type Note = CustomerKey & { readonly id: string } & (
  | { readonly type: 'insight.health-band-changed'; readonly data: DataFor<'insight.health-band-changed'> }
  | { readonly type: 'insight.metric-restated'; readonly data: DataFor<'insight.metric-restated'> });

/**
 * Notes which customers have come into another band, in the transaction that writes their rows and by the same rules as changes of risk: only of rows that people
 * read, and of no history. Where other cards have made the row, the new band is kept and nothing noted: their publication is the announcement.
 */
export async function noteBands(work: Work, rows: readonly RowValues[], causeOf: (key: CustomerKey) => RiskCause | null): Promise<void> {
  const settled = rows.filter((row) => columnOf(row, 'stale_from') === null && columnOf(row, 'held') !== true && columnOf(row, 'merged_into') === null).map(seenIn);
  if (settled.length === 0) return;
  const told = await work.sql.query<Told>(
    `select live, told.tenant, told.customer, told.cards, told.band from projection
     left join band_told as told on live = $3 and (told.tenant, told.customer) in (select * from unnest($1::text[], $2::text[])) where name = 'customers'`,
    [settled.map(({ tenant }) => tenant), settled.map(({ customer }) => customer), work.generation], 'band_told');
  if (told[0]?.live !== work.generation) return;
  const known = new Map(told.flatMap((row) => (row.tenant === null ? [] : [[keyText({ tenant: row.tenant, customer: row.customer }), row]])));
  const changed = settled.filter((now) => known.get(keyText(now))?.band !== now.band || known.get(keyText(now))?.cards !== now.cards);
  await keep(work.sql, changed);
  const epoch = await readEpoch(work.sql);
  const notes: Note[] = [];
  for (const { row, tenant, customer, cards, band } of changed) {
    const before = known.get(keyText({ tenant, customer }));
    const cause = before?.cards === cards ? causeOf({ tenant, customer }) : null;
    if (!cause) continue;
    const { kind, position, event } = cause;
    const card = cardFor((await cardSetById(work.sql, tenant, cards)).whole, JSON.parse(columnOf(row, 'sheet') as string) as FactSheet);
    notes.push({
      tenant, customer, type: 'insight.health-band-changed', id: `health-band-changed:${customer}:${formatPosition(epoch, position)}:${cards}`,
      data: {
        customer, day: dateOfDay(columnOf(row, 'day') as number), from: before!.band, to: band, score: pointsIn(columnOf(row, 'score') as number | null, band),
        cause: { kind, ...(event ? { event } : {}) }, card: { id: card.id, version: card.version },
      },
    });
  }
  await write(work.sql, notes);
}

const pointsIn = (score: number | null, band: Band): number | null => (score === null || band === 'unknown' ? null : points(score));

function seenIn(row: RowValues) {
  const text = (name: Parameters<typeof columnOf>[1]) => columnOf(row, name) as string;
  return { row, tenant: text('tenant'), customer: text('customer'), cards: text('cards'), band: text('band') as Band };
}

/** A customer that was folded anew from a position on: the whole story, and up to which day it is closed. */
export interface Refolded extends CustomerKey {
  readonly story: readonly ToldEvent[];
  readonly from: number;
  readonly closed: number;
  readonly dayOf: DayOf;
  readonly cards: { readonly id: string; readonly whole: Cards };
}

const NAMED = 25;

/**
 * Notes what late facts and corrections have made of closed days. History is no cause: it counts as if it had been known before, whatever came together with it,
 * so that a note names only facts that made the difference it tells of; of who was not known before nothing is noted. Only of rows that people read.
 */
export async function noteRestatements(work: Work, refolded: readonly Refolded[]): Promise<void> {
  const late = refolded.flatMap((one) => {
    const came = one.story.filter((fact) => parsePosition(fact.position).n >= one.from && isLate(fact, one.dayOf));
    return came.length < one.story.length && came.some(noHistory) ? [{ ...one, late: came.filter(noHistory) }] : [];
  });
  if (late.length === 0) return;
  const [projection] = await work.sql.query<{ live: number | null }>(`select live from projection where name = 'customers'`);
  if (projection?.live !== work.generation) return;
  const notes: Note[] = [];
  for (const one of late) {
    const note = restatedBy(one);
    if (note) notes.push(note);
    await work.breathe();
  }
  await write(work.sql, notes);
}

/** Corrections, and facts of a day that had ended when they were recorded. */
const isLate = (fact: JourneyEvent, dayOf: DayOf): boolean => needsRefold(fact) || dayOf(fact.occurredAt) < dayOf(fact.recordedAt);

function restatedBy({ tenant, customer, story, late, closed, dayOf, cards }: Refolded & { readonly late: readonly ToldEvent[] }): Note | null {
  const found = restatedOrNot(() => restatement(story, cards.whole, { late: new Set(late.map(({ position }) => position)), closed, dayOf }));
  if (!found) return null;
  const { from, day, was, is, wasBand, isBand, card } = found;
  const last = late.at(-1)!;
  return {
    tenant, customer, type: 'insight.metric-restated', id: `metric-restated:health:${customer}:${last.position}:${cards.id}`,
    data: {
      customer, metric: 'health', from: dateOfDay(from), day: dateOfDay(day), was: was === null ? null : points(was), is: is === null ? null : points(is), wasBand, isBand,
      knownSince: last.observedAt, because: late.slice(-NAMED).map(({ source, id }) => ({ source, id })), card,
    },
  };
}

/** Where a correction mends a fact that could not be read, nothing could be said without it that would be another now. */
function restatedOrNot<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch {
    return null;
  }
}

async function keep(sql: Sql, kept: readonly (CustomerKey & Pick<Told, 'cards' | 'band'>)[]): Promise<void> {
  if (kept.length === 0) return;
  await sql.query(
    `insert into band_told (tenant, customer, cards, band) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
     on conflict (tenant, customer) do update set cards = excluded.cards, band = excluded.band`,
    [kept.map(({ tenant }) => tenant), kept.map(({ customer }) => customer), kept.map(({ cards }) => cards), kept.map(({ band }) => band)]);
}

async function write(sql: Sql, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  await sql.query('insert into health_note (tenant, customer, type, id, data) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::json[])',
    [notes.map(({ tenant }) => tenant), notes.map(({ customer }) => customer), notes.map(({ type }) => type), notes.map(({ id }) => id), notes.map(({ data }) => JSON.stringify(data))]);
}
