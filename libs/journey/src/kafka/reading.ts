import type { DataFor } from '../catalogue.js';

/** The stream in which a tenant says what it reads from Kafka. */
export const KAFKA_IN = { category: 'kafkain', id: 'settings' } as const;

/** Topics of ours; what comes after the tenant says what is in them. */
const OURS = /^touchline\.([^.]*)\.(.*)$/;

export const topicIn = (tenant: string): string => `touchline.${tenant}.in`;
export const topicOfDeadLetters = (tenant: string): string => `touchline.${tenant}.dead-letters`;

/** The topics that a tenant reads by its last decision; none while nobody has decided. */
export function topicsRead(tenant: string, decided: DataFor<'kafkain.set'> | null): readonly string[] {
  return decided?.on ? decided.topics ?? [topicIn(tenant)] : [];
}

/** Why a tenant may not read a topic, as a clause; null where it may. */
export function whyNotRead(tenant: string, topic: string): string | null {
  if (topic === topicIn(tenant) || !/^touchline\./i.test(topic)) return topic.startsWith('__') ? 'it is one of Kafka itself' : null;
  const [, owner, what] = OURS.exec(topic) ?? [];
  if (owner !== tenant) return 'topics that begin with "touchline." belong to the tenant that they name';
  return `it is written by us${what === 'dead-letters' ? '; dead letters are tried again with a replay' : ''}`;
}
