import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { decideOutage, evolveOutage, noOutage, type OutageCommand, OUTAGES } from '#journey';
import { IsOutageKnown } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { maySend } from '../access/roles.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { type DeclareOutageDto, MESSAGES, type OutageMessageDto } from './outages.dto.js';

/** Outages that many customers share: what is told of them is said once, and comes into the story of each. */
@Injectable()
export class Outages {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(CustomerIds) private readonly ids: CustomerIds, @Inject(QueryBus) private readonly queries: QueryBus) {}

  async declare(caller: Caller, { outage, customers, ...said }: DeclareOutageDto) {
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    const taken = await this.queries.execute(new IsOutageKnown({ tenant: caller.tenant, outage }));
    return this.decide(caller, outage, { do: 'declare', taken, ...given, customers: await this.idsOf(caller, customers) });
  }

  async add(caller: Caller, outage: string, customers: readonly string[]) {
    return this.decide(caller, outage, { do: 'add', customers: await this.idsOf(caller, customers) });
  }

  /** @throws ApiProblem `invalid-body` where a time is named that belongs to no `eta`, or is missing there */
  async tell(caller: Caller, outage: string, { what, eta, at }: OutageMessageDto) {
    if ((what === 'eta') !== (eta !== undefined)) throw new ApiProblem('invalid-body', 'The time that was named belongs to an eta, and to nothing else.', { errors: [{ pointer: '/eta', detail: what === 'eta' ? 'An eta names a time.' : 'Only an eta names a time.' }] });
    return this.decide(caller, outage, { do: 'tell', type: MESSAGES[what], ...(eta !== undefined && { eta }), ...(at !== undefined && { at }) }, at);
  }

  private async decide(caller: Caller, outage: string, command: OutageCommand, occurredAt?: string) {
    if (!maySend(caller.role, 'outage.declared')) throw new ApiProblem('type-forbidden', `A key of role ${caller.role} sends no facts about outages.`);
    const position = await this.facts.decide(caller, OUTAGES, outage, (facts) => {
      const decided = decideOutage(facts.reduce(evolveOutage, noOutage), outage, command);
      if (decided !== null && 'refused' in decided) throw new ApiProblem(decided.refused, decided.say, 'pointer' in decided ? { errors: [{ pointer: decided.pointer, detail: decided.say }] } : {});
      return decided && { ...decided, ...(occurredAt !== undefined && { occurredAt: new Date(occurredAt).toISOString() }) };
    });
    return { outage, position };
  }

  private idsOf({ tenant }: Caller, customers: readonly string[]): Promise<string[]> {
    return Promise.all(customers.map((customer) => this.ids.find(tenant, customer)));
  }
}
