import { type CustomerKey, keyText, partitionOf, type Projection, readStories, type Settled, type Work } from '#event-store';
import { ARITHMETIC, type Card, firstScorecard } from '#insight';
import { intoOf, type JourneyEvent, parsePosition } from '#journey';
import { groupBy } from '../group-by.js';
import { lastGood } from '../projections/last-good.js';
import { dayOfIn } from '../tenant.js';
import { type CustomerState, customerSteps, newState } from './customer-state.js';
import { Days } from './days.js';
import { FEW_LATE, Flows } from './flows.js';
import { notANumber } from './not-a-number.js';
import { Openings } from './openings.js';
import { deleteRows, loadStates, loadStatesBefore, type Late, loadStale, markHeld, markStale, type RowValues, saveRows, valuesOf } from './states-sql.js';
import { closedDayTable, createCustomerTables, customerTable, dropCustomerTables } from './table.js';
import { storyIn, toldOf } from './together.js';

const SLICE = 200;
/** Raised when rows are made in another way, or have other columns, though arithmetic and card are the same. */
const ROWS = 5;
/** Customers whose streams are read and folded together. */
const AT_ONCE = 20;
/** A slice of work that may wait while new facts come in is this long. */
const SLICE_MS = 100;

/** Who every customer is and how they are. Rows are a function of the log alone: the day comes from recording times and day-closed facts. */
export class CustomersProjection implements Projection {
  readonly name = 'customers';
  readonly version: string;
  readonly categories = ['customer', 'clock'];
  readonly together = true;
  readonly compared = [{ name: customerTable, key: ['tenant', 'customer'], unsettled: 'stale_from', held: 'held' }];
  readonly tenantTables = [{ name: closedDayTable, key: ['tenant', 'partition'] }];
  readonly createTables = createCustomerTables;
  readonly dropTables = dropCustomerTables;
  private readonly flows = new Flows();

  constructor(private readonly card: Card = firstScorecard, private readonly steps = customerSteps) {
    this.version = `${ROWS}/${ARITHMETIC}/${card.id}@${card.version}`;
  }

  async apply(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    const days = await Days.of(work);
    const ownerOf = ({ stream }: JourneyEvent) => work.roots.rootOf(stream);
    const byCustomer = groupBy(events, (event) => keyText(ownerOf(event)));
    const states = await loadStates(work, [...byCustomer.values()].map(([event]) => ownerOf(event!)));
    const rows: RowValues[] = [];
    const mustFold: CustomerKey[] = [];
    const late: Late[] = [];
    const openings = new Openings([...byCustomer].filter(([key]) => !states.has(key)).map(([, [event]]) => event!.stream.tenant));
    for (const [key, facts] of byCustomer) {
      const { tenant, customer } = ownerOf(facts[0]!);
      const known = states.get(key);
      try {
        const dayOf = days.dayOf(tenant);
        const today = days.scored({ tenant, customer }, facts.slice(0, 1));
        const from = parsePosition(facts[0]!.position).n;
        const state = known ?? openings.begin(newState(tenant, customer, today), from);
        // What is stale is folded from the log later on: its sheet need not be kept up until then.
        if (state.staleFrom === null) for (const fact of toldOf(customer, facts)) this.steps.addToState(state, fact, this.card, dayOf);
        if (known ? state.staleFrom === null : !openings.isCopy(state)) rows.push(this.valuesOf(state));
        if (state.staleFrom !== null) late.push({ tenant, customer, from });
      } catch {
        // The fold from the log decides whether it can be done, and which fact is the bad one.
        mustFold.push({ tenant, customer });
      }
      await work.breathe();
    }
    await saveRows(work, rows);
    mustFold.push(...await openings.copyRows(work));
    await markStale(work, late);
    this.flows.add(late);
    const upTo = parsePosition(events.at(-1)!.position).n;
    const now = [...mustFold, ...(work.catchingUp || late.length > FEW_LATE ? [] : late)];
    await this.refold({ ...work, upTo }, now);
  }

  /** Closes a day: whoever stands at an earlier one moves on to the day after it. Who is left is told by the rows themselves. */
  async tick(work: Work, { stream: { tenant }, data, position }: JourneyEvent): Promise<boolean> {
    const day = dayOfIn('UTC')(`${String(data['day'])}T00:00:00Z`);
    await work.sql.query(
      `insert into ${closedDayTable(work.generation)} as old (tenant, partition, day) select $1, unnest($2::smallint[]), $3
       on conflict (tenant, partition) do update set day = greatest(old.day, excluded.day)`, [tenant, work.partitions, day]);
    const until = performance.now() + SLICE_MS;
    const states = await loadStatesBefore(work, tenant, day + 1, SLICE);
    const rows: RowValues[] = [];
    let moved = 0;
    for (const state of states) {
      if (performance.now() > until) break;
      moved += 1;
      try {
        this.steps.moveToDay(state, day + 1, this.card);
        rows.push(this.valuesOf(state));
      } catch (error) {
        await work.hold(state, parsePosition(position).n, error);
        await markHeld(work, state);
      }
      await work.breathe();
    }
    await saveRows(work, rows);
    return moved < states.length || states.length === SLICE;
  }

