import { expect } from '@jest/globals';
import { type Reaction, Reactor } from '#event-store';
import type { TestApi } from './start-api.js';

/** Asks a running API, by default as `reader`, and tells it facts as `writer`: each so many `unit`s (ms) ago, under ids e-1, e-2 and so on. */
export function telling(api: TestApi, { reader, writer, unit }: { readonly reader: string; readonly writer: string; readonly unit: number }) {
  let n = 0;
  const ago = (count: number) => new Date(Date.now() - count * unit).toISOString();
  const ask = async (path: string, { key = reader, method = 'GET', body }: { key?: string | undefined; method?: string; body?: unknown } = {}) => {
    const response = await api.call(key, method, path, body);
    return { status: response.status, body: await response.json() as any };
  };
  const latest = async (path: string, key = reader) => (await ask(`${path}${path.includes('?') ? '&' : '?'}minPosition=${await api.connections.store.head()}`, { key })).body;
  const tell = async (...facts: [customer: string, type: string, before: number, data: object][]) => {
    const { body } = await ask('/v1/events', { key: writer, method: 'POST', body: facts.map(([customer, type, before, data]) => ({ id: `e-${++n}`, source: 'crm', type, customer, time: ago(before), data })) });
    expect(body.results.filter(({ status }: { status: string }) => status !== 'appended')).toEqual([]);
  };
  return { ask, latest, tell };
}

/** A reaction beside the API, as a worker runs it; what fails there fails the test. */
export async function reacting({ connections: { worker, store } }: TestApi, ...reactions: Reaction[]): Promise<Reactor> {
  const reactor = new Reactor({ worker, store, reactions, check: () => undefined, warn: (message, error) => { throw new Error(message, { cause: error }); } });
  await reactor.start();
  return reactor;
}
