import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { NewEvent } from '#event-store';
import type { DataFor } from '#journey';
import { type Experiment, type ExperimentPlan, type ExperimentReport, listExperiments, planExperiment, reportExperiment } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';
import { TenantToday } from '../tenant/tenant-today.js';
import type { ExperimentDto } from './experiment.dto.js';

const SOURCE = 'touchline:churn';

/** Experiments with a share of the customers held out: what one would take, starting and ending one, and whether it helped. */
@Injectable()
export class Experiments {
  private readonly reading;

  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(TenantToday) private readonly today: TenantToday, @Inject(Stopping) private readonly stopping: Stopping) {
    this.reading = { reader: connections.reader, now: () => new Date() };
  }

  list({ tenant }: Caller): Promise<Experiment[]> {
    return listExperiments(this.reading, tenant);
  }

  report({ tenant }: Caller, id: string): Promise<ExperimentReport> {
    return reportExperiment(this.reading, { tenant, id }, this.stopping.signal);
  }

  /** Says what it would take; starts it only when asked to. @throws ApiProblem for an id that is taken, and for one that could never show anything */
  async plan(caller: Caller, { experiment, share = 0.2, effect = 0.25, seed = 1, segment, intervention, start = false }: ExperimentDto): Promise<{ experiment: string; started: boolean; plan: ExperimentPlan }> {
    const { tenant } = caller;
    const plan = await planExperiment(this.reading, { tenant, share, effect, ...(segment === undefined ? {} : { segment }) }, this.stopping.signal);
    if (!start) return { experiment, started: false, plan };
    if (plan.size === null) throw new ApiProblem('experiment-shows-nothing', `${plan.left} of ${plan.looks} months of customers ended with a departure, and ${plan.accounts} customers would take part.`);
    const { today } = await this.today.read(tenant, new Date());
    const data: DataFor<'experiment.started'> = {
      experiment, on: today.date, seed, share, monthlyRate: plan.monthlyRate, effect, accounts: plan.accounts, accountMonths: plan.size.customerMonths, months: plan.size.months,
      ...(segment === undefined ? {} : { segment }), ...(intervention === undefined ? {} : { intervention }),
    };
    if (!await this.append(caller, experiment, 'none', { type: 'experiment.started', data })) throw new ApiProblem('experiment-exists', 'It was started before.');
    return { experiment, started: true, plan };
  }

  async end(caller: Caller, id: string, reason: string | undefined): Promise<{ experiment: string }> {
    if (!(await this.list(caller)).some(({ experiment }) => experiment === id)) throw new ApiProblem('experiment-unknown', 'No experiment has this id.');
    const { today } = await this.today.read(caller.tenant, new Date());
    if (!await this.append(caller, id, 0, { type: 'experiment.ended', data: { experiment: id, on: today.date, ...(reason === undefined ? {} : { reason }) } })) throw new ApiProblem('experiment-ended', 'It runs no longer.');
    return { experiment: id };
  }

  /** @returns false when the stream is not where it was expected */
  private async append({ tenant, actor }: Caller, id: string, expected: 'none' | number, { type, data }: Pick<NewEvent, 'type' | 'data'>): Promise<boolean> {
    const event: NewEvent = { source: SOURCE, id: `${type}:${id}`, type, version: 1, occurredAt: new Date().toISOString(), actor, data, bodyHash: hash('sha256', JSON.stringify(data), 'base64url') };
    const [verdict] = await this.connections.store.append([{ stream: { tenant, category: 'experiment', id }, expected, events: [event] }]);
    return verdict!.status === 'appended';
  }
}
