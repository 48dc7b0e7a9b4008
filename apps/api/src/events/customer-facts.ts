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

  /** Appends a fact; what is left out of its data is not said. `id`: an id of its own where the same fact said twice, or two facts that exclude each other, are to meet; the second one is refused as `id-conflict` unless it says the same. */
  async append({ tenant, actor }: Caller, customer: string, { source, id = randomUUID(), type, data }: { source: string; id?: string; type: string; data: Readonly<Record<string, unknown>> }) {
    const sent = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    const item = { form: 'plain' as const, value: { id, source, type, customer, data: sent } };
    const [verdict] = await this.commands.execute(new RecordEvents([item], { tenant, actor, mayDeclareObservedAt: false, receivedAt: new Date() }));
    if (verdict!.problem) throw ApiProblem.ofRefusal(verdict!.problem);
    return { customer, position: verdict!.position };
  }
}
