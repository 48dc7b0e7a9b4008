import { type CustomerKey, keyText, type Projection, readStories, type Settled, type Work } from '#event-store';
import { ARITHMETIC, CHURN_ARITHMETIC, firstScorecard } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { groupBy } from '../group-by.js';
import { customerSteps, newState } from './customer-state.js';
import { FEW_LATE, Flows } from './flows.js';
import { Openings } from './openings.js';
import { noteRestatements, type Refolded } from './health-notes.js';
import { noteChanges } from './note-changes.js';
import { causeIn, causeOfRefold, type RiskCause } from './risk-notes.js';
import { RowMaker } from './row-maker.js';
import { columnOf, deleteRows, loadStates, type Late, loadStale, markStale, type RowValues, saveRows } from './states-sql.js';
import { closedDayTable, createCustomerTables, customerTable, dropCustomerTables, toldTable } from './table.js';
import { SLICE_MS, tickSlice } from './ticks.js';
import { storyIn, toldOf } from './together.js';

const SLICE = 200;
/** Raised when rows are made in another way, or have other columns, though arithmetic and card are the same. */
const ROWS = 14;
/** Customers whose streams are read and folded together. */
const AT_ONCE = 20;

/** Who every customer is and how they are. Rows are a function of the log alone: the day comes from recording times and day-closed facts. */
export class CustomersProjection implements Projection {
  readonly name = 'customers';
  readonly version = `${ROWS}/${ARITHMETIC}/${CHURN_ARITHMETIC}/${firstScorecard.id}@${firstScorecard.version}`;
  readonly categories = ['customer', 'clock', 'churnmodel', 'scorecard'];
  readonly together = true;
  readonly compared = [{ name: customerTable, key: ['tenant', 'customer'], unsettled: 'stale_from', held: 'held' }];
  readonly tenantTables = [{ name: closedDayTable, key: ['tenant', 'partition'] }, { name: toldTable, key: ['tenant', 'partition', 'kind'] }];
  readonly createTables = createCustomerTables;
  readonly dropTables = dropCustomerTables;
  private readonly flows = new Flows();

  constructor(private readonly steps = customerSteps) {}

  async apply(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    const { steps } = this;
    const maker = await RowMaker.of(work, this.steps, events.map(({ stream }) => stream.tenant));
    const ownerOf = ({ stream }: JourneyEvent) => work.roots.rootOf(stream);
    const byCustomer = groupBy(events, (event) => keyText(ownerOf(event)));
    const states = await loadStates(work, [...byCustomer.values()].map(([event]) => ownerOf(event!)));
    const rows: RowValues[] = [];
    const mustFold: Late[] = [];
    const late: Late[] = [];
    const openings = new Openings([...byCustomer].filter(([key]) => !states.has(key)).map(([, [event]]) => event!.stream.tenant));
    for (const [key, facts] of byCustomer) {
      const { tenant, customer } = ownerOf(facts[0]!);
      const known = states.get(key);
      try {
        const dayOf = maker.days.dayOf(tenant);
        const today = maker.days.scored({ tenant, customer }, facts.slice(0, 1));
        const from = parsePosition(facts[0]!.position).n;
        const state = known ?? openings.begin(newState(tenant, customer, today), from);
        // What is stale is folded from the log later on: its sheet need not be kept up until then.
        if (state.staleFrom === null) for (const fact of toldOf(customer, facts)) steps.addToState(state, fact, maker.told.cardsOf(state).whole, dayOf);
        if (known ? state.staleFrom === null : !openings.isCopy(state)) rows.push(maker.rowOf(state));
        if (state.staleFrom !== null) late.push({ tenant, customer, from });
      } catch {
        // The fold from the log decides whether it can be done, and which fact is the bad one.
        mustFold.push({ tenant, customer, from: parsePosition(facts[0]!.position).n });
      }
      await work.breathe();
    }
    await saveRows(work, rows);
    await noteChanges(work, rows, (owner) => causeIn(byCustomer.get(keyText(owner)) ?? [], 'fact'));
    mustFold.push(...await openings.copyRows(work));
    await markStale(work, late);
    this.flows.add(late);
    const upTo = parsePosition(events.at(-1)!.position).n;
    const now = [...mustFold, ...(work.catchingUp || late.length > FEW_LATE ? [] : late)];
    await this.refoldUntil({ ...work, upTo }, now, Infinity);
  }

  tick(work: Work, fact: JourneyEvent): Promise<boolean> {
    return tickSlice(work, this.steps, fact);
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
  private async refoldUntil(work: Work, customers: readonly (CustomerKey & Partial<Late>)[], until: number): Promise<number> {
    if (customers.length === 0) return 0;
    const maker = await RowMaker.of(work, this.steps, customers.map(({ tenant }) => tenant));
    let done = 0;
    for (const [tenant, group] of groupBy(customers, (key) => key.tenant)) {
      for (let start = 0; start < group.length && performance.now() < until; start += AT_ONCE) {
        const few = group.slice(start, start + AT_ONCE);
        await this.refoldFew(work, tenant, few, maker);
        done += few.length;
      }
    }
    return done;
  }

  private async refoldFew(work: Work, tenant: string, keys: readonly (CustomerKey & Partial<Late>)[], maker: RowMaker): Promise<void> {
    const roots = work.roots.of(tenant);
    const members = keys.flatMap(({ customer }) => (roots.merge(customer) ? [] : roots.members(customer)));
    const stories = await readStories(work.sql, tenant, members, work.upTo);
    const rows: RowValues[] = [];
    const nobody: string[] = [];
    const causes = new Map<string, RiskCause | null>();
    const refolded: Refolded[] = [];
    for (const { customer, from = Infinity } of keys) {
      const merge = roots.merge(customer);
      const story = merge ? [] : await storyIn(stories, roots.members(customer));
      const row = merge ? maker.mergedRow(merge) : story.length > 0 ? await maker.foldOrPark({ tenant, customer }, toldOf(customer, story)) : undefined;
      const since = story.filter(({ position }) => parsePosition(position).n >= from);
      const [dayOf, day] = [maker.days.dayOf(tenant), maker.days.scored({ tenant, customer }, story)];
      causes.set(customer, causeOfRefold(since, { dayOf, day, upTo: work.upTo }));
      if (row !== undefined && columnOf(row, 'held') !== true) refolded.push({ tenant, customer, story: toldOf(customer, story), from, closed: day - 1, dayOf, cards: maker.told.cardsOf({ tenant, customer }) });
      if (row !== undefined) rows.push(row);
      else if (!merge && story.length === 0) nobody.push(customer);
      await work.breathe();
    }
    // Who stood for others only, who are by themselves again now.
    await deleteRows(work, tenant, nobody);
    await saveRows(work, rows);
    await noteChanges(work, rows, (key) => causes.get(key.customer) ?? null);
    await noteRestatements(work, refolded);
  }
}