  /** Refolds customers whose past has changed, each once however many facts changed it; a tenant whose history is still flowing in waits until it has come. */
  async settle(work: Work): Promise<Settled> {
    const flowing = this.flows.now();
    const stale = await loadStale(work, flowing, SLICE);
    const folded = await this.refoldUntil(work, stale, performance.now() + SLICE_MS);
    if (folded < stale.length || stale.length === SLICE) return 'more';
    return flowing.length > 0 ? 'later' : 'all';
  }

  /** The truth about customers: folded from their whole streams. What cannot be folded is parked, and the row shows what came before. */
  async refold(work: Work, customers: readonly CustomerKey[]): Promise<void> {
    await this.refoldUntil(work, customers, Infinity);
  }

  /** @returns how many were done when time was up */
  private async refoldUntil(work: Work, customers: readonly CustomerKey[], until: number): Promise<number> {
    if (customers.length === 0) return 0;
    const days = await Days.of(work);
    let done = 0;
    for (const [tenant, group] of groupBy(customers, (key) => key.tenant)) {
      for (let start = 0; start < group.length && performance.now() < until; start += AT_ONCE) {
        const few = group.slice(start, start + AT_ONCE);
        await this.refoldFew(work, tenant, few, days);
        done += few.length;
      }
    }
    return done;
  }

  private async refoldFew(work: Work, tenant: string, keys: readonly CustomerKey[], days: Days): Promise<void> {
    const roots = work.roots.of(tenant);
    const members = keys.flatMap(({ customer }) => (roots.merge(customer) ? [] : roots.members(customer)));
    const stories = await readStories(work.sql, tenant, members, work.upTo);
    const rows: RowValues[] = [];
    const nobody: string[] = [];
    for (const { customer } of keys) {
      const merge = roots.merge(customer);
      const story = merge ? [] : await storyIn(stories, roots.members(customer));
      const row = merge ? this.mergedRow(merge, days) : story.length > 0 ? await this.foldOrPark(work, { tenant, customer }, toldOf(customer, story), days) : undefined;
      if (row !== undefined) rows.push(row);
      else if (!merge && story.length === 0) nobody.push(customer);
      await work.breathe();
    }
    // Who stood for others only, who are by themselves again now.
    await deleteRows(work, tenant, nobody);
    await saveRows(work, rows);
  }

  private async foldOrPark(work: Work, key: CustomerKey, story: readonly JourneyEvent[], days: Days): Promise<RowValues | undefined> {
    const compute = (facts: readonly JourneyEvent[], held = false) => this.rowFrom(key, facts, days.scored(key, facts), { days, held });
    try {
      return compute(story);
    } catch (failure) {
      const { good, bad, error = failure } = lastGood(story, compute);
      await work.hold(key, parsePosition(bad!.position).n, error);
      if (good.length > 0) return compute(good, true);
      return this.emptyRow(work, key, days.scored(key, [bad!]), days);
    }
  }

  /** Before the first fact there is nothing to show but that it is held. Where no row can be computed at all, the one that is there says so. */
  private async emptyRow(work: Work, key: CustomerKey, day: number, days: Days): Promise<RowValues | undefined> {
    try {
      return this.rowFrom(key, [], day, { days, held: true });
    } catch {
      await markHeld(work, key);
      return undefined;
    }
  }

  private rowFrom({ tenant, customer }: CustomerKey, facts: readonly JourneyEvent[], day: number, { days, held }: { days: Days; held: boolean }): RowValues {
    const state = newState(tenant, customer, day);
    this.steps.refold(state, facts, this.card, days.dayOf(tenant));
    state.held = held;
    return this.valuesOf(state);
  }

  /** Of who is merged into another: no more than that, so that it changes with the merge and the days only, whatever facts still come to it. */
  private mergedRow(merge: JourneyEvent, days: Days): RowValues {
    const { tenant, id: customer } = merge.stream;
    const state = newState(tenant, customer, days.scored({ tenant, customer }, [merge]));
    return this.valuesOf({ ...state, position: parsePosition(merge.position).n, mergedInto: intoOf(merge) });
  }

  /** A figure that is no number must not reach the database, which would refuse the whole batch for it, or take it for nothing. */
  private valuesOf(state: CustomerState): RowValues {
    const row = this.steps.rowOf(state, partitionOf(state.tenant, state.customer), this.card);
    const name = notANumber(row);
    if (name !== undefined) throw new RangeError(`${name} of ${keyText(state)} is not a number`);
    return valuesOf(row);
  }
}
