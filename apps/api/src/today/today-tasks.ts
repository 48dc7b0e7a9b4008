import { Inject, Injectable } from '@nestjs/common';
import { dateOfDay } from '#insight';
import type { Caller } from '../access/api-keys.js';
import { CustomerFacts } from '../events/customer-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { TenantToday } from '../tenant/tenant-today.js';

const LONGEST_DAYS = 366;

/** Notes what became of a call, as a touch of the customer. `id` is our id, or `system:id`. */
@Injectable()
export class TodayTasks {
  constructor(@Inject(CustomerFacts) private readonly facts: CustomerFacts, @Inject(TenantToday) private readonly today: TenantToday) {}

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

  private async append(caller: Caller, id: string, type: string, data: Record<string, unknown>) {
    const { customer } = await this.facts.find(caller.tenant, id);
    return this.facts.append(caller, customer, { source: 'today', type, data });
  }
}
