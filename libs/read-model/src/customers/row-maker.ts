import { type CustomerKey, keyText, partitionOf, type Work } from '#event-store';
import { intoOf, type JourneyEvent, parsePosition } from '#journey';
import { lastGood } from '../projections/last-good.js';
import { type CustomerState, type CustomerSteps, newState } from './customer-state.js';
import { Days } from './days.js';
import { Told } from './told.js';
import { notANumber } from './not-a-number.js';
import { markHeld, type RowValues, valuesOf } from './states-sql.js';

/** Makes the rows of one piece of work, on the days and by the cards and models that it finds. */
export class RowMaker {
  private constructor(private readonly work: Work, private readonly steps: CustomerSteps, readonly days: Days, readonly told: Told) {}

  static async of(work: Work, steps: CustomerSteps, tenants: readonly string[]): Promise<RowMaker> {
    return new RowMaker(work, steps, await Days.of(work), await Told.of(work, [...new Set(tenants)]));
  }

  /** A figure that is no number must not reach the database, which would refuse the whole batch for it, or take it for nothing. */
  rowOf(state: CustomerState): RowValues {
    const row = this.steps.rowOf(state, partitionOf(state.tenant, state.customer), this.told.cardsOf(state), this.told.modelOf(state));
    const name = notANumber(row);
    if (name !== undefined) throw new RangeError(`${name} of ${keyText(state)} is not a number`);
    return valuesOf(row);
  }

  /** From a whole story. What cannot be folded is parked, and the row shows what came before. */
  async foldOrPark(key: CustomerKey, story: readonly JourneyEvent[]): Promise<RowValues | undefined> {
    const compute = (facts: readonly JourneyEvent[], held = false) => this.fold(key, facts, this.days.scored(key, facts), held);
    try {
      return compute(story);
    } catch (failure) {
      const { good, bad, error = failure } = lastGood(story, compute);
      await this.work.hold(key, parsePosition(bad!.position).n, error);
      if (good.length > 0) return compute(good, true);
      return this.emptyRow(key, this.days.scored(key, [bad!]));
    }
  }

  /** Of who is merged into another: no more than that, so that it changes with the merge and the days only, whatever facts still come to it. */
  mergedRow(merge: JourneyEvent): RowValues {
    const { tenant, id: customer } = merge.stream;
    const state = newState(tenant, customer, this.days.scored({ tenant, customer }, [merge]));
    return this.rowOf({ ...state, position: parsePosition(merge.position).n, mergedInto: intoOf(merge) });
  }

  /** Before the first fact there is nothing to show but that it is held. Where no row can be computed at all, the one that is there says so. */
  private async emptyRow(key: CustomerKey, day: number): Promise<RowValues | undefined> {
    try {
      return this.fold(key, [], day, true);
    } catch {
      await markHeld(this.work, key);
      return undefined;
    }
  }

  private fold({ tenant, customer }: CustomerKey, facts: readonly JourneyEvent[], day: number, held: boolean): RowValues {
    const state = newState(tenant, customer, day);
    this.steps.refold(state, facts, this.told.cardsOf(state).whole, this.days.dayOf(tenant));
    state.held = held;
    return this.rowOf(state);
  }
}
