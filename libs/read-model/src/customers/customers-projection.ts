import { type CustomerKey, keyText, partitionOf, type Projection, readStreamsRows, type Sql, type Work } from '#event-store';
import { type Card, firstScorecard } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { groupBy } from '../group-by.js';
import { lastGood } from '../projections/last-good.js';
import { dayOfIn } from '../tenant.js';
import { type CustomerState, customerSteps, newState } from './customer-state.js';
import { loadStates, loadStatesOfTenant, type Late, loadStale, markHeld, markStale, saveRows } from './states-sql.js';
import { closedDayTable, createCustomerTables, customerTable, dropCustomerTables } from './table.js';

const SLICE = 200;
/** Customers whose streams are read and folded together. */
const AT_ONCE = 20;
const SETTLE_MS = 1_000;
const CLOCK = 'clock';

/** What one tenant's calendar says, and which days are closed, by partition. */
interface Calendars { readonly zones: Map<string, string>; readonly closed: Map<string, number> }

/** Who every customer is and how they are. Rows are a function of the log alone: the day comes from recording times and day-closed facts. */
export class CustomersProjection implements Projection {
  readonly name = 'customers';
  readonly categories = ['customer', CLOCK];
  readonly compared = [{ name: customerTable, key: ['tenant', 'customer'], unsettled: 'stale_from', held: 'held' }];
  readonly tenantTables = [{ name: closedDayTable, key: ['tenant', 'partition'] }];
  readonly createTables = createCustomerTables;
  readonly dropTables = dropCustomerTables;

  constructor(private readonly card: Card = firstScorecard, private readonly steps = customerSteps) {}

  async apply(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    let facts: JourneyEvent[] = [];
    for (const event of events) {
      if (event.stream.category !== CLOCK) {
        facts.push(event);
        continue;
      }
      await this.addFacts(work, facts);
      facts = [];
      await this.closeDay(work, event);
    }
    await this.addFacts(work, facts);
  }

  /** Refolds customers whose past has changed, each once however many facts changed it; for about a second, then the next transaction. */
  async settle(work: Work): Promise<boolean> {
    const stale = await loadStale(work, SLICE);
    const folded = await this.refoldUntil(work, stale, performance.now() + SETTLE_MS);
    return folded < stale.length || stale.length === SLICE;
  }

  /** The truth about customers: folded from their whole streams. What cannot be folded is parked, and the row shows what came before. */
  async refold(work: Work, customers: readonly CustomerKey[]): Promise<void> {
    await this.refoldUntil(work, customers, Infinity);
  }

  /** @returns how many were done when time was up */
  private async refoldUntil(work: Work, customers: readonly CustomerKey[], until: number): Promise<number> {
    if (customers.length === 0) return 0;
    const calendars = await calendarsOf(work);
    let done = 0;
    for (const [tenant, group] of groupBy(customers, (key) => key.tenant)) {
      for (let start = 0; start < group.length && performance.now() < until; start += AT_ONCE) {
        const few = group.slice(start, start + AT_ONCE);
        await this.refoldFew(work, tenant, few, calendars);
        done += few.length;
      }
    }
    return done;
  }

  private async refoldFew(work: Work, tenant: string, keys: readonly CustomerKey[], calendars: Calendars): Promise<void> {
    const events = await readStreamsRows(work.sql, tenant, 'customer', keys.map(({ customer }) => customer), work.upTo);
    const streams = groupBy(events, ({ stream }) => stream.id);
    const rows: string[] = [];
    for (const { customer } of keys) {
      const row = await this.foldOrPark(work, { tenant, customer }, streams.get(customer) ?? [], calendars);
      if (row !== undefined) rows.push(row);
      await work.breathe();
    }
    await saveRows(work, rows);
  }

  private async foldOrPark(work: Work, key: CustomerKey, stream: readonly JourneyEvent[], calendars: Calendars): Promise<string | undefined> {
    const compute = (facts: readonly JourneyEvent[], held = false) => this.rowFrom(key, facts, calendars, held);
    try {
      return stream.length > 0 ? compute(stream) : undefined;
    } catch (failure) {
      const { good, bad, error = failure } = lastGood(stream, compute);
      await work.hold(key, parsePosition(bad!.position).n, error);
      if (good.length > 0) return compute(good, true);
      await markHeld(work, key);
      return undefined;
    }
  }

