import { findType, linksFrom, parsePosition } from '#journey';
import type { Append, EventStore, NewEvent } from '../event-store.js';
import type { Taken } from './agenda.js';
import type { Answer } from './reaction.js';

/**
 * Appends what answers an entry, one append for each customer's stream. Ids are made of the type, the subject and the number of the cause's position,
 * so what an earlier attempt has appended is found again as a duplicate, and stays as it was. Without its epoch, for another may have begun meanwhile; a restore
 * that lost the cause has lost its answers, too. @returns false when a stream has grown since it was read: nothing was appended to it
 */
export async function appendAnswers(store: EventStore, { tenant, reaction, subject, customer: owner, cause }: Taken, facts: readonly Answer[], now: Date): Promise<boolean> {
  if (facts.length === 0) return true;
  const source = `touchline:${reaction}`;
  const [causing = cause] = await store.find(tenant, [cause]);
  const links = linksFrom(causing);
  const streams = new Map<string, Answer[]>();
  for (const fact of facts) streams.set(fact.customer ?? owner, [...streams.get(fact.customer ?? owner) ?? [], fact]);
  const appends = [...streams].map(([id, answers]): Append => ({
    stream: { tenant, category: 'customer', id }, expected: revisionOf(answers),
    events: answers.map(({ type, data, occurredAt, key }): NewEvent => {
      const eventId = [type, subject, parsePosition(cause.position).n, ...(key === undefined ? [] : [key])].join(':');
      return { source, id: eventId, type, version: versionOf(type), occurredAt: occurredAt ?? now.toISOString(), actor: { kind: 'system', id: source }, data, bodyHash: eventId, ...links };
    }),
  }));
  const verdicts = await store.append(appends);
  return verdicts.every(({ status }) => status !== 'wrong-revision');
}

function revisionOf(answers: readonly Answer[]): Append['expected'] {
  const expected = answers.find((answer) => answer.expected !== undefined)?.expected;
  return expected === undefined ? 'any' : expected === -1 ? 'none' : expected;
}

function versionOf(type: string): number {
  const known = findType(type);
  if (!known) throw new Error(`No type of fact is called ${type}`);
  return known.version;
}
