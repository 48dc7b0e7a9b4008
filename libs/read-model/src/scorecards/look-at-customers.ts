import { Query } from '@nestjs/cqrs';
import { type Card, type CardCoverage, CoverageCounting, type FactSheet } from '#insight';
import { breather } from '../whole-history/breathing.js';
import { readCustomers, type ReadModelOptions } from '../reading.js';

/** Of how many customers each measure of a card is known: those who have not ended, at most 2,000, by their ids. */
export class GetCardCoverage extends Query<CardCoverage> {
  constructor(readonly options: { readonly tenant: string; readonly card: Card }) {
    super();
  }
}

const MOST = 2_000;
const AT_ONCE = 200;

/** By the sheets in the read model, as of today. They are read some at a time, and others have the process in between. */
export async function getCardCoverage(options: ReadModelOptions, { tenant, card }: GetCardCoverage['options']): Promise<CardCoverage> {
  const { day } = await readCustomers(options, tenant, async (_sql, _rows, today) => today);
  const [counting, breathe] = [new CoverageCounting(card, day), breather()];
  let after = '';
  for (let looked = 0; looked < MOST; looked += AT_ONCE) {
    const rows = await readCustomers(options, tenant, (sql, { from }) => sql.query<{ customer: string; sheet: FactSheet }>(
      `select customer, sheet from ${from} where tenant = $1 and customer > $2 and status in ('active', 'prospect') order by customer limit ${AT_ONCE}`, [tenant, after]));
    for (const { sheet } of rows) {
      counting.add(sheet);
      await breathe();
    }
    if (rows.length < AT_ONCE) break;
    after = rows.at(-1)!.customer;
  }
  return counting.coverage();
}
