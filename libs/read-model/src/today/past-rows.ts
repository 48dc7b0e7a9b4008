import type { Sql } from '#event-store';
import { cardFor, type CardSet, type ChurnModel, type FactSheet, headline, headlineRisk, healthAt, pointsOfView, profileOf, type Score, type ToldEvent, withOverride } from '#insight';
import { effectiveEvents, type JourneyEvent } from '#journey';
import { modelInForce } from '../churn/model-in-force.js';
import { cardsInForce } from '../scorecards/cards-in-force.js';
import { type CustomerRow, keptSummary, SAID } from '../customers/customer-answer.js';
import { rootsKnown, storyOf, toldOf } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { computable } from '../health/held.js';
import { sheetOf, toldBy } from '../health/told-by.js';
import type { Calendar } from '../tenant.js';

const AT_ONCE = 50;

/** A row as it was at the end of a pinned day, its score, and what both were made from. */
export interface PastRow extends CustomerRow { readonly health: Score; readonly sheet: FactSheet }

/** What had happened and was known by the end of a pinned day, effective, earliest first; else everything. */
export function eventsUpTo(events: readonly JourneyEvent[], { today, now }: Calendar): JourneyEvent[] {
  if (!today.pinned) return computable(events, effectiveEvents).value;
  return computable(events, (facts) => toldBy(facts, { asOf: now, knownAt: now })).value;
}

/** The customers of a tenant at the end of a pinned day before that of the rows, folded from the log: every customer, so for days that are pinned to show something. */
export async function pastRows(sql: Sql, tenant: string, table: string, calendar: Calendar): Promise<PastRow[]> {
  const roots = await rootsKnown(sql, tenant, calendar.now);
  const rows = await sql.query<{ customer: string; held: boolean }>(`select customer, held from ${table} where tenant = $1 order by customer`, [tenant]);
  const standing = rows.filter(({ customer }) => roots.root(customer) === customer);
  const by = { model: (await modelInForce(sql, tenant)).model, cards: await cardsInForce(sql, tenant) };
  const past: PastRow[] = [];
  for (let start = 0; start < standing.length; start += AT_ONCE) {
    const few = standing.slice(start, start + AT_ONCE);
    const stories = groupBy(await storyOf(sql, tenant, { members: few.flatMap(({ customer }) => roots.members(customer)) }), ({ stream }) => roots.root(stream.id));
    for (const { customer, held } of few) {
      const { value: row } = computable(toldOf(customer, stories.get(customer) ?? []), (story) => pastRow({ customer, held }, story, calendar, by));
      if (row) past.push(row);
    }
  }
  return past;
}

function pastRow({ customer, held }: { customer: string; held: boolean }, story: readonly ToldEvent[], calendar: Calendar, { model, cards }: { readonly model: ChurnModel; readonly cards: CardSet }): PastRow | null {
  const { now, dayOf, today: { day } } = calendar;
  const counted = eventsUpTo(story, calendar);
  if (counted.length === 0) return null;
  const sheet = sheetOf(counted, calendar);
  const profile = profileOf(sheet, day);
  const { score: health, band, closedAs, override } = healthAt(story, cards.whole, { asOf: now, knownAt: now, dayOf });
  const card = cardFor(cards.whole, sheet);
  const counts = withOverride({ score: health.score, band }, override);
  const summary = keptSummary({ day, band, profile, card, override, seen: pointsOfView(cards, sheet, day), headline: headline(sheet, card, day, SAID), risk: headlineRisk(model, sheet, { day, arr: profile.arr }) });
  return { customer, held, cards: cards.id, nameless: profile.name === null, status: profile.status, summary, day, ...counts, close_band: closedAs, profile, position: '0', health, sheet };
}
