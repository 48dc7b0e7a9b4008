import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { decideTask, type TaskCommand } from '#journey';
import { FindTask, type FoundTask, QueryRefused, untilVisible } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { CustomerFacts } from '../events/customer-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { putOffDay } from '../today/put-off-day.js';
import { TenantToday } from '../tenant/tenant-today.js';
import type { CreateTaskDto } from './task.dto.js';

const SOURCE = 'tasks';
const WAIT_MS = 2_000;
const CODE = /^[A-Za-z0-9._:/-]{1,100}$/;

/** Tasks that people set, do, put off or drop. */
@Injectable()
export class Tasks {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CustomerFacts) private readonly facts: CustomerFacts,
    @Inject(TenantToday) private readonly today: TenantToday,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  /** @throws ApiProblem `invalid-body` for a day that is over */
  async create(caller: Caller, id: string, { what, dueOn, owner, hint, note }: CreateTaskDto) {
    const { today } = await this.today.read(caller.tenant, new Date());
    if (dueOn < today.date) throw new ApiProblem('invalid-body', `The day must not lie before today, ${today.date}.`, { errors: [{ pointer: '/dueOn', detail: `Not before ${today.date}.` }] });
    const { root } = await this.facts.find(caller.tenant, id);
    const task = `T-${randomBytes(5).toString('hex')}`;
    return { task, ...await this.facts.append(caller, root, { source: SOURCE, type: 'task.created', data: { task, what, dueOn, owner, hint, note } }) };
  }

  done(caller: Caller, task: string, { outcome, note }: { outcome: string; note?: string }) {
    return this.decide(caller, { do: 'done', task, outcome, note });
  }

  /** @throws ApiProblem `invalid-body` for a day to which nothing is put off */
  async snooze(caller: Caller, task: string, { until, note }: { until: string; note?: string }) {
    putOffDay(until, (await this.today.read(caller.tenant, new Date())).today);
    return this.decide(caller, { do: 'snooze', task, until, note });
  }

  drop(caller: Caller, task: string, reason: string) {
    return this.decide(caller, { do: 'drop', task, reason });
  }

  /** Waits a little, so that who wrote sees it on the next page. */
  async shown({ tenant }: Caller, position: string): Promise<void> {
    try {
      await untilVisible(this.connections.worker, tenant, position, WAIT_MS);
    } catch (error) {
      if (!(error instanceof QueryRefused)) throw error;
    }
  }

  private async decide(caller: Caller, command: TaskCommand) {
    const { customer, tasks } = await this.find(caller, command.task);
    const decided = decideTask(command, tasks);
    if ('refused' in decided) throw new ApiProblem(decided.refused, decided.say);
    return { task: command.task, ...await this.facts.append(caller, customer, { source: SOURCE, type: decided.type, data: { ...decided.data } }) };
  }

  /** One that was set a moment ago may not have a row yet. @throws ApiProblem `task-unknown`, or `task-ambiguous` */
  private async find(caller: Caller, task: string): Promise<FoundTask> {
    if (!CODE.test(task)) throw new ApiProblem('task-unknown', 'No task has such a number.');
    const look = () => this.queries.execute(new FindTask({ tenant: caller.tenant, task }));
    let found = await look();
    if (found.length === 0) {
      await this.shown(caller, await this.connections.store.head());
      found = await look();
    }
    if (found.length > 1) throw new ApiProblem('task-ambiguous', `${found.length} customers have a task ${task}.`);
    if (!found[0]) throw new ApiProblem('task-unknown', `There is no task ${task}.`);
    return found[0];
  }
}
