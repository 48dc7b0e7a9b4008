import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { type ChurnModel, explainModel, priorChurnModel } from '#insight';
import type { Actor, DataFor, Position } from '#journey';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { inForceAmong, type ModelFact, type ModelState, statesOf } from './model-states.js';
import { modelById, modelFacts, modelInForce } from './model-in-force.js';

export type Drift = DataFor<'churnmodel.drift-measured'>;
type Trained = DataFor<'churnmodel.trained'>;

/** A trained model in short. */
export interface ModelSummary extends Pick<Trained, 'kind' | 'seed' | 'arithmetic' | 'window' | 'knownAt' | 'upTo' | 'customers' | 'rows' | 'figures'>, Omit<ModelState, 'model'> {
  readonly id: string;
  readonly trainedAt: string;
  readonly trainedBy: Actor;
  readonly position: Position;
  /** What was said when it was promoted or retired last; null where nothing was. */
  readonly reason: string | null;
  /** The last measurement; null before the first. */
  readonly drift: Drift | null;
}

export interface ModelsAnswer {
  /** Id of the model that answers; `prior` for the one that assumptions make. */
  readonly inForce: string;
  /** The latest first. */
  readonly models: readonly ModelSummary[];
}

export class ListChurnModels extends Query<ModelsAnswer> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

/** A model in full; `summary` is null for the prior, which nobody trained. */
export interface ModelAnswer {
  readonly summary: ModelSummary | null;
  readonly model: ChurnModel;
}

export class GetChurnModel extends Query<ModelAnswer> {
  /** `id`: of a model, `prior`, or `in-force`. */
  constructor(readonly options: { readonly tenant: string; readonly id: string }) {
    super();
  }
}

/** What a model looks at, in words. */
export interface ExplanationAnswer {
  readonly model: string;
  readonly kind: ChurnModel['kind'];
  readonly horizons: readonly (Omit<ReturnType<typeof explainModel>[number], 'horizon'> & { readonly horizon: string })[];
}

export class ExplainChurnModel extends Query<ExplanationAnswer> {
  /** `id` as in `GetChurnModel`. */
  constructor(readonly options: { readonly tenant: string; readonly id: string }) {
    super();
  }
}

const ALL = ['churnmodel.trained', 'churnmodel.promoted', 'churnmodel.retired', 'churnmodel.drift-measured'];

export function listChurnModels({ reader }: ReadModelOptions, { tenant }: ListChurnModels['options']): Promise<ModelsAnswer> {
  return read(reader, tenant, async (sql) => {
    const facts = await modelFacts(sql, tenant, ALL);
    return { inForce: inForceAmong(facts)?.model ?? priorChurnModel.id, models: summariesOf(facts).reverse() };
  });
}

/** @throws QueryRefused `model-unknown` */
export function getChurnModel({ reader }: ReadModelOptions, { tenant, id }: GetChurnModel['options']): Promise<ModelAnswer> {
  return read(reader, tenant, async (sql) => {
    const model = await namedModel(sql, tenant, id);
    const summary = summariesOf(await modelFacts(sql, tenant, ALL)).find((each) => each.id === model.id) ?? null;
    return { summary, model };
  });
}

export async function explainChurnModel({ reader }: ReadModelOptions, { tenant, id }: ExplainChurnModel['options']): Promise<ExplanationAnswer> {
  const model = await read(reader, tenant, (sql) => namedModel(sql, tenant, id));
  return { model: model.id, kind: model.kind, horizons: explainModel(model).map((one) => ({ ...one, horizon: String(one.horizon) })) };
}

const MODEL_ID = /^cm-[0-9a-f]{12}$/;

async function namedModel(sql: Sql, tenant: string, id: string): Promise<ChurnModel> {
  const model = id === priorChurnModel.id ? priorChurnModel : id === 'in-force' ? (await modelInForce(sql, tenant)).model : MODEL_ID.test(id) ? await modelById(sql, tenant, id) : null;
  if (model === null) throw new QueryRefused('model-unknown', 'No model has this id.');
  return model;
}

/** In the order in which they were trained. */
function summariesOf(facts: readonly ModelFact[]): ModelSummary[] {
  const states = new Map(statesOf(facts).map((state) => [state.model, state]));
  return facts.filter(({ type }) => type === 'churnmodel.trained').map((fact) => {
    const { model: id, ...state } = states.get(fact.model)!;
    const { kind, seed, arithmetic, window, knownAt, upTo, customers, rows, figures } = fact.data as unknown as Trained;
    const own = facts.filter(({ model }) => model === id);
    const decided = own.findLast(({ type }) => type === 'churnmodel.promoted' || type === 'churnmodel.retired');
    const drift = own.findLast(({ type }) => type === 'churnmodel.drift-measured');
    return {
      id, ...state, kind, seed, arithmetic, window, knownAt, upTo, customers, rows, figures, trainedAt: fact.observedAt, trainedBy: fact.actor, position: fact.position,
      reason: (decided?.data['reason'] as string | undefined) ?? null, drift: drift ? drift.data as unknown as Drift : null,
    };
  });
}
