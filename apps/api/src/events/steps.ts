import { Inject, Injectable } from '@nestjs/common';
import { QueryRefused, untilVisible } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerFacts } from './customer-facts.js';

/** Whoever comes second decides again. */
const ATTEMPTS = 5;
const WAIT_MS = 3_000;

/** A step that somebody takes with a thing whose facts are numbered: the fact that says so, and whose it is. */
export interface Step {
  readonly customer: string;
  readonly fact: { readonly type: string; readonly data: Readonly<Record<string, unknown>> } | null;
  /** What the thing is called, and how many facts about it there were when this was decided. */
  readonly of: string;
  readonly told: number;
}

/** Steps taken one after the other: of two that are decided on the same facts, the second is decided anew. */
@Injectable()
export class Steps {
  constructor(@Inject(CustomerFacts) private readonly facts: CustomerFacts, @Inject(Connections) private readonly connections: Connections) {}

  /** Takes a step, and waits a moment until lists show it. Null: there was nothing to do. `decide` throws what it refuses. */
  async take(caller: Caller, source: string, decide: () => Promise<Step>): Promise<{ customer: string; position: string } | null> {
    for (let attempt = 1; ; attempt++) {
      const { customer, fact, of, told } = await decide();
      if (!fact) return null;
      try {
        const { position } = await this.facts.append(caller, customer, { source, id: `${of}:${told}`, ...fact });
        await this.shown(caller.tenant, position);
        return { customer, position };
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'id-conflict') || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async shown(tenant: string, position: string): Promise<void> {
    try {
      await untilVisible(this.connections.worker, tenant, position, WAIT_MS);
    } catch (error) {
      if (!(error instanceof QueryRefused && error.code === 'not-yet-visible')) throw error;
    }
  }
}
