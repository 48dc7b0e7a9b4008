import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectKafka, type Incoming, type Kafka, type Outgoing } from '#kafka';
import { ensureTenant } from '#event-store';
import { KAFKA_IN, topicIn, topicOfDeadLetters } from '#journey';
import { testBroker } from '../../../../test/support/kafka.js';
import { KafkaIn } from '../kafka/kafka-in.js';
import { openIntake } from './open-intake.js';

const PATIENCE_MS = 60_000;

/** The way in on a database of its own and the broker of the test run, for a tenant whose topics nobody else has. */
export async function openKafkaIn() {
  const house = await openIntake();
  const kafka = await connectKafka({ brokers: [await testBroker()], tls: false, login: null }, 'test');
  const newTenant = async (): Promise<string> => {
    const name = `t${randomBytes(6).toString('hex')}`;
    await ensureTenant(house.worker, name, 'Europe/Berlin');
    return name;
  };
  const tenant = await newTenant();
  const warnings: string[] = [];
  const readers = new Set<KafkaIn>();
  let decisions = 0;
  const dead = async (of = tenant): Promise<Incoming[]> => {
    const found: Incoming[] = [];
    await kafka.read({ topic: topicOfDeadLetters(of), partition: 0, from: 0n }, async (records) => { found.push(...records); return true; });
    return found;
  };
  return {
    ...house, kafka, tenant, newTenant, warnings, dead,
    /** By a writer of its own: one that has written to a topic writes nothing any more once that topic is taken away. */
    write: async (records: readonly Omit<Outgoing, 'topic'>[], topic = topicIn(tenant)) => {
      const writer = await kafka.writer();
      await writer.write(records.map((record) => ({ topic, ...record }))).finally(() => writer.close());
    },
    set: async (data: { readonly on: boolean; readonly topics?: readonly string[] }, of = tenant) => {
      await house.store.append([{ stream: { tenant: of, ...KAFKA_IN }, expected: 'any', events: [{
        source: 'touchline:kafkain', id: `settings:${decisions++}`, type: 'kafkain.set', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'person', id: 'mara' }, data: { reason: 'Trying', ...data }, bodyHash: String(decisions),
      }] }]);
    },
    start: (parts: { readonly group?: string; readonly intake?: typeof house.intake; readonly kafka?: Kafka } = {}) => {
      const reader = new KafkaIn({ intake: house.intake, worker: house.worker, kafka, group: tenant, warn: (message, error) => void warnings.push(`${message}: ${(error as Error).message}`), ...parts });
      readers.add(reader);
      reader.start();
      return reader;
    },
    /** Does something while nobody gets to the database. */
    cutOff: async (meanwhile: () => Promise<void>) => {
      const server = new pg.Client(Object.assign(new URL(house.adminUrl), { pathname: '/postgres' }).href);
      await server.connect();
      const name = new URL(house.adminUrl).pathname.slice(1);
      await server.query(`alter database ${name} with allow_connections false`);
      await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      await meanwhile().finally(() => server.query(`alter database ${name} with allow_connections true`));
      await server.end();
    },
    close: async () => {
      await Promise.all([...readers].map((reader) => reader.stop()));
      await kafka.close();
      await house.close();
    },
  };
}

/** Waits until it holds. @throws Error when it does not within a minute */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !await holds(); await new Promise((wake) => setTimeout(wake, 100))) {
    if (Date.now() > end) throw new Error(`It took too long until ${what}`);
  }
}

let count = 0;

/** A CloudEvent about a ticket, structured; give only what matters. */
export function ticketOpened(customer: string, changes: Record<string, unknown> = {}) {
  count += 1;
  return { specversion: '1.0', id: `k-${count}`, source: 'helpdesk', type: 'ticket.opened', time: '2026-01-10T08:00:00Z', subject: customer, data: { ticket: `T-${count}` }, ...changes };
}

export const structured = (event: unknown, key: string | null = null) => ({ key, value: JSON.stringify(event), headers: { 'content-type': 'application/cloudevents+json' } });
