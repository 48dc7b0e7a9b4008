import { Query } from '@nestjs/cqrs';
import { unseal } from '#event-store';
import { effectiveEvents } from '#journey';
import { type ContactAnswer, contactsOf, customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import { computable } from '../health/held.js';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { type Ledgers, ledgersOf } from './ledgers.js';
import { type Objective, type Outcome, planOf } from './plan-of.js';

type Answered = Omit<Outcome, 'contact'> & { readonly contact: Pick<ContactAnswer, 'id' | 'name'> | null };
type Ledgered = Omit<Objective, 'outcomes'> & { readonly outcomes: readonly Answered[] };

/** What the customer wants to reach, and what we do; what was gained, as we say and as they say. */
export interface SuccessPlanAnswer {
  readonly id: string;
  readonly name: string | null;
  readonly today: Calendar['today'];
  readonly ledgers: Ledgers;
  readonly theirs: readonly Ledgered[];
  readonly ours: readonly Ledgered[];
  /** Of no objective. */
  readonly outcomes: readonly Answered[];
  /** What is missing, in a sentence; null where nothing is. */
  readonly note: string | null;
}

export class GetSuccessPlan extends Query<SuccessPlanAnswer> {
  constructor(readonly options: { readonly tenant: string; readonly customer: string }) {
    super();
  }
}

const GOALS = ['goal.set', 'goal.progressed', 'goal.attained', 'goal.missed', 'goal.outcome-claimed', 'goal.outcome-confirmed', 'goal.outcome-rejected'];

/** From the log itself, so that who says something sees it at once. @throws QueryRefused where nobody is known by the id */
export async function getSuccessPlan(model: ReadModelOptions, { tenant, customer }: GetSuccessPlan['options']): Promise<SuccessPlanAnswer> {
  return read(model.reader, tenant, async (sql) => {
    const row = await customerRow(sql, tenant, customer);
    const { today } = await calendarOf(sql, tenant, model.now());
    const { members } = await togetherOf(sql, tenant, row.customer);
    const stored = await storyOf(sql, tenant, { members }, [...GOALS, 'contact.added', 'record.retracted', 'record.amended']);
    const events = computable(await unseal(model.keys, sql, tenant, stored), effectiveEvents).value;
    const plan = planOf(events);
    const people = new Map(contactsOf(row.profile.contacts, events).map(({ id, name }) => [id, { id, name }]));
    const answered = (outcome: Outcome): Answered => ({ ...outcome, contact: outcome.contact === null ? null : people.get(outcome.contact) ?? { id: outcome.contact, name: null } });
    const ledger = (whose: Objective['whose']) => plan.objectives.filter((objective) => objective.whose === whose).map((objective) => ({ ...objective, outcomes: objective.outcomes.map(answered) }));
    const theirs = ledger('customer');
    return {
      id: row.customer, name: row.profile.name, today, ledgers: ledgersOf(plan, today.date), theirs, ours: ledger('ours'), outcomes: plan.outcomes.map(answered),
      note: theirs.length === 0 ? 'No goal of the customer has been recorded: ask what they want to reach.' : null,
    };
  });
}
