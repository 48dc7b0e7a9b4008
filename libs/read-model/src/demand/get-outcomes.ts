import { Query } from '@nestjs/cqrs';
import { amountIn, type ClaimedOutcome, dateOfDay, type Figure, mainCurrency, type OutcomeFigures, outcomeFiguresOf, outcomesOf, proportion } from '#insight';
import { rounded } from '../experience/measures.js';
import type { ReadModelOptions } from '../reading.js';
import { type Ledger, ledgersOf } from '../success-plan/ledgers.js';
import { type Objective, planOf } from '../success-plan/plan-of.js';
import { answered, type DemandAnswered } from './answered.js';
import type { Demand, DemandOptions } from './load.js';
import { type Cut, cut, type ShownCustomer, shownCustomer } from './shown.js';
import { GOALS } from './types.js';

/** One side's goals. `attainment`: attained with evidence, of all that ended or whose day is past; `gap`: the rest of these. */
export interface GoalLedger extends Ledger { readonly attainment: Figure; readonly gap: number | null }

export interface OutcomesAnswer extends DemandAnswered {
  readonly figures: OutcomeFigures;
  /** The newest first. */
  readonly rejected: Cut<Omit<ClaimedOutcome, 'account'> & { readonly customer: ShownCustomer }>;
  readonly open: OutcomesAnswer['rejected'];
  readonly confirmed: OutcomesAnswer['rejected'];
  readonly theirs: GoalLedger;
  readonly ours: GoalLedger;
  /** Running customers of whom no goal of their own is recorded; who pays most first. */
  readonly withoutGoal: Cut<ShownCustomer>;
}

export class GetOutcomes extends Query<OutcomesAnswer> {
  constructor(readonly options: DemandOptions) {
    super();
  }
}

const POLICY = 'An outcome is what we claim; it counts once somebody at the customer confirms it. Values are of a year, by currency, never estimated: confirmed ones as the customer says, else as claimed. Goals: attained only with evidence or a confirmed outcome, of running customers. Intervals: Wilson.';

/** What was gained, as we say and as they say; their goals and ours. */
export async function getOutcomes(model: ReadModelOptions, options: DemandOptions): Promise<OutcomesAnswer> {
  return answered(model, options, { types: GOALS, what: 'goals and outcomes', needs: ['goal.set', 'goal.outcome-claimed'], policy: POLICY }, gained);
}

function gained(demand: Demand, limit: number): Omit<OutcomesAnswer, keyof DemandAnswered> {
  const day = demand.calendar.dayOf(demand.head.asOf);
  const claims = demand.customers.flatMap(outcomesOf).sort((a, b) => Date.parse(b.claimedAt) - Date.parse(a.claimedAt) || (a.outcome < b.outcome ? -1 : 1));
  const running = demand.customers.filter(({ account }) => account.current).map(({ account, events }) => ({ account, plan: planOf(events) }));
  const whole = { objectives: running.flatMap(({ plan }) => plan.objectives), outcomes: [] };
  const { theirs, ours } = ledgersOf(whole, dateOfDay(day));
  const currency = mainCurrency(running.map(({ account }) => account));
  const without = running.filter(({ plan }) => !plan.objectives.some(({ whose }: Objective) => whose === 'customer')).map(({ account }) => account)
    .sort((a, b) => amountIn(b.arr, currency) - amountIn(a.arr, currency) || (a.id < b.id ? -1 : 1));
  const list = (state: ClaimedOutcome['state']) => cut(claims.filter((claim) => claim.state === state), limit, ({ account, ...claim }) => ({ ...claim, customer: shownCustomer(account) }));
  return {
    figures: rounded(outcomeFiguresOf(claims)),
    rejected: list('rejected'), open: list('open'), confirmed: list('confirmed'), theirs: withGap(theirs), ours: withGap(ours), withoutGoal: cut(without, limit, shownCustomer),
  };
}

function withGap(ledger: Ledger): GoalLedger {
  const due = ledger.attained + ledger.declared + ledger.missed + ledger.overdue;
  return rounded({ ...ledger, attainment: proportion(ledger.attained, due), gap: due === 0 ? null : (due - ledger.attained) / due });
}
