import { hash } from 'node:crypto';
import type { NewEvent } from '#event-store';
import type { ChurnModel } from '#insight';
import type { Actor, DataFor } from '#journey';
import type { MadeFrom } from '#read-model';

const SOURCE = 'touchline:churn';

type Written = 'churnmodel.trained' | 'churnmodel.promoted' | 'churnmodel.retired';

/** A fact about a model. `id` makes it one: said again with the same body it is a duplicate. */
export function modelFact<T extends Written>(type: T, id: string, data: DataFor<T>, { actor, now, body = data }: { readonly actor: Actor; readonly now: Date; readonly body?: unknown }): NewEvent {
  return { source: SOURCE, id, type, version: 1, occurredAt: now.toISOString(), actor, data: data as Record<string, unknown>, bodyHash: hash('sha256', JSON.stringify(body), 'base64url') };
}

/** What is kept of a training. The same model is the same fact, whatever history it was made from. */
export function trainedFact(model: ChurnModel, madeFrom: MadeFrom, by: { readonly actor: Actor; readonly now: Date }): NewEvent {
  return modelFact('churnmodel.trained', `trained:${model.id}`, trainedData(model, madeFrom), { ...by, body: model });
}

/** The data of that fact. */
export function trainedData(model: ChurnModel, { from, to, gapDays, knownAt, upTo, customers, rows }: MadeFrom): DataFor<'churnmodel.trained'> {
  const { kind, arithmetic, seed } = model;
  return { model: model as unknown as Record<string, unknown>, kind, arithmetic, seed, window: { from, to, gapDays }, knownAt, upTo, customers, rows, figures: figuresOf(model) };
}

function figuresOf({ proof }: ChurnModel): DataFor<'churnmodel.trained'>['figures'] {
  return (proof?.horizons ?? []).map(({ horizon, rows, leavers, figures }) => ({
    horizon: String(horizon) as '30', rows, leavers, ...Object.fromEntries(figures.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]))),
  }));
}
