import { Inject, Injectable } from '@nestjs/common';
import { type KafkaInState, kafkaInState, readersOf } from '#intake';
import { type Kafka, KafkaUnavailable } from '#kafka';
import { type DataFor, KAFKA_IN, topicIn, topicOfDeadLetters, topicsRead, whyNotRead } from '#journey';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { Connections } from '../connections.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { KafkaInDto } from './kafka-in.dto.js';
import { KAFKA } from './kafka.provider.js';

const NO_KAFKA = 'KAFKA_URL is not set for the API: it cannot say how far reading has come.';

/** What a tenant reads from Kafka: each decision is a fact with its author and reason. */
@Injectable()
export class KafkaInOfTenant {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(KAFKA) private readonly kafka: Kafka | null) {}

  async show(tenant: string, make: 'make' | 'look' = 'look') {
    const last = (await this.connections.store.readStream({ tenant, ...KAFKA_IN }, { direction: 'backward', limit: 1 }))[0];
    const settings = last ? last.data as unknown as DataFor<'kafkain.set'> : null;
    const topics = topicsRead(tenant, settings);
    return {
      on: settings?.on ?? false, topics: settings?.topics ?? [topicIn(tenant)], deadLetters: topicOfDeadLetters(tenant),
      decided: last ? { at: last.recordedAt, by: last.actor, reason: settings!.reason } : null,
      ...await this.state(tenant, topics, make),
    };
  }

  /** @throws ApiProblem `invalid-body` for a topic that is not the tenant's to read */
  async set(caller: Caller, { on, topics, reason }: KafkaInDto) {
    for (const [place, topic] of (topics ?? []).entries()) await this.refuse(caller, topic, `/topics/${place}`);
    await this.facts.decide(caller, KAFKA_IN.category, KAFKA_IN.id, () => ({ type: 'kafkain.set', data: { on, reason, ...(topics && { topics }) } }));
    return this.show(caller.tenant, 'make');
  }

  private async refuse({ tenant, role }: Caller, topic: string, pointer: string): Promise<void> {
    const refuse = (code: 'invalid-body' | 'forbidden', detail: string): never => { throw new ApiProblem(code, detail, { errors: [{ pointer, detail }] }); };
    const why = whyNotRead(tenant, topic);
    if (why !== null) refuse('invalid-body', `${topic} cannot be read: ${why}.`);
    if (topic === topicIn(tenant)) return;
    if (!mayDo(role, 'operator')) refuse('forbidden', `All tenants share the cluster: ${topic} is for an operator to name. Your own is ${topicIn(tenant)}.`);
    const reader = (await readersOf(this.connections.worker)).get(topic);
    if (reader !== undefined && reader !== tenant) refuse('invalid-body', `${topic} cannot be read: another tenant reads it.`);
  }

  private async state(tenant: string, topics: readonly string[], make: 'make' | 'look'): Promise<KafkaInState> {
    if (topics.length === 0) return { partitions: [], complaints: [] };
    if (!this.kafka) return { partitions: [], complaints: [NO_KAFKA] };
    try {
      return await kafkaInState(this.kafka, tenant, topics, make);
    } catch (error) {
      if (!(error instanceof KafkaUnavailable)) throw error;
      return { partitions: [], complaints: [`Kafka does not answer: ${error.message}.`] };
    }
  }
}
