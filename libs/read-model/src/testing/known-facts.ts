import type { NewEvent } from '#event-store';
import { findType } from '#journey';
import type { ToldFact } from '../../../../test/support/leavers.js';
import { type openReadModel, tenant } from './open-read-model.js';

type House = Awaited<ReturnType<typeof openReadModel>>;

/** Facts that were known when they say. They are in the log when it resolves; lists need not show them yet. */
export async function tellKnown({ store }: House, category: 'customer' | 'churnmodel' | 'experiment', facts: readonly Omit<ToldFact, 'source'>[]): Promise<void> {
  const streams = new Map<string, NewEvent[]>();
  for (const { id, type, time, observedAt, customer, data } of facts) {
    const events = streams.get(customer) ?? [];
    streams.set(customer, [...events, { source: 'test', id, type, version: findType(type)!.version, occurredAt: time, observedAt, actor: { kind: 'system', id: 'test' }, data, bodyHash: id }]);
  }
  const verdicts = await store.append([...streams].map(([id, events]) => ({ stream: { tenant, category, id }, expected: 'any' as const, events })));
  const refused = verdicts.find(({ status }) => status !== 'appended');
  if (refused) throw new Error(refused.status);
  await store.head();
}

let facts = 0;

/** One fact at noon of a day, known at once or at noon of another day. `of`: the stream's id. */
export const factOf = (of: string, type: string, data: Record<string, unknown>, day: string, knownOn = day): Omit<ToldFact, 'source'> => (
  { id: `${of}/${type}/${facts += 1}`, type, time: `${day}T12:00:00.000Z`, observedAt: `${knownOn}T12:00:00.000Z`, customer: of, data });
