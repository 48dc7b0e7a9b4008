import { partitionOf, type Projection, readStreamsRows, type Sql, type Work } from '#event-store';
import { type Card, firstScorecard, needsRefold } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { groupBy } from '../group-by.js';
import { dayOfIn } from '../tenant.js';
import { addToState, type CustomerState, moveToDay, newState, refold } from './customer-state.js';
import { loadStates, loadStatesOfTenant, loadStale, park, saveStates } from './states-sql.js';
import { closedDayTable, createCustomerTables, dropCustomerTables } from './table.js';

const SLICE = 200;
const CLOCK = 'clock';

/** Who every customer is and how they are. Rows are a function of the log alone: the day comes from recording times and day-closed facts. */
export class CustomersProjection implements Projection {
  readonly name = 'customers';
  readonly categories = ['customer', CLOCK];
  readonly createTables = createCustomerTables;
  readonly dropTables = dropCustomerTables;

  constructor(private readonly card: Card = firstScorecard) {}

  async apply(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    const zones = await zonesOf(work.sql);
    let facts: JourneyEvent[] = [];
    for (const event of events) {
      if (event.stream.category !== CLOCK) {
        facts.push(event);
        continue;
      }
      await this.addFacts(work, facts, zones);
      facts = [];
      await this.closeDay(work, event.stream.tenant, Number(dayOfIn('UTC')(`${String(event.data['day'])}T00:00:00Z`)));
    }
    await this.addFacts(work, facts, zones);
  }

  /** Refolds customers whose past has changed, each once however many facts changed it. */
  async settle(work: Work): Promise<boolean> {
    const states = await loadStale(work, SLICE);
    await this.refoldAll(work, states, work.upTo, await zonesOf(work.sql));
    await saveStates(work, states, this.card);
    return states.length === SLICE;
  }

  private async refoldAll(work: Work, states: readonly CustomerState[], upTo: number, zones: Map<string, string>): Promise<void> {
    for (const [tenant, group] of groupBy(states, (state) => state.tenant)) {
      const events = await readStreamsRows(work.sql, tenant, 'customer', group.map(({ customer }) => customer), upTo);
      const streams = groupBy(events, ({ stream }) => stream.id);
      for (const state of group) {
        const stream = streams.get(state.customer) ?? [];
        await this.orPark(work, state, stream.at(-1), () => refold(state, stream, this.card, dayOfIn(zones.get(tenant) ?? 'UTC')));
        state.stale = false;
      }
    }
  }

  private async addFacts(work: Work, events: readonly JourneyEvent[], zones: Map<string, string>): Promise<void> {
    if (events.length === 0) return;
    const states = await loadStates(work, events.map(({ stream }) => stream));
    const days = await closedDays(work);
    for (const event of events) {
      const { tenant, id } = event.stream;
      const key = `${tenant}/${id}`;
      const dayOf = dayOfIn(zones.get(tenant) ?? 'UTC');
      const today = Math.max(dayOf(event.recordedAt), (days.get(`${tenant}/${partitionOf(tenant, id)}`) ?? -Infinity) + 1);
      const state = states.get(key) ?? newState(tenant, id, today);
      states.set(key, state);
      if (!state.held) await this.orPark(work, state, event, () => addToState(state, event, this.card, dayOf));
    }
    // A correction is seen at once, not when the log's end is reached: whoever waited for its position reads the corrected figure.
    const corrected = new Set(events.filter(needsRefold).map(({ stream }) => `${stream.tenant}/${stream.id}`));
    await this.refoldAll(work, [...corrected].map((key) => states.get(key)!), parsePosition(events.at(-1)!.position).n, zones);
    await saveStates(work, [...states.values()], this.card);
  }

  private async closeDay(work: Work, tenant: string, closed: number): Promise<void> {
    await work.sql.query(
      `insert into ${closedDayTable(work.generation)} as old (tenant, partition, day) select $1, unnest($2::smallint[]), $3
       on conflict (tenant, partition) do update set day = greatest(old.day, excluded.day)`, [tenant, work.partitions, closed]);
    for (;;) {
      const states = await loadStatesOfTenant(work, tenant, closed + 1, SLICE);
      states.forEach((state) => moveToDay(state, closed + 1, this.card));
      await saveStates(work, states, this.card);
      if (states.length < SLICE) return;
    }
  }

  /** A fact that cannot be folded holds back its customer only; a failing database is nobody's bad fact and is thrown on. */
  private async orPark(work: Work, state: CustomerState, event: JourneyEvent | undefined, fold: () => void): Promise<void> {
    try {
      fold();
    } catch (error) {
      state.held = true;
      await park(work, this.name, state, event ? parsePosition(event.position).n : state.position, error as Error);
    }
  }
}

async function zonesOf(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; time_zone: string }>('select id, time_zone from tenant');
  return new Map(rows.map(({ id, time_zone }) => [id, time_zone]));
}

async function closedDays(work: Work): Promise<Map<string, number>> {
  const rows = await work.sql.query<{ tenant: string; partition: number; day: number }>(`select tenant, partition, day from ${closedDayTable(work.generation)}`);
  return new Map(rows.map(({ tenant, partition, day }) => [`${tenant}/${partition}`, day]));
}
