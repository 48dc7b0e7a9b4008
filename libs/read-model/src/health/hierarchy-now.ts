import type { Sql } from '#event-store';
import { type Band, cardFor, type Profile } from '#insight';
import { sheetsOf } from '../customers/sheets.js';
import { customerTable } from '../customers/table.js';
import { rootsKnown } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { liveTable } from '../reading.js';
import { cardSetById } from '../scorecards/cards-in-force.js';
import { type NamedMember, rollsUp, type Top } from './roll-up-answer.js';

interface Row { customer: string; parent: string; name: string | null; cards: string | null; score: number | null; band: Band; arr: Profile['arr'] }

/** Whom a customer's health is rolled up from, by the rows: level by level, as far down as the cards roll up. Who is merged into another is that one; who has left is nobody's. */
export async function hierarchyNow(sql: Sql, tenant: string, top: Top): Promise<NamedMember[]> {
  if (!rollsUp(top.card)) return [];
  const roots = await rootsKnown(sql, tenant);
  const table = await liveTable(sql, 'customers', customerTable);
  const below = async (ids: readonly string[], seen: readonly string[]) => groupBy(ids.length === 0 ? [] : await sql.query<Row>(
    `select customer, parent, name, cards, score, band, profile->'arr' as arr from ${table} where tenant = $1 and parent = any($2) and customer <> all($3) and status in ('active', 'prospect')`,
    [tenant, ids.flatMap((id) => roots.members(id)), seen]), ({ parent }) => roots.root(parent));
  const found: NamedMember[] = [];
  const cards = new Map([[top.id, top.card]]);
  let level = await below([top.id], [top.id]);
  while (level.size > 0) {
    const rows = [...level].flatMap(([parent, children]) => children.map((row) => ({ ...row, parent })));
    const next = await below(rows.map(({ customer }) => customer), [top.id, ...found.map(({ id }) => id), ...rows.map(({ customer }) => customer)]);
    const sheets = await sheetsOf(sql, tenant, [...next.keys()]);
    for (const { customer: id, parent, name, cards: set, score, band, arr } of rows) {
      const sheet = sheets.get(id);
      if (sheet) cards.set(id, cardFor((await cardSetById(sql, tenant, set)).whole, sheet));
      found.push({ id, parent, name, arr, card: cards.get(id) ?? null, score, band });
    }
    level = new Map([...next].filter(([id]) => rollsUp(cards.get(id)!)));
  }
  return found;
}
