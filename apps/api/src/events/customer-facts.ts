import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { RecordEvents } from '#intake';
import { GetCustomer } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerIds } from '../reads/customer-ids.js';

/** Facts about a customer that a person states with a form or a command, in place of a system. */
@Injectable()
export class CustomerFacts {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CustomerIds) private readonly ids: CustomerIds,
  ) {}

  /** Our id of a customer that there is, and of who stands for it. `id` is our id, or `system:id`. @throws where nobody is known by it */
  async find(tenant: string, id: string): Promise<{ customer: string; root: string }> {
    const customer = await this.ids.find(tenant, id);
    return { customer, root: (await this.queries.execute(new GetCustomer({ tenant, customer }))).id };
  }

  /** Appends a fact; what is left out of its data is not said. */
  async append({ tenant, actor }: Caller, customer: string, { source, type, data }: { source: string; type: string; data: Record<string, unknown> }) {
    const sent = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    const item = { form: 'plain' as const, value: { id: randomUUID(), source, type, customer, data: sent } };
    const [verdict] = await this.commands.execute(new RecordEvents([item], { tenant, actor, mayDeclareObservedAt: false, receivedAt: new Date() }));
    if (verdict!.problem) throw ApiProblem.ofRefusal(verdict!.problem);
    return { customer, position: verdict!.position };
  }
}
