import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ForeignEpoch, subscriptionsOf } from '#event-store';
import { type DataFor, KAFKA_OUT } from '#journey';
import { startAt, topicOf } from '#outbound';
import type { Caller } from '../access/api-keys.js';
import { Connections } from '../connections.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { type KafkaOutDto, startOf } from './kafka-out.dto.js';

type Decided = DataFor<'kafkaout.set'>;

const USUAL: Pick<Decided, 'streams' | 'mode' | 'partitions' | 'retentionDays'> = { streams: ['journey', 'insight'], mode: 'binary', partitions: 6 };
const defined = <Part extends object>(part: Part): Part => Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part;

/** What a tenant sends to Kafka: each decision is a fact with its author and reason. */
@Injectable()
export class KafkaOutOfTenant {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(OwnFacts) private readonly facts: OwnFacts) {}

  async show(tenant: string) {
    const last = (await this.connections.store.readStream({ tenant, ...KAFKA_OUT }, { direction: 'backward', limit: 1 }))[0];
    const settings = last ? last.data as unknown as Decided : null;
    const { on = false, streams = USUAL.streams, mode = USUAL.mode, partitions = USUAL.partitions, retentionDays = null, start = null } = settings ?? {};
    return {
      on, streams: streams.map((stream) => ({ stream, topic: topicOf(tenant, stream) })), mode, partitions, retentionDays, start: settings ? start ?? 'beginning' : null,
      decided: last ? { at: last.recordedAt, by: last.actor, reason: settings!.reason } : null,
      progress: settings?.on ? await this.progress(tenant, settings.relay) : null,
    };
  }

  /** What is left out stays as it was decided before. @throws ApiProblem `foreign-epoch` for a start in another life of the log */
  async set(caller: Caller, { on, reason, start, ...sent }: KafkaOutDto) {
    const begun = start === undefined ? null : await this.begin(caller.tenant, start);
    const first = begun ?? await this.begin(caller.tenant, 'now');
    await this.facts.decide(caller, KAFKA_OUT.category, KAFKA_OUT.id, (decisions) => {
      const before = decisions.at(-1)?.data as unknown as Decided | undefined;
      const { streams, mode, partitions, retentionDays } = { ...USUAL, ...before, ...defined(sent) };
      const { relay, start: from } = begun ?? before ?? first;
      return { type: 'kafkaout.set', data: { on, reason, relay, streams, mode, partitions, ...defined({ retentionDays, start: from }) } };
    });
    return this.show(caller.tenant);
  }

  /** A relay that has told nothing yet. */
  private async begin(tenant: string, start: string): Promise<Pick<Decided, 'relay' | 'start'>> {
    const { store, worker } = this.connections;
    try {
      const position = await startAt(store, worker, startOf(start));
      return { relay: `k-${randomBytes(6).toString('hex')}`, ...(position !== null && { start: position }) };
    } catch (error) {
      throw error instanceof ForeignEpoch ? new ApiProblem('foreign-epoch', error.message) : error;
    }
  }

  private async progress(tenant: string, relay: string) {
    const found = (await subscriptionsOf(this.connections.worker, tenant)).find(({ kind, id }) => kind === 'kafka' && id === relay);
    if (!found) return null;
    const { behind, lagSeconds, followed, failure } = found;
    return { behind, lagSeconds, followed, failure };
  }
}
