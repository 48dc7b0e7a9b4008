import type { Kafka as Client } from 'kafkajs';

/** For clients of whom this is asked: one attempt, as who asks wants to know how it is now. */
export const AT_ONCE = { retry: { retries: 0 }, connectionTimeout: 2_000, requestTimeout: 2_000 };

/** Whether one of these, each a client of one broker, is told who is in the cluster. */
export const anyAnswers = (clients: readonly Client[]): Promise<boolean> => Promise.any(clients.map(describe)).then(() => true, () => false);

async function describe(client: Client): Promise<void> {
  const admin = client.admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
