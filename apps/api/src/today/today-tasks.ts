import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { dateOfDay } from '#insight';
import { RecordEvents } from '#intake';
import { GetCustomer } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { ApiProblem } from '../problems/api-problem.js';
import { TenantToday } from '../tenant/tenant-today.js';
import { CustomerIds } from '../reads/customer-ids.js';

const LONGEST_DAYS = 366;

/** Notes what became of a call, as a touch of the customer. `id` is our id, or `system:id`. */
@Injectable()
export class TodayTasks {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CustomerIds) private readonly ids: CustomerIds,
    @Inject(TenantToday) private readonly today: TenantToday,
  ) {}

  done(caller: Caller, id: string, { outcome, note }: { outcome: string; note?: string }) {
    return this.append(caller, id, 'task.done', { list: 'today', outcome, note });
  }

  /** @throws ApiProblem `invalid-body` unless the day lies after the tenant's today, and within a year: a customer put off for longer is forgotten */
  async snooze(caller: Caller, id: string, { until, note }: { until: string; note?: string }) {
    const { today } = await this.today.read(caller.tenant, new Date());
    if (until <= today.date) {
      throw new ApiProblem('invalid-body', `The day must lie after today, ${today.date}.`, { errors: [{ pointer: '/until', detail: `Not before the day after ${today.date}.` }] });
    }
    const last = dateOfDay(today.day + LONGEST_DAYS);
    if (until > last) {
      throw new ApiProblem('invalid-body', `A call is put off by ${LONGEST_DAYS} days at most, to ${last}.`, { errors: [{ pointer: '/until', detail: `Not after ${last}.` }] });
    }
    return this.append(caller, id, 'task.snoozed', { list: 'today', until, note });
  }

  private async append({ tenant, actor }: Caller, id: string, type: string, data: Record<string, unknown>) {
    const customer = await this.ids.find(tenant, id);
    await this.queries.execute(new GetCustomer({ tenant, customer }));
    const sent = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    const item = { form: 'plain' as const, value: { id: randomUUID(), source: 'today', type, customer, data: sent } };
    const [verdict] = await this.commands.execute(new RecordEvents([item], { tenant, actor, mayDeclareObservedAt: false, receivedAt: new Date() }));
    if (verdict!.problem) throw ApiProblem.ofRefusal(verdict!.problem);
    return { customer, position: verdict!.position };
  }
}
