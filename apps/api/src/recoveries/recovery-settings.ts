import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { validateData } from '#intake';
import { RECOVERY_POLICY, WORKING_HOURS } from '#journey';
import { GetRecoverySettings, type RecoverySettings } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';

const SOURCE = 'touchline:settings';
const FLAWS = 100;
const ATTEMPTS = 5;

const KINDS = { policy: { type: 'recoverypolicy.set', stream: RECOVERY_POLICY }, hours: { type: 'workinghours.set', stream: WORKING_HOURS } } as const;

const USUAL = {
  policy: 'The usual policy counts: nobody has decided otherwise. Whoever looks after a customer looks after its recoveries; nobody is told when a clock runs out.',
  hours: 'The usual hours count: nobody has decided otherwise. Monday to Friday, nine to five, without holidays.',
};

/** How a tenant deals with recoveries, and when it works. Each change is a fact with its author and reason. */
@Injectable()
export class RecoverySettingsOfTenant {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(Connections) private readonly connections: Connections) {}

  async policy(tenant: string) {
    const { policy: { decided: _, rules, ...policy }, policyDecided } = await this.read(tenant);
    return { clocks: policy.clocks, rules, otherwise: policy.otherwise ?? null, escalateTo: policy.escalateTo ?? null, decided: policyDecided, say: policyDecided ? null : USUAL.policy };
  }

  async hours(tenant: string) {
    const { calendar, hoursDecided } = await this.read(tenant);
    return { ...calendar, decided: hoursDecided, say: hoursDecided ? null : USUAL.hours };
  }

  /** @throws ApiProblem `invalid-body` that points at everything that is wrong */
  async decide({ tenant, actor }: Caller, kind: keyof typeof KINDS, body: unknown): Promise<{ position: string }> {
    const { type, stream } = KINDS[kind];
    const problem = validateData(type, 1, body, '', FLAWS);
    if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
    const data = body as Record<string, unknown>;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const last = (await this.read(tenant)).revisions[kind];
      const [verdict] = await this.connections.store.append([{ stream: { tenant, ...stream }, expected: last < 0 ? 'none' : last, events: [{
        source: SOURCE, id: `${kind}:${last + 1}`, type, version: 1, occurredAt: new Date().toISOString(), actor, data, bodyHash: hash('sha256', JSON.stringify(data), 'base64url'),
      }] }]);
      if (verdict!.status === 'appended') return { position: verdict!.positions[0]! };
    }
    throw new ApiProblem('not-ready', 'Somebody else decides about it at this moment.');
  }

  private read(tenant: string): Promise<RecoverySettings> {
    return this.queries.execute(new GetRecoverySettings({ tenant }));
  }
}
