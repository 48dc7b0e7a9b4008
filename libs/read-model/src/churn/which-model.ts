import type { Sql } from '#event-store';
import { type ChurnModel, priorChurnModel, sentence } from '#insight';
import { QueryRefused } from '../reading.js';
import type { ModelInShort } from './churn-risk-answer.js';
import { modelById, modelInForce } from './model-in-force.js';

export interface Chosen { readonly model: ChurnModel; readonly short: ModelInShort }

/** The model in force at a moment, or the one that is asked for by name. @throws QueryRefused `model-unknown` */
export async function whichModel(sql: Sql, tenant: string, { model: id, knownAt }: { readonly model?: string | undefined; readonly knownAt?: string | undefined }): Promise<Chosen> {
  if (id === undefined) {
    const { model, since } = await modelInForce(sql, tenant, knownAt);
    return { model, short: inShort(model, since?.at ?? null) };
  }
  const model = id === priorChurnModel.id ? priorChurnModel : await modelById(sql, tenant, id);
  if (model === null) throw new QueryRefused('model-unknown', 'No model has this id.', 'model');
  return { model, short: inShort(model, null) };
}

function inShort({ id, kind, arithmetic, window }: ChurnModel, inForceSince: string | null): ModelInShort {
  return {
    id, kind, arithmetic, prior: id === priorChurnModel.id, window, inForceSince,
    say: window === null ? 'This is the prior: assumptions that the model states, not learnt from your customers.'
      : sentence(`${kind} model, learnt from your customers at month ends from ${window.from} to ${window.to}${inForceSince === null ? '' : `, in force since ${inForceSince.slice(0, 10)}`}`),
  };
}
