import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Ports {
  readonly broker: number;
  readonly controller: number;
}

export interface BrokerFiles {
  readonly properties: string;
  readonly logging: string;
  readonly log: string;
  readonly pid: string;
}

const brokerFiles = (folder: string): BrokerFiles => ({
  properties: join(folder, 'server.properties'), logging: join(folder, 'log4j2.yaml'), log: join(folder, 'broker.log'), pid: join(folder, 'broker.pid'),
});

/** Said by the broker when it takes requests. */
export const STARTED = 'Kafka Server started';

const LOGGING = `Configuration:
  Appenders:
    Console: { name: out, PatternLayout: { pattern: "%d %p %c{1} %m%n" } }
  Loggers:
    Logger: [{ name: kafka.server.KafkaRaftServer, level: info }]
    Root: { level: warn, AppenderRef: { ref: out } }
`;

/** One node that is broker and controller; nothing is replicated, and topics are made only by who asks for them. */
const properties = (folder: string, { broker, controller }: Ports): Readonly<Record<string, string | number>> => ({
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
  listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${broker}`,
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  'log.dirs': join(folder, 'data').replaceAll('\\', '/'),
  'offsets.topic.replication.factor': 1,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'offsets.topic.num.partitions': 3,
  'transaction.state.log.num.partitions': 3,
  'group.initial.rebalance.delay.ms': 0,
  'auto.create.topics.enable': 'false',
});

export function writeBrokerFiles(folder: string, ports: Ports): BrokerFiles {
  const files = brokerFiles(folder);
  writeFileSync(files.properties, Object.entries(properties(folder, ports)).map(([name, value]) => `${name}=${value}\n`).join(''));
  writeFileSync(files.logging, LOGGING);
  return files;
}
