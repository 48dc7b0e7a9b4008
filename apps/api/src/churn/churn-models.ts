import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { NewEvent } from '#event-store';
import { modelEffects } from '#insight';
import type { Position } from '#journey';
import { backtestModel, type Compared, compareWithInForce, GetChurnModel, ListChurnModels, type ModelAnswer, type Recipe, tabulateRows, trainModel, type Window } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';
import { backtestPage } from './backtest-page.js';
import { judge, type Judgement } from './better.js';
import type { BacktestDto, RowsDto, TrainDto } from './churn.dto.js';
import { decidePromotion, decideRetirement, mayBePromoted } from './decide.js';
import { modelFact, trainedData, trainedFact } from './model-facts.js';
import { progressLines, resultOf } from '../http/progress-lines.js';
import { suspicionIn } from './suspicious.js';

/** Whoever comes second finds another revision of the model's stream, and decides again. */
const ATTEMPTS = 3;

/** What is done with models of churn risk: each decision is a fact in the model's own stream. */
@Injectable()
export class ChurnModels {
  private readonly reading;

  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {
    this.reading = { reader: connections.reader, now: () => new Date() };
  }

  /** Trains and stores; how far it is on the way, and what came of it at the end. */
  async *train({ tenant, actor }: Caller, { dryRun = false, ...asked }: TrainDto): AsyncGenerator<object> {
    const { model, madeFrom } = yield* progressLines(trainModel(this.reading, recipeOf(tenant, asked), this.stopping.signal));
    const { model: _, ...data } = trainedData(model, madeFrom);
    const result = { id: model.id, ...data, held: madeFrom.held, suspicion: suspicionIn(model.proof) };
    if (dryRun) return yield { trained: { status: 'dry-run', ...result, position: null } };
    const [verdict] = await this.connections.store.append([{ stream: streamOf(tenant, model.id), expected: 'any', events: [trainedFact(model, madeFrom, { actor, now: new Date() })] }]);
    if (verdict!.status !== 'appended' && verdict!.status !== 'duplicate') throw new ApiProblem('internal', 'Another model has the same id.');
    yield { trained: { status: verdict!.status === 'appended' ? 'trained' : 'already-trained', ...result, position: verdict!.positions[0] } };
  }

  /** The same figures as a training gives, and more of them; nothing is stored. Drawn, it shows what a model learnt from all of the rows looks at. */
  async *backtest({ tenant }: Caller, { page = false, ...wanted }: BacktestDto): AsyncGenerator<object> {
    const asked = recipeOf(tenant, wanted);
    if (!page) return yield yield* progressLines(backtestModel(this.reading, asked, this.stopping.signal));
    const { model, madeFrom } = yield* progressLines(trainModel(this.reading, asked, this.stopping.signal));
    yield { backtest: model.proof, madeFrom, page: backtestPage({ backtest: model.proof!, effects: modelEffects(model) }) };
  }

  /** Every row that a training would see, with what was foretold of it. */
  async *rows({ tenant }: Caller, asked: RowsDto): AsyncGenerator<object> {
    const { slices, madeFrom } = yield* progressLines(tabulateRows(this.reading, recipeOf(tenant, asked), this.stopping.signal));
    for (const rows of slices()) yield { rows };
    yield { madeFrom };
  }

  async promote(caller: Caller, id: string, reason: string | undefined): Promise<{ model: string; position: Position; comparison: Compared & Judgement }> {
    const { summary, model } = await this.trained(caller.tenant, id);
    const suspicion = suspicionIn(model.proof);
    mayBePromoted({ state: summary.state, reason, suspicion });
    const window = { tenant: caller.tenant, ...summary.window, knownAt: summary.knownAt, upTo: summary.upTo };
    const compare = async () => {
      const compared = await resultOf(compareWithInForce(this.reading, { window, candidate: model }, this.stopping.signal));
      return { ...compared, ...judge(compared) };
    };
    let comparison = await compare();
    const position = await this.decide(caller, id, async ({ state }) => {
      // Meanwhile another one may have come into force.
      const { inForce } = await this.queries.execute(new ListChurnModels({ tenant: caller.tenant }));
      if (inForce !== comparison.current) comparison = await compare();
      return (revision) => modelFact('churnmodel.promoted', `promoted:${id}:${revision}`, decidePromotion({ model: id, state, reason, suspicion, comparison }), { actor: caller.actor, now: new Date() });
    });
    return { model: id, position, comparison };
  }

  async retire(caller: Caller, id: string, reason: string): Promise<{ model: string; position: Position }> {
    const position = await this.decide(caller, id, async ({ state }) => (
      (revision) => modelFact('churnmodel.retired', `retired:${id}:${revision}`, decideRetirement({ model: id, state, reason }), { actor: caller.actor, now: new Date() })));
    return { model: id, position };
  }

  /** Decides on what is known of a model, and writes it unless something came in between: then it decides again. */
  private async decide({ tenant }: Caller, id: string, work: (summary: NonNullable<ModelAnswer['summary']>) => Promise<(revision: number) => NewEvent>): Promise<Position> {
    for (let attempt = 1; ; attempt++) {
      const stream = streamOf(tenant, id);
      const [last] = await this.connections.store.readStream(stream, { direction: 'backward', limit: 1 });
      const { summary } = await this.trained(tenant, id);
      const factAt = await work(summary);
      const [verdict] = await this.connections.store.append([{ stream, expected: last!.revision, events: [factAt(last!.revision + 1)] }]);
      if (verdict!.status === 'appended') return verdict!.positions[0]!;
      if (attempt === ATTEMPTS) throw new ApiProblem('not-ready', 'Somebody else decides about this model at this moment.');
    }
  }

  /** @throws ApiProblem for the prior, about which there is nothing to decide */
  private async trained(tenant: string, id: string): Promise<ModelAnswer & { summary: NonNullable<ModelAnswer['summary']> }> {
    const { summary, model } = await this.queries.execute(new GetChurnModel({ tenant, id }));
    if (summary === null || model.id !== id) throw new ApiProblem('model-unknown', 'Only a model that was trained, named by its id, is promoted or retired.');
    return { summary, model };
  }
}

function recipeOf(tenant: string, { kind = 'logistic', seed = 1, features, accept, ...window }: RowsDto): Recipe & { readonly window: Window } {
  return { kind, seed, ...(features && { features }), ...(accept && { accept }), window: { tenant, ...window } };
}

const streamOf = (tenant: string, id: string) => ({ tenant, category: 'churnmodel', id });
