import type { Database, Finding } from '#event-store';
import { type Kafka, KafkaUnavailable } from '#kafka';
import type { Intake } from '../intake.js';
import { groupOf } from './group.js';
import { NEWEST, openDeadLetters } from './open-dead-letters.js';
import { readersOf } from './readers.js';
import { type KafkaInState, kafkaInState } from './state.js';

/** A single look cannot tell whether a number falls: from so many on it is worth another. */
const MANY = 10_000;
const CHECK = 'kafka-in';

interface Looked {
  readonly tenant: string;
  readonly state: KafkaInState;
  /** Topics in whose group is nobody. */
  readonly unread: readonly string[];
  readonly dead: number;
}

interface Examined {
  readonly intake: Intake;
  /** Acts as the worker role. */
  readonly worker: Database;
  readonly kafka: Kafka | null;
  /** As for those that read. */
  readonly group?: string;
}

/** What is wrong with the topics that tenants read from, which nobody reads, where much waits, and what could not be taken. One line where all is well. */
export async function examineKafkaIn({ intake, worker, kafka, group }: Examined, now: Date): Promise<Finding[]> {
  const readers = [...await readersOf(worker)];
  if (readers.length === 0) return [];
  if (!kafka) return [{ check: CHECK, status: 'warns', says: 'Tenants read from Kafka, and this process cannot say how far.', remedy: 'Set KAFKA_URL for the API.' }];
  const tenants = [...new Set(readers.map(([, tenant]) => tenant))];
  try {
    return findingsOf(await Promise.all(tenants.map(async (tenant) => {
      const state = await kafkaInState(kafka, tenant, readers.filter((each) => each[1] === tenant).map(([topic]) => topic));
      const there = [...new Set(state.partitions.map(({ topic }) => topic))];
      const members = there.length === 0 ? new Map<string, number>() : await kafka.members(there.map((topic) => groupOf(topic, group)));
      return { tenant, state, unread: there.filter((topic) => !members.get(groupOf(topic, group))), dead: await openDeadLetters({ intake, kafka }, tenant, now) };
    })));
  } catch (error) {
    if (!(error instanceof KafkaUnavailable)) throw error;
    return [{ check: CHECK, status: 'warns', says: `Kafka does not answer, or refuses: ${error.message}.`, remedy: 'Look at the cluster, at KAFKA_URL, and at what the API may do there (libs/intake/KAFKA.md, Topics).' }];
  }
}

function findingsOf(looked: readonly Looked[]): Finding[] {
  const findings = looked.flatMap((each) => [...ofReading(each), ...ofDeadLetters(each)]);
  if (findings.length > 0) return findings;
  return [{ check: CHECK, status: 'fine', says: `${looked.length} ${looked.length === 1 ? 'tenant reads' : 'tenants read'}; ${waits(looked.reduce((sum, { state }) => sum + waitingIn(state), 0))}.`, remedy: null }];
}

function ofReading({ tenant, state, unread }: Looked): Finding[] {
  const [check, waiting] = [`${CHECK} ${tenant}`, waitingIn(state)];
  if (unread.length > 0) return [{ check, status: 'fails', says: [`Nobody reads ${unread.join(', ')}.`, ...state.complaints, `${waits(waiting)}.`].join(' '), remedy: 'Start a worker with the role kafka-in (TOUCHLINE_ROLES), KAFKA_URL and TOUCHLINE_MASTER_KEY, or look at the log of the one that runs. What nobody reads in time its topic drops.' }];
  if (state.complaints.length > 0) return [{ check, status: 'warns', says: `${state.complaints.join(' ')} ${waits(waiting)}.`, remedy: 'Mend the topic, or have a worker with the role kafka-in run: it looks again every five seconds.' }];
  if (waiting > MANY) return [{ check, status: 'warns', says: `${waits(waiting)}.`, remedy: 'If the number does not fall: the log of the worker says why a batch comes again. Where it is load, another worker takes partitions.' }];
  return [];
}

function ofDeadLetters({ tenant, dead }: Looked): Finding[] {
  if (dead === 0) return [];
  return [{
    check: `${CHECK} ${tenant}, dead letters`, status: 'warns', says: `${dead} of the records that could not be taken in the last seven days ${dead === 1 ? 'is' : 'are'} not dealt with (the newest ${NEWEST} are looked at).`,
    remedy: 'npx touchline kafka dead-letters says why, and which of them dead-letters replay would record now.',
  }];
}

const waitingIn = ({ partitions }: KafkaInState): number => partitions.reduce((sum, { lag }) => sum + lag, 0);
const waits = (waiting: number): string => (waiting === 1 ? '1 record waits' : `${waiting.toLocaleString('en')} records wait`);
