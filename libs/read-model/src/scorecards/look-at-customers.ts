import { Query } from '@nestjs/cqrs';
import { type Card, type CardCoverage, coverageOf, type FactSheet } from '#insight';
import { findLiveRows } from '../customers/live-rows.js';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';

/** Of how many customers each measure of a card is known: those who have not ended, at most 2,000, by their ids. */
export class GetCardCoverage extends Query<CardCoverage> {
  constructor(readonly options: { readonly tenant: string; readonly card: Card }) {
    super();
  }
}

const MOST = 2_000;
const AT_ONCE = 200;

/** By the sheets in the read model, as of today. */
export function getCardCoverage({ reader, now }: ReadModelOptions, { tenant, card }: GetCardCoverage['options']): Promise<CardCoverage> {
  return read(reader, tenant, async (sql) => {
    const { from } = await findLiveRows(sql);
    const { today } = await calendarOf(sql, tenant, now());
    const sheets: FactSheet[] = [];
    for (let after = ''; sheets.length < MOST;) {
      const rows = await sql.query<{ customer: string; sheet: FactSheet }>(
        `select customer, sheet from ${from} where tenant = $1 and customer > $2 and status in ('active', 'prospect') order by customer limit ${AT_ONCE}`, [tenant, after]);
      sheets.push(...rows.map(({ sheet }) => sheet));
      if (rows.length < AT_ONCE) break;
      after = rows.at(-1)!.customer;
      await new Promise((wake) => setImmediate(wake));
    }
    return coverageOf(card, sheets, today.day);
  });
}
