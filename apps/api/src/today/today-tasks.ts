import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CustomerFacts } from '../events/customer-facts.js';
import { TenantToday } from '../tenant/tenant-today.js';
import { putOffDay } from './put-off-day.js';

/** Notes what became of a call, as a touch of the customer. `id` is our id, or `system:id`. */
@Injectable()
export class TodayTasks {
  constructor(@Inject(CustomerFacts) private readonly facts: CustomerFacts, @Inject(TenantToday) private readonly today: TenantToday) {}

  done(caller: Caller, id: string, { outcome, note }: { outcome: string; note?: string }) {
    return this.append(caller, id, 'task.done', { list: 'today', outcome, note });
  }

  /** @throws ApiProblem `invalid-body` for a day to which nobody is put off */
  async snooze(caller: Caller, id: string, { until, note }: { until: string; note?: string }) {
    putOffDay(until, (await this.today.read(caller.tenant, new Date())).today);
    return this.append(caller, id, 'task.snoozed', { list: 'today', until, note });
  }

  private async append(caller: Caller, id: string, type: string, data: Record<string, unknown>) {
    const { customer } = await this.facts.find(caller.tenant, id);
    return this.facts.append(caller, customer, { source: 'today', type, data });
  }
}
