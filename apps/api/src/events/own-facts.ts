import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { validateData } from '#intake';
import type { JourneyEvent } from '#journey';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';

/** Whoever comes second decides again. */
const ATTEMPTS = 5;
const FLAWS = 100;
const ID = /^[A-Za-z0-9._:/-]{1,100}$/;

export interface OwnFact { readonly type: string; readonly data: Readonly<Record<string, unknown>>; readonly occurredAt?: string }

/** Facts of ours that stand in a stream of their own: an outage, a theme. */
@Injectable()
export class OwnFacts {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  /** Decides by all that the stream holds, and appends; decides anew when somebody else was faster. @returns null where there is nothing new to say. @throws ApiProblem */
  async decide({ tenant, actor, traceParent }: Caller, category: string, id: string, decideOn: (facts: readonly JourneyEvent[]) => OwnFact | null): Promise<string | null> {
    if (!ID.test(id)) throw new ApiProblem('not-found', 'An id has 1 to 100 letters, digits and . _ : / - and nothing else.');
    const stream = { tenant, category, id };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const facts = await this.connections.store.readStream(stream);
      const decided = decideOn(facts);
      if (decided === null) return null;
      const { type, data, occurredAt = new Date().toISOString() } = decided;
      const problem = validateData(type, 1, data, '', FLAWS);
      if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
      const last = facts.at(-1)?.revision ?? -1;
      const [verdict] = await this.connections.store.append([{ stream, expected: last < 0 ? 'none' : last, events: [{
        source: `touchline:${category}`, id: `${id}:${last + 1}`, type, version: 1, occurredAt, actor, ...(traceParent !== undefined && { traceParent }), data, bodyHash: hash('sha256', JSON.stringify([type, data]), 'base64url'),
      }] }]);
      if (verdict!.status === 'appended') return verdict!.positions[0]!;
    }
    throw new ApiProblem('not-ready', 'Somebody else changes this at this moment.');
  }
}
