import { Query } from '@nestjs/cqrs';
import { dateOfDay, type PromiseFigures, promiseFiguresOf, type PromiseMade, promisesOf } from '#insight';
import { rounded } from '../experience/measures.js';
import { groupBy } from '../group-by.js';
import type { ReadModelOptions } from '../reading.js';
import { answered, type DemandAnswered } from './answered.js';
import type { Demand, DemandOptions } from './load.js';
import { type Cut, cut, type ShownCustomer, shownCustomer } from './shown.js';
import { PROMISES } from './types.js';

export interface PromisesAnswer extends DemandAnswered {
  readonly figures: PromiseFigures;
  /** Most promises first; null: nobody said of what kind. */
  readonly kinds: readonly (PromiseFigures & { readonly kind: string | null })[];
  /** Due longest ago first. */
  readonly overdue: Cut<Omit<PromiseMade, 'account'> & { readonly customer: ShownCustomer }>;
  /** The newest first. */
  readonly broken: PromisesAnswer['overdue'];
}

export class GetPromises extends Query<PromisesAnswer> {
  constructor(readonly options: DemandOptions) {
    super();
  }
}

const POLICY = 'Kept rate: kept of those kept or broken; kept of due: of those kept, broken or past their day. Kept late counts as kept. Kept is kept, whenever it was told and whatever time it names; else broken is broken. Intervals: Wilson. Targets of tickets are no promises here: `GET /v1/experience` has them.';

/** What we promised, and whether we did it. */
export async function getPromises(model: ReadModelOptions, options: DemandOptions): Promise<PromisesAnswer> {
  return answered(model, options, { types: PROMISES, what: 'promises', needs: ['promise.made'], policy: POLICY }, ledgerOf);
}

function ledgerOf(demand: Demand, limit: number): Omit<PromisesAnswer, keyof DemandAnswered> {
  const { dayOf } = demand.calendar;
  const dateOf = (instant: string) => dateOfDay(dayOf(instant));
  const promises = demand.customers.flatMap((customer) => promisesOf(customer, dateOf(demand.head.asOf), dateOf));
  const shown = (list: readonly PromiseMade[]) => cut(list, limit, ({ account, ...promise }) => ({ ...promise, customer: shownCustomer(account) }));
  const byName = (a: PromiseMade, b: PromiseMade) => (a.account.id < b.account.id ? -1 : a.account.id > b.account.id ? 1 : a.promise < b.promise ? -1 : 1);
  return {
    figures: rounded(promiseFiguresOf(promises)),
    kinds: [...groupBy(promises, ({ kind }) => kind)].map(([kind, own]) => ({ kind, ...rounded(promiseFiguresOf(own)) })).sort((a, b) => b.promises - a.promises || ((a.kind ?? '\uffff') < (b.kind ?? '\uffff') ? -1 : 1)),
    overdue: shown(promises.filter(({ state }) => state === 'overdue').sort((a, b) => (a.dueOn! < b.dueOn! ? -1 : a.dueOn! > b.dueOn! ? 1 : byName(a, b)))),
    broken: shown(promises.filter(({ state }) => state === 'broken').sort((a, b) => Date.parse(b.endedAt!) - Date.parse(a.endedAt!) || byName(a, b))),
  };
}
