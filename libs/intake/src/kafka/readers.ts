import { type Database, listTenantsWithNewest } from '#event-store';
import { type DataFor, KAFKA_IN, topicsRead, whyNotRead } from '#journey';

/** Whose each topic is that is read; a topic that two want goes to the tenant that comes first in the alphabet. */
export async function readersOf(worker: Database): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { id, newest } of await listTenantsWithNewest(worker, KAFKA_IN)) {
    for (const topic of topicsRead(id, newest && newest.data as unknown as DataFor<'kafkain.set'>)) {
      if (whyNotRead(id, topic) === null && !found.has(topic)) found.set(topic, id);
    }
  }
  return found;
}
