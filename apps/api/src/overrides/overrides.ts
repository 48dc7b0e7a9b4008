import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { dateOfDay } from '#insight';
import { GetHealth } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CustomerFacts } from '../events/customer-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { TenantToday } from '../tenant/tenant-today.js';
import type { ClearDto, OverrideDto } from './override.dto.js';

const LONGEST_DAYS = 366;
const SOURCE = 'overrides';

/** Scores that people set by hand. `id` is our id, or `system:id`; for who is merged into another it is set for that one, which has the score. */
@Injectable()
export class Overrides {
  constructor(
    @Inject(CustomerFacts) private readonly facts: CustomerFacts,
    @Inject(TenantToday) private readonly today: TenantToday,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  /** @throws ApiProblem `invalid-body` unless the last day is today or later, and within a year: what nobody looks at again should not count for ever */
  async set(caller: Caller, id: string, { score, reason, until }: OverrideDto) {
    const { today } = await this.today.read(caller.tenant, new Date());
    const last = dateOfDay(today.day + LONGEST_DAYS);
    if (until < today.date) throw refused(`The last day must not lie before today, ${today.date}.`, `Not before ${today.date}.`);
    if (until > last) throw refused(`A score is set for ${LONGEST_DAYS} days at most, to ${last}.`, `Not after ${last}.`);
    const { root } = await this.facts.find(caller.tenant, id);
    return this.facts.append(caller, root, { source: SOURCE, type: 'customer.override-set', data: { score, reason, until } });
  }

  /** @throws ApiProblem `no-override` where none holds, by the log: one that was set a moment ago is not in the rows yet */
  async clear(caller: Caller, id: string, { reason }: ClearDto) {
    const { tenant } = caller;
    const { root } = await this.facts.find(tenant, id);
    const { override, name } = await this.queries.execute(new GetHealth({ tenant, customer: root, knownAt: new Date().toISOString() }));
    if (!override) throw new ApiProblem('no-override', `No score of ${name ?? root} is set by hand.`);
    return this.facts.append(caller, root, { source: SOURCE, type: 'customer.override-cleared', data: { reason } });
  }
}

const refused = (words: string, detail: string) => new ApiProblem('invalid-body', words, { errors: [{ pointer: '/until', detail }] });
