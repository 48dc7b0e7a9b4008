import type { Kafka as Client } from 'kafkajs';
import { failure } from './failure.js';
import { patiently } from './patiently.js';

export async function membersOf(client: Client, groups: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const admin = client.admin();
  try {
    await admin.connect();
    const { groups: found } = await patiently(() => admin.describeGroups([...groups]));
    return new Map(found.map(({ groupId, members }) => [groupId, members.length]));
  } catch (error) {
    throw failure(error, 'Who reads could not be asked');
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
