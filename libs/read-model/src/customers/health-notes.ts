import { type CustomerKey, keyText, readEpoch, type Sql, type Work } from '#event-store';
import { type Band, cardFor, type Cards, dateOfDay, type DayOf, type FactSheet, restatement, type ToldEvent } from '#insight';
import { formatPosition, type JourneyEvent, needsRefold, parsePosition } from '#journey';
import { points } from '../reading.js';
import { cardSetById } from '../scorecards/cards-in-force.js';
import { conditionNotes, holding, isNews, scoresKept } from './condition-notes.js';
import { type HealthNote, keepTold, loadTold, type SeenHealth, seenHealth, type Told, writeHealthNotes } from './health-told.js';
import { noHistory, type RiskCause } from './risk-notes.js';
import { columnOf, type RowValues } from './states-sql.js';

/**
 * Notes which customers have come into another band, and what began or ended to hold of them, in the transaction that writes their rows and by the same rules as
 * changes of risk: only of rows that people read, and of no history. Where other cards have made the row, the new band is kept and nothing noted of it: their
 * publication is the announcement. Who is seen for the first time, with whatever holds, is no news either.
 */
export async function noteHealth(work: Work, rows: readonly RowValues[], causeOf: (key: CustomerKey) => RiskCause | null): Promise<void> {
  const settled = rows.flatMap(seenHealth);
  if (settled.length === 0) return;
  const known = await loadTold(work, settled);
  if (!known) return;
  const changed = settled.flatMap((seen) => {
    const before = known.get(keyText(seen));
    const scores = scoresKept(seen, before);
    const now = holding(seen, scores);
    return isNews(seen, before, { now, scores }) ? [{ seen, before, now, scores }] : [];
  });
  await keepTold(work.sql, changed.map(({ seen: { tenant, customer, cards, band }, now, scores }) => ({ tenant, customer, cards, band, conditions: now.map(({ condition }) => condition), scores })));
  const epoch = await readEpoch(work.sql);
  const notes: HealthNote[] = [];
  for (const { seen, before, now } of changed) {
    const cause = before && causeOf(seen);
    if (!cause) continue;
    if (before.cards === seen.cards && before.band !== seen.band) notes.push(await bandNote(work.sql, epoch, seen, before.band, cause));
    if (before.conditions !== null) notes.push(...await conditionNotes(work.sql, epoch, seen, { before, now, cause }));
  }
  await writeHealthNotes(work.sql, notes);
}

async function bandNote(sql: Sql, epoch: number, { row, tenant, customer, cards, band, day, score }: SeenHealth, from: Told['band'], { kind, position, event }: RiskCause): Promise<HealthNote> {
  const card = cardFor((await cardSetById(sql, tenant, cards)).whole, JSON.parse(columnOf(row, 'sheet') as string) as FactSheet);
  return {
    tenant, customer, type: 'insight.health-band-changed', id: `health-band-changed:${customer}:${formatPosition(epoch, position)}:${cards}`,
    data: { customer, day: dateOfDay(day), from, to: band, score: pointsIn(score, band), cause: { kind, ...(event ? { event } : {}) }, card: { id: card.id, version: card.version } },
  };
}

const pointsIn = (score: number | null, band: Band): number | null => (score === null || band === 'unknown' ? null : points(score));

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
  const notes: HealthNote[] = [];
  for (const one of late) {
    const note = restatedBy(one);
    if (note) notes.push(note);
    await work.breathe();
  }
  await writeHealthNotes(work.sql, notes);
}

/** Corrections, and facts of a day that had ended when they were recorded. */
const isLate = (fact: JourneyEvent, dayOf: DayOf): boolean => needsRefold(fact) || dayOf(fact.occurredAt) < dayOf(fact.recordedAt);

function restatedBy({ tenant, customer, story, late, closed, dayOf, cards }: Refolded & { readonly late: readonly ToldEvent[] }): HealthNote | null {
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
