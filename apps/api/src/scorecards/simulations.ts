import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type Card, withCard } from '#insight';
import { cardsInForce, GetScorecard, simulateCards, type Trial } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { progressLines } from '../http/progress-lines.js';
import { Connections } from '../connections.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';
import { refuseFlawed } from './refuse-flawed.js';
import type { SimulationDto } from './simulation.dto.js';
import { simulationPage } from './simulation-page.js';
import { toldAsDraft } from './told-as-draft.js';
import { validCard } from './valid-card.js';

const AT_ONCE = 2;

/** Tries scorecards on the whole history. Nothing is stored. */
@Injectable()
export class Simulations {
  private running = 0;

  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /** What is to be tried beside what is in force. @throws ApiProblem for what cannot be */
  async trialOf({ tenant }: Caller, { card: sent, id, version, page: _, ...window }: SimulationDto): Promise<Trial> {
    const card = await this.cardOf(tenant, sent, { id, version });
    const { whole } = await this.connections.reader.inTenant(tenant, (sql) => cardsInForce(sql, tenant));
    return { tenant, published: whole, draft: withCard(whole, card), ...window };
  }

  /** @throws ApiProblem `not-ready` while as many run as this process bears: each has threads and connections of its own */
  async *simulate(trial: Trial, { card: sent, page = false }: SimulationDto): AsyncGenerator<object> {
    if (this.running >= AT_ONCE) throw new ApiProblem('not-ready', `${AT_ONCE} simulations run at this moment; ask again when one of them is done.`);
    this.running += 1;
    try {
      const found = yield* progressLines(simulateCards({ reader: this.connections.reader, now: () => new Date() }, trial, this.stopping.signal));
      const simulated = sent ? toldAsDraft(found, sent) : found;
      yield { ...simulated, ...(page && { page: simulationPage(simulated) }) };
    } finally {
      this.running -= 1;
    }
  }

  private async cardOf(tenant: string, sent: SimulationDto['card'], { id, version }: Pick<SimulationDto, 'id' | 'version'>): Promise<Card> {
    if ((sent === undefined) === (id === undefined) || (sent && version !== undefined)) {
      throw new ApiProblem('invalid-body', 'Give either a `card`, or the `id` of one that was drafted and its `version`.', { errors: [{ pointer: sent ? '/id' : '/card', detail: 'Either one of both.' }] });
    }
    const card = sent ? { version: 1, ...validCard(sent) } : await this.storedCard(tenant, id!, version);
    refuseFlawed(card);
    return card;
  }

  private async storedCard(tenant: string, id: string, version: number | undefined): Promise<Card> {
    const { summary } = await this.queries.execute(new GetScorecard({ tenant, id }));
    return (await this.queries.execute(new GetScorecard({ tenant, id, version: version ?? summary.newest }))).card;
  }
}
