import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type Problem, RecordEvents } from '#intake';
import { GetCustomer } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerIds } from '../reads/customer-ids.js';

interface StatedFact {
  readonly source: string;
  /** Of its own where the same fact said twice, or two facts that exclude each other, are to meet; the second one is refused as `id-conflict` unless it says the same. */
  readonly id?: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** When it was; left out: now. */
  readonly time?: string;
  /** The revision of the customer's stream that it was decided on: it is one of ours, which no door takes, and what is wrong with it is wrong with the body that was sent. */
  readonly expected?: number;
}

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

  /** Appends a fact; what is left out of its data is not said. @throws GrownMeanwhile when something has come since what was `expected` */
  async append({ tenant, actor, traceParent }: Caller, customer: string, { source, id = randomUUID(), type, data, time, expected }: StatedFact) {
    const sent = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    const item = { form: 'plain' as const, value: { id, source, type, customer, ...(time !== undefined && { time }), data: sent } };
    const [verdict] = await this.commands.execute(new RecordEvents([item], { tenant, actor, traceParent, mayDeclareObservedAt: false, receivedAt: new Date(), ...(expected !== undefined && { ours: { expected } }) }));
    const { problem, position } = verdict!;
    if (problem) throw ApiProblem.ofRefusal(expected === undefined ? problem : ofBody(problem));
    return { customer, position: position! };
  }
}

/** The facts of ours keep in `data` what a body says at its top. */
function ofBody(problem: Problem) {
  const inBody = (path: string): string => path.replace(/^\/data/, '');
  return { ...problem, code: 'invalid-body' as const, pointer: inBody(problem.pointer), errors: problem.errors?.map((error) => ({ ...error, pointer: inBody(error.pointer) })) };
}