  private rowFrom({ tenant, customer }: CustomerKey, facts: readonly JourneyEvent[], { zones, closed }: Calendars, held: boolean): string {
    const dayOf = dayOfIn(zones.get(tenant) ?? 'UTC');
    const after = (closed.get(`${tenant}/${partitionOf(tenant, customer)}`) ?? -Infinity) + 1;
    const state = newState(tenant, customer, facts.reduce((day, { recordedAt }) => Math.max(day, dayOf(recordedAt)), after));
    this.steps.refold(state, facts, this.card, dayOf);
    state.held = held;
    return this.rowText(state);
  }

  private async addFacts(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { zones, closed } = await calendarsOf(work);
    const byCustomer = groupBy(events.filter(({ stream }) => !work.isHeld({ tenant: stream.tenant, customer: stream.id })), ({ stream }) => keyText({ tenant: stream.tenant, customer: stream.id }));
    const states = await loadStates(work, [...byCustomer.values()].map(([event]) => ({ tenant: event!.stream.tenant, customer: event!.stream.id })));
    const rows: string[] = [];
    const mustFold: CustomerKey[] = [];
    const late: Late[] = [];
    for (const [key, facts] of byCustomer) {
      const { tenant, id: customer } = facts[0]!.stream;
      const known = states.get(key);
      try {
        const dayOf = dayOfIn(zones.get(tenant) ?? 'UTC');
        const today = Math.max(dayOf(facts[0]!.recordedAt), (closed.get(`${tenant}/${partitionOf(tenant, customer)}`) ?? -Infinity) + 1);
        const state = known ?? newState(tenant, customer, today);
        // What is stale is folded from the log later on: its sheet need not be kept up until then.
        if (state.staleFrom === null) for (const fact of facts) this.steps.addToState(state, fact, this.card, dayOf);
        if (!known || state.staleFrom === null) rows.push(this.rowText(state));
        if (state.staleFrom !== null) late.push({ tenant, customer, from: parsePosition(facts[0]!.position).n });
      } catch {
        // The fold from the log decides whether it can be done, and which fact is the bad one.
        mustFold.push({ tenant, customer });
      }
      await work.breathe();
    }
    await saveRows(work, rows);
    await markStale(work, late);
    const upTo = parsePosition(events.at(-1)!.position).n;
    const now = [...mustFold, ...(work.catchingUp || late.length > SLICE ? [] : late)];
    await this.refold({ ...work, upTo }, now);
  }

  private async closeDay(work: Work, tick: JourneyEvent): Promise<void> {
    const { tenant } = tick.stream;
    const day = dayOfIn('UTC')(`${String(tick.data['day'])}T00:00:00Z`);
    await work.sql.query(
      `insert into ${closedDayTable(work.generation)} as old (tenant, partition, day) select $1, unnest($2::smallint[]), $3
       on conflict (tenant, partition) do update set day = greatest(old.day, excluded.day)`, [tenant, work.partitions, day]);
    for (let after = ''; ;) {
      const states = await loadStatesOfTenant(work, tenant, day + 1, after, SLICE);
      const rows: string[] = [];
      for (const state of states) {
        try {
          this.steps.moveToDay(state, day + 1, this.card);
          rows.push(this.rowText(state));
        } catch (error) {
          await work.hold(state, parsePosition(tick.position).n, error);
          await markHeld(work, state);
        }
        await work.breathe();
      }
      await saveRows(work, rows);
      if (states.length < SLICE) return;
      after = states.at(-1)!.customer;
    }
  }

  /** The row as JSON. A figure that is no number must not reach the database, which would refuse the whole batch for it. */
  private rowText(state: CustomerState): string {
    return JSON.stringify(this.steps.rowOf(state, partitionOf(state.tenant, state.customer), this.card), (name, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${name} of ${keyText(state)} is not a number`);
      return value;
    });
  }
}

async function calendarsOf({ sql, generation }: Pick<Work, 'sql' | 'generation'>): Promise<Calendars> {
  return { zones: await zonesOf(sql), closed: await closedDays(sql, generation) };
}

async function zonesOf(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; time_zone: string }>('select id, time_zone from tenant');
  return new Map(rows.map(({ id, time_zone }) => [id, time_zone]));
}

async function closedDays(sql: Sql, generation: number): Promise<Map<string, number>> {
  const rows = await sql.query<{ tenant: string; partition: number; day: number }>(`select tenant, partition, day from ${closedDayTable(generation)}`);
  return new Map(rows.map(({ tenant, partition, day }) => [`${tenant}/${partition}`, day]));
}
