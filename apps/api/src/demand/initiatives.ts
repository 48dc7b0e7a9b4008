import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { decideInitiative, evolveInitiative, type Initiative, type InitiativeCommand, INITIATIVES } from '#journey';
import { FindRequests } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { maySend } from '../access/roles.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { StartInitiativeDto } from './demand.dto.js';

/** What we change for customers: said once, it comes into the story of each who asked for it. */
@Injectable()
export class Initiatives {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(QueryBus) private readonly queries: QueryBus) {}

  async start(caller: Caller, { initiative, requests, ...said }: StartInitiativeDto) {
    return this.decide(caller, initiative, { do: 'start', ...said, ...(requests && { requests: await this.find(caller, requests) }) });
  }

  async link(caller: Caller, initiative: string, requests: readonly string[]) {
    return this.decide(caller, initiative, { do: 'link', requests: await this.find(caller, requests) });
  }

  /** @throws ApiProblem where it cannot be done */
  async decide(caller: Caller, initiative: string, command: InitiativeCommand) {
    if (!maySend(caller.role, 'initiative.started')) throw new ApiProblem('type-forbidden', `A key of role ${caller.role} sends no facts about initiatives.`);
    const position = await this.facts.decide(caller, INITIATIVES, initiative, (facts) => {
      const decided = decideInitiative(facts.reduce<Initiative | null>(evolveInitiative, null), initiative, command);
      if (decided !== null && 'refused' in decided) throw new ApiProblem(decided.refused, decided.say);
      return decided;
    });
    return { initiative, position };
  }

  private find({ tenant }: Caller, requests: readonly string[]) {
    return this.queries.execute(new FindRequests({ tenant, requests }));
  }
}
