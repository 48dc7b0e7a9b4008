import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { QueryBus } from '@nestjs/cqrs';
import { priorChurnModel } from '#insight';
import { ListChurnModels } from '#read-model';
import { leavers, type ToldFact } from '../../../../test/support/leavers.js';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { createApi } from '../create-api.js';
import { Stopping } from '../http/stopping.js';
import { startApi, type TestApi } from '../testing/start-api.js';
import { ChurnModels } from './churn-models.js';
import { modelFact } from './model-facts.js';

let api: TestApi;
let app: NestFastifyApplication;
beforeAll(async () => {
  api = await startApi();
  app = await createApi({ databaseUrl: api.database.url, masterKey: api.masterKey, logLevel: 'silent' });
  await told(leavers({ customers: 60 }));
}, 120_000);
afterAll(async () => {
  await app.close();
  await api.stop();
});

async function told(facts: readonly ToldFact[]): Promise<void> {
  const answer = await (await api.call(await api.key('ingest'), 'POST', '/v1/events/import?import=leavers', facts.map((fact) => JSON.stringify(fact)).join('\n'), { 'content-type': 'application/x-ndjson' })).text();
  if (!answer.includes('"rejected":0')) throw new Error(answer.slice(0, 500));
}

const ann: Caller = { tenant: 'acme', keyId: 'k', role: 'analyst', actor: { kind: 'person', id: 'ann' } };
const window = { from: '2024-06-01', to: '2026-01-31', features: ['trend', 'due', 'licence-use'] };

/** @returns what came of it */
async function trained(more: object): Promise<any> {
  let last: any;
  for await (const line of app.get(ChurnModels).train(ann, { ...window, ...more })) last = line;
  return last.trained;
}

/** As somebody else promotes it at this moment. */
async function promotedMeanwhile(id: string): Promise<void> {
  const fact = modelFact('churnmodel.promoted', `meanwhile:${id}`, { model: id, comparedWith: priorChurnModel.id, better: [] }, { actor: ann.actor, now: new Date() });
  const [verdict] = await api.connections.store.append([{ stream: { tenant: 'acme', category: 'churnmodel', id }, expected: 'exists', events: [fact] }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
}

/** As the doors have it, but something comes before each list of models. */
function preceded(first: () => Promise<void>): ChurnModels {
  const bus = app.get(QueryBus);
  const execute = async (query: Parameters<typeof bus.execute>[0]) => {
    if (query instanceof ListChurnModels) await first();
    return bus.execute(query);
  };
  return new ChurnModels(app.get(Connections), { execute } as QueryBus, app.get(Stopping));
}

describe('A promotion', () => {
  it('compares on the months, the knowledge and the facts that the candidate was learnt from, whatever became known since', async () => {
    const training = await trained({ knownAt: '2026-01-31' });
    // They come late to the log, with facts of the same months.
    await told(leavers({ customers: 90 }).filter(({ customer }) => customer >= 'l-060'));
    const { comparison } = await app.get(ChurnModels).promote(ann, training.id, 'Looked at');
    const judged = (horizons: readonly { horizon: unknown; rows: number }[]) => horizons.map(({ horizon, rows }) => [String(horizon), rows]);
    expect(comparison.current).toBe('prior');
    expect(judged(comparison.horizons)).toEqual(judged(training.figures));
  }, 60_000);

  it('compares again with the model that came into force meanwhile', async () => {
    const { id } = await trained({ knownAt: '2026-01-31', seed: 2 });
    const other = (await trained({ knownAt: '2026-01-31', seed: 3 })).id;
    let lists = 0;
    const { comparison, position } = await preceded(async () => { if ((lists += 1) === 1) await promotedMeanwhile(other); }).promote(ann, id, 'Another seed');
    expect([comparison.candidate, comparison.current]).toEqual([id, other]);
    const facts = await api.connections.store.readStream({ tenant: 'acme', category: 'churnmodel', id });
    expect(facts.at(-1)).toMatchObject({ type: 'churnmodel.promoted', position, data: { comparedWith: other } });
  }, 60_000);
});
