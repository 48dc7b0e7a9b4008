import { type CustomerKey, keyText, type Projection, readStories, type Work } from '#event-store';
import { type JourneyEvent, needsRefold, parsePosition, upcast } from '#journey';
import { storyIn } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { lastGood } from '../projections/last-good.js';
import { createEntityTable, type EntityTable, entityTableName } from './entity-table.js';
import { deleteEntitiesOf, type EntityValues, loadEntities, saveEntities, valuesOfEntity } from './entity-rows.js';
import { type Filled, foldEntities } from './fold-entities.js';

/** Raised when rows are kept in another way, whatever the tables. */
const KEPT = 3;
const AT_ONCE = 20;

/** Who has corrections: facts of theirs that come later may have been corrected before, so their things are computed anew. */
const CORRECTED: EntityTable = { name: 'corrected', version: 1, columns: { since: 'text' }, entityOf: () => null, rowOf: () => null };
const CORRECTIONS = 'corrections';

/** The things that facts of customers speak of, a row each: one projection for all such tables, so that a story is read once for all. */
export class EntitiesProjection implements Projection {
  readonly name = 'entities';
  readonly version: string;
  readonly categories = ['customer'];
  readonly together = true;
  readonly compared;

  private readonly all: readonly EntityTable[];

  constructor(private readonly tables: readonly EntityTable[]) {
    this.all = [...tables, CORRECTED];
    this.version = [KEPT, ...tables.map(({ name, version }) => `${name}@${version}`)].join('/');
    this.compared = tables.map((table) => ({ name: (generation: number) => entityTableName(table, generation), key: ['tenant', 'customer', 'entity'] }));
  }

  createTables(generation: number): string {
    return this.all.map((table) => createEntityTable(table, generation)).join('\n');
  }

  dropTables(generation: number): string {
    return this.all.map((table) => `drop table if exists ${entityTableName(table, generation)}`).join(';\n');
  }

  async apply(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    const again: CustomerKey[] = [];
    const fresh: JourneyEvent[] = [];
    const byOwner = groupBy(events, ({ stream }) => keyText(work.roots.rootOf(stream)));
    const owners = [...byOwner.values()].map(([first]) => ({ ...work.roots.rootOf(first!.stream), entity: CORRECTIONS }));
    const corrected = new Set((await loadEntities(work, CORRECTED, owners)).map(keyText));
    for (const [key, facts] of byOwner) {
      const owner = work.roots.rootOf(facts[0]!.stream);
      try {
        if (corrected.has(key) || facts.some(needsRefold)) again.push(owner);
        else fresh.push(...facts.map(upcast));
      } catch {
        // The whole story decides which fact is the bad one.
        again.push(owner);
      }
    }
    for (const table of this.tables) again.push(...await this.add(work, table, fresh));
    await this.refold({ ...work, upTo: parsePosition(events.at(-1)!.position).n }, again);
  }

  /** Computes the things of these customers anew from the log. What cannot be computed is parked, and the rows show what came before. */
  async refold(work: Work, customers: readonly CustomerKey[]): Promise<void> {
    const keys = new Map(customers.map((key) => [keyText(key), key]));
    for (const [tenant, group] of groupBy([...keys.values()], (key) => key.tenant)) {
      for (let start = 0; start < group.length; start += AT_ONCE) await this.refoldFew(work, tenant, group.slice(start, start + AT_ONCE).map(({ customer }) => customer));
    }
  }

  /** Adds facts to the things that they are about. @returns whose rows could not be made */
  private async add(work: Work, table: EntityTable, facts: readonly JourneyEvent[]): Promise<CustomerKey[]> {
    const failed = new Map<string, CustomerKey>();
    const about: { tenant: string; customer: string; entity: string; fact: JourneyEvent }[] = [];
    for (const fact of facts) {
      const owner = work.roots.rootOf(fact.stream);
      try {
        const entity = table.entityOf(fact);
        if (entity !== null) about.push({ ...owner, entity, fact });
      } catch {
        failed.set(keyText(owner), owner);
      }
    }
    const touched = groupBy(about, ({ tenant, customer, entity }) => JSON.stringify([tenant, customer, entity]));
    const known = new Map((await loadEntities(work, table, [...touched.values()].map(([first]) => first!))).map(({ tenant, customer, entity, facts: kept }) => [JSON.stringify([tenant, customer, entity]), kept]));
    const values: EntityValues[] = [];
    for (const [key, news] of touched) {
      const { tenant, customer, entity } = news[0]!;
      try {
        values.push(valuesOfEntity(table, { tenant, customer, entity, facts: [...known.get(key) ?? [], ...news.map(({ fact }) => fact)] }));
      } catch {
        failed.set(keyText({ tenant, customer }), { tenant, customer });
      }
      await work.breathe();
    }
    await saveEntities(work, table, values);
    return [...failed.values()];
  }

  private async refoldFew(work: Work, tenant: string, customers: readonly string[]): Promise<void> {
    const roots = work.roots.of(tenant);
    const members = customers.flatMap((customer) => (roots.merge(customer) ? [] : roots.members(customer)));
    const stories = await readStories(work.sql, tenant, members, work.upTo);
    const filled: Filled[] = [];
    for (const customer of customers) {
      if (!roots.merge(customer)) {
        const story = await storyIn(stories, roots.members(customer));
        filled.push(await this.foldOrPark(work, { tenant, customer }, story));
        if (story.some(needsRefold)) filled.push(new Map([[CORRECTED, [valuesOfEntity(CORRECTED, { tenant, customer, entity: CORRECTIONS, facts: [] })]]]));
      }
      await work.breathe();
    }
    for (const table of this.all) {
      await deleteEntitiesOf(work, table, tenant, customers);
      await saveEntities(work, table, filled.flatMap((rows) => rows.get(table) ?? []));
    }
  }

  private async foldOrPark(work: Work, key: CustomerKey, story: readonly JourneyEvent[]): Promise<Filled> {
    try {
      return foldEntities(this.tables, key, story);
    } catch (failure) {
      const { good, bad, error = failure } = lastGood(story, (facts) => foldEntities(this.tables, key, facts));
      await work.hold(key, parsePosition(bad!.position).n, error);
      return good.length > 0 ? foldEntities(this.tables, key, good) : new Map();
    }
  }
}
