import type { Database, Finding } from '#event-store';
import { type Kafka, KafkaUnavailable } from '#kafka';
import { readersOf } from './readers.js';
import { type KafkaInState, kafkaInState } from './state.js';

/** A single look cannot tell whether a number falls: from so many on it is worth another. */
const MANY = 10_000;
const CHECK = 'kafka-in';

interface Looked { readonly tenant: string; readonly state: KafkaInState }

/** What is wrong with the topics that tenants read from, and where much waits. One line where all is well. */
export async function examineKafkaIn(worker: Database, kafka: Kafka | null): Promise<Finding[]> {
  const readers = [...await readersOf(worker)];
  if (readers.length === 0) return [];
  if (!kafka) return [{ check: CHECK, status: 'warns', says: 'Tenants read from Kafka, and this process cannot say how far.', remedy: 'Set KAFKA_URL for the API.' }];
  const tenants = [...new Set(readers.map(([, tenant]) => tenant))];
  try {
    return findingsOf(await Promise.all(tenants.map(async (tenant) => ({ tenant, state: await kafkaInState(kafka, tenant, readers.filter((each) => each[1] === tenant).map(([topic]) => topic)) }))));
  } catch (error) {
    if (!(error instanceof KafkaUnavailable)) throw error;
    return [{ check: CHECK, status: 'warns', says: `Kafka does not answer, or refuses: ${error.message}.`, remedy: 'Look at the cluster, at KAFKA_URL, and at what the API may do there (libs/intake/KAFKA.md, Topics).' }];
  }
}

function findingsOf(looked: readonly Looked[]): Finding[] {
  const findings = looked.flatMap(({ tenant, state }): Finding[] => {
    const [check, waiting] = [`${CHECK} ${tenant}`, waitingIn(state)];
    if (state.complaints.length > 0) return [{ check, status: 'warns', says: `${state.complaints.join(' ')} ${records(waiting)}.`, remedy: 'Mend the topic, or have a worker with the role kafka-in run: it looks again every five seconds.' }];
    if (waiting > MANY) return [{ check, status: 'warns', says: `${records(waiting)}.`, remedy: 'If the number does not fall: the log of the worker says why a batch comes again. Where it is load, another worker takes partitions.' }];
    return [];
  });
  if (findings.length > 0) return findings;
  return [{ check: CHECK, status: 'fine', says: `${looked.length} ${looked.length === 1 ? 'tenant reads' : 'tenants read'}; ${records(looked.reduce((sum, { state }) => sum + waitingIn(state), 0))}.`, remedy: null }];
}

const waitingIn = ({ partitions }: KafkaInState): number => partitions.reduce((sum, { lag }) => sum + lag, 0);
const records = (waiting: number): string => (waiting === 1 ? '1 record waits' : `${waiting.toLocaleString('en')} records wait`);
