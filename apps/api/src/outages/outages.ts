import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { defaultLimits, Problem, readTime } from '#intake';
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

  async declare(caller: Caller, { outage, customers, service, startedAt, detectedAt }: DeclareOutageDto) {
    const given = { ...(service !== undefined && { service }), ...past('startedAt', startedAt), ...past('detectedAt', detectedAt) };
    const taken = await this.queries.execute(new IsOutageKnown({ tenant: caller.tenant, outage }));
    return this.decide(caller, outage, { do: 'declare', taken, ...given, customers: await this.ids.findAll(caller.tenant, customers) });
  }

  async add(caller: Caller, outage: string, customers: readonly string[]) {
    return this.decide(caller, outage, { do: 'add', customers: await this.ids.findAll(caller.tenant, customers) });
  }

  /** @throws ApiProblem `invalid-body` where a time is named that belongs to no `eta`, or is missing there */
  async tell(caller: Caller, outage: string, { what, eta, at }: OutageMessageDto) {
    if ((what === 'eta') !== (eta !== undefined)) throw new ApiProblem('invalid-body', 'The time that was named belongs to an eta, and to nothing else.', { errors: [{ pointer: '/eta', detail: what === 'eta' ? 'An eta names a time.' : 'Only an eta names a time.' }] });
    const told = past('at', at);
    return this.decide(caller, outage, { do: 'tell', type: MESSAGES[what], ...(eta !== undefined && { eta }), ...told }, told.at);
  }

  private async decide(caller: Caller, outage: string, command: OutageCommand, occurredAt?: string) {
    if (!maySend(caller.role, 'outage.declared')) throw new ApiProblem('type-forbidden', `A key of role ${caller.role} sends no facts about outages.`);
    const position = await this.facts.decide(caller, OUTAGES, outage, (facts) => {
      const decided = decideOutage(facts.reduce(evolveOutage, noOutage), outage, command);
      if (decided !== null && 'refused' in decided) throw new ApiProblem(decided.refused, decided.say, 'pointer' in decided ? { errors: [{ pointer: decided.pointer, detail: decided.say }] } : {});
      return decided && { ...decided, ...(occurredAt !== undefined && { occurredAt }) };
    });
    return { outage, position };
  }
}

/** A time that was sent, within the bounds of every fact: it becomes the time of facts about customers. @throws ApiProblem */
function past<Name extends string>(name: Name, text: string | undefined): { readonly [name in Name]?: string } {
  if (text === undefined) return {};
  const time = readTime(new Date(text).toISOString(), `/${name}`, new Date(), defaultLimits);
  if (time instanceof Problem) throw ApiProblem.ofRefusal({ ...time, code: 'invalid-body' });
  return { [name]: time } as { readonly [name in Name]?: string };
}
