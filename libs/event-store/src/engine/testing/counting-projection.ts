import { createHash } from 'node:crypto';
import type { JourneyEvent } from '#journey';
import { parsePosition } from '#journey';
import { readStreamsRows } from '../../postgres/read.js';
import { type CustomerKey, partitionOf, type Projection, type Work } from '../projection.js';

/** What a test does in the middle of a batch: before the rows are written, or after. */
export interface Interruption {
  before?(work: Work, events: readonly JourneyEvent[]): Promise<void>;
  after?(work: Work, events: readonly JourneyEvent[]): Promise<void>;
}

const table = (generation: number) => `touchline_read.counting_${generation}`;

/** A read model that counts and hashes a customer's facts in their order: one skipped, doubled or out of place shows in the row. */
export class CountingProjection implements Projection {
  readonly name = 'counting';
  readonly version: string = '1';
  readonly categories = ['customer'];
  readonly compared = [{ name: table, key: ['tenant', 'customer'] }];

  constructor(private readonly interruption: Interruption = {}) {}

  createTables(generation: number): string {
    return `create table ${table(generation)} (tenant text, customer text, partition smallint, facts integer not null, digest text not null, position bigint not null, primary key (tenant, customer));
      grant select on ${table(generation)} to touchline_reader`;
  }

  dropTables(generation: number): string {
    return `drop table if exists ${table(generation)}`;
  }

  async apply(work: Work, events: readonly JourneyEvent[]): Promise<void> {
    await this.interruption.before?.(work, events);
    for (const { stream, id, position } of events) {
      await work.sql.query(
        `insert into ${table(work.generation)} as old values ($1, $2, $3, 1, md5($4), $5)
         on conflict (tenant, customer) do update set facts = old.facts + 1, digest = md5(old.digest || $4), position = $5`,
        [stream.tenant, stream.id, partitionOf(stream.tenant, stream.id), id, parsePosition(position).n]);
    }
    await this.interruption.after?.(work, events);
  }

  async refold(work: Work, customers: readonly CustomerKey[]): Promise<void> {
    for (const { tenant, customer } of customers) {
      const facts = await readStreamsRows(work.sql, tenant, 'customer', [customer], work.upTo);
      if (facts.length === 0) continue;
      const digest = facts.reduce((before, { id }) => createHash('md5').update(`${before}${id}`).digest('hex'), '');
      await work.sql.query(
        `insert into ${table(work.generation)} values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant, customer) do update set facts = excluded.facts, digest = excluded.digest, position = excluded.position`,
        [tenant, customer, partitionOf(tenant, customer), facts.length, digest, parsePosition(facts.at(-1)!.position).n]);
    }
  }
}

export const countingTable = table;
