import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetCustomer, GetSuccessPlan } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { CustomerFacts } from '../events/customer-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { ConfirmOutcomeDto, RejectOutcomeDto } from './success-plan.dto.js';

const SOURCE = 'success-plan';

/** What the customer says of what we claim that it gained: somebody of theirs says so, and one of ours notes who, and where it was said. */
@Injectable()
export class Outcomes {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CustomerFacts) private readonly facts: CustomerFacts,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  /** @throws ApiProblem `invalid-body` for a contact who is none of theirs, or for evidence that is in no log */
  async confirm(caller: Caller, id: string, outcome: string, { contact, evidence }: ConfirmOutcomeDto) {
    const refs = evidence.map(({ source, id: of }) => ({ source, id: of }));
    const known = new Set((await this.connections.store.find(caller.tenant, refs)).map((event) => `${event.source} ${event.id}`));
    const errors = refs.flatMap((ref, place) => (known.has(`${ref.source} ${ref.id}`) ? [] : [{ pointer: `/evidence/${place}`, detail: 'No such fact was recorded.' }]));
    if (errors.length > 0) throw new ApiProblem('invalid-body', errors[0]!.detail, { errors });
    return this.answer(caller, id, outcome, contact, { type: 'goal.outcome-confirmed', data: { evidence: refs } });
  }

  reject(caller: Caller, id: string, outcome: string, { contact, reason }: RejectOutcomeDto) {
    return this.answer(caller, id, outcome, contact, { type: 'goal.outcome-rejected', data: { reason } });
  }

  private async answer(caller: Caller, id: string, outcome: string, contact: string, { type, data }: { readonly type: string; readonly data: Record<string, unknown> }) {
    const { root } = await this.facts.find(caller.tenant, id);
    const of = { tenant: caller.tenant, customer: root };
    const plan = await this.queries.execute(new GetSuccessPlan(of));
    const claimed = [...plan.theirs, ...plan.ours].flatMap(({ outcomes }) => outcomes).concat(plan.outcomes);
    if (!claimed.some((one) => one.outcome === outcome)) throw new ApiProblem('outcome-unknown', `Nobody claimed an outcome ${outcome} of this customer.`);
    const { contacts } = await this.queries.execute(new GetCustomer(of));
    if (!contacts.some((one) => one.id === contact)) throw new ApiProblem('invalid-body', 'Only a contact of the customer can say so.', { errors: [{ pointer: '/contact', detail: 'No contact of this customer has this id.' }] });
    return this.facts.append(caller, root, { source: SOURCE, type, data: { outcome, contact, ...data } });
  }
}
