import { type CustomerKey, partitionOf, type Work } from '#event-store';
import { type CardSet, type ChurnModel, priorChurnModel } from '#insight';
import type { JourneyEvent } from '#journey';
import { modelById, modelInForceUpTo } from '../churn/model-in-force.js';
import { cardSetById, cardsInForceUpTo, firstCards } from '../scorecards/cards-in-force.js';
import { toldTable } from './table.js';

/** What the ticks tell of: which model says the risk, and which cards score. */
type Kind = 'model' | 'cards';

/** By which cards and which model whose row is made, as the ticks have told each partition: so a row follows from the log alone, whenever it is computed. */
export class Told {
  private constructor(private readonly models: ReadonlyMap<string, ChurnModel>, private readonly cards: ReadonlyMap<string, CardSet>) {}

  static async of({ sql, generation }: Pick<Work, 'sql' | 'generation'>, tenants: readonly string[]): Promise<Told> {
    const rows = await sql.query<{ tenant: string; partition: number; kind: Kind; id: string }>(
      `select tenant, partition, kind, id from ${toldTable(generation)} where tenant = any($1)`, [tenants], `customer_told_${generation}`);
    const [models, cards] = [new Map<string, ChurnModel>(), new Map<string, CardSet>()];
    for (const { tenant, partition, kind, id } of rows) {
      if (kind === 'model') models.set(`${tenant}/${partition}`, await modelById(sql, tenant, id) ?? priorChurnModel);
      else cards.set(`${tenant}/${partition}`, await cardSetById(sql, tenant, id));
    }
    return new Told(models, cards);
  }

  /** The prior, where nothing was promoted. */
  modelOf({ tenant, customer }: CustomerKey): ChurnModel {
    return this.models.get(`${tenant}/${partitionOf(tenant, customer)}`) ?? priorChurnModel;
  }

  /** The first scorecard for everybody, where nothing was published or assigned. */
  cardsOf({ tenant, customer }: CustomerKey): CardSet {
    return this.cards.get(`${tenant}/${partitionOf(tenant, customer)}`) ?? firstCards;
  }
}

/** Keeps which model is in force from a fact about models on. @returns its id */
export async function keepModel(work: Work, { stream: { tenant }, position }: JourneyEvent): Promise<string> {
  const { model: { id } } = await modelInForceUpTo(work.sql, tenant, position);
  await keep(work, tenant, 'model', id);
  return id;
}

/** The same of the cards. */
export async function keepCards(work: Work, { stream: { tenant }, position }: JourneyEvent): Promise<CardSet> {
  const cards = await cardsInForceUpTo(work.sql, tenant, position);
  await keep(work, tenant, 'cards', cards.id);
  return cards;
}

function keep({ sql, generation, partitions }: Work, tenant: string, kind: Kind, id: string): Promise<unknown> {
  return sql.query(
    `insert into ${toldTable(generation)} (tenant, partition, kind, id) select $1, unnest($2::smallint[]), $3, $4 on conflict (tenant, partition, kind) do update set id = excluded.id`,
    [tenant, partitions, kind, id]);
}
