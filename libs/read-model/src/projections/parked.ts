import { Command, Query } from '@nestjs/cqrs';
import { listParked, type Parked, type ParkedFilter, readStreamRows, refoldCustomers, resumeProjection } from '#event-store';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { projectionNamed, projections } from './projections.js';

/** Which customers are held back, by which fact and why, and which of their facts wait. */
export class ListParked extends Query<Parked[]> {
  constructor(readonly filter: ParkedFilter) {
    super();
  }
}

/** What has become of the customers that were tried: how many are back in step, and who is still held. */
export interface Retried {
  readonly tried: number;
  readonly freed: number;
  readonly parked: readonly Parked[];
}

/** Tries parked customers again, from the log and in order. */
export class RetryParked extends Command<Retried> {
  constructor(readonly filter: ParkedFilter) {
    super();
  }
}

/** Folds one customer anew from the log, parked or not. */
export class ReplayCustomer extends Command<Retried> {
  constructor(readonly filter: ParkedFilter & { readonly customer: string }) {
    super();
  }
}

/** Lets a projection go on that has stopped because too many customers were parked for one cause. */
export class ResumeProjection extends Command<{ readonly name: string; readonly resumed: boolean }> {
  constructor(readonly name: string) {
    super();
  }
}

const named = ({ projection }: ParkedFilter) => (projection === undefined ? projections() : [projectionNamed(projection)]);

export const listParkedCustomers = ({ reader }: ReadModelOptions, filter: ParkedFilter): Promise<Parked[]> => listParked(reader, filter);

export async function retryParked({ reader, worker }: ReadModelOptions, filter: ParkedFilter): Promise<Retried> {
  const candidates = named(filter);
  const before = await listParked(reader, filter);
  for (const projection of candidates) {
    const customers = new Set(before.filter((each) => each.projection === projection.name).map(({ customer }) => customer));
    await refoldCustomers(worker, projection, [...customers].map((customer) => ({ tenant: filter.tenant, customer })));
  }
  const parked = await listParked(reader, filter);
  return { tried: countOf(before), freed: countOf(before) - countOf(parked), parked };
}

/** Customers by projection: one that is held in two generations counts once. */
const countOf = (parked: readonly Parked[]): number => new Set(parked.map(({ projection, customer }) => `${projection}/${customer}`)).size;

/** @throws QueryRefused for a customer without facts */
export async function replayCustomer({ reader, worker }: ReadModelOptions, filter: ReplayCustomer['filter']): Promise<Retried> {
  const { tenant, customer } = filter;
  const known = await read(reader, tenant, (sql) => readStreamRows(sql, { tenant, category: 'customer', id: customer }, { limit: 1 }));
  if (known.length === 0) throw new QueryRefused('customer-unknown', 'Nobody is known by this id.');
  const candidates = named(filter);
  for (const projection of candidates) await refoldCustomers(worker, projection, [{ tenant, customer }]);
  const parked = await listParked(reader, filter);
  return { tried: candidates.length, freed: candidates.length - countOf(parked), parked };
}

export async function resume({ worker }: ReadModelOptions, name: string): Promise<{ name: string; resumed: boolean }> {
  return { name, resumed: await resumeProjection(worker, projectionNamed(name).name) };
}
