import { Command, Query } from '@nestjs/cqrs';
import { listParked, type Parked, type ParkedFilter, readStreamRows, refoldCustomers, resumeProjection } from '#event-store';
import { togetherOf } from '../customers/together.js';
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

/** Folds one customer anew from the log, parked or not, with who it is merged into. */
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

/** Of one customer: also what is held of who is merged with it, for one read model holds back all of them and another each by itself. @throws QueryRefused for an unknown read model */
export async function listParkedCustomers({ reader }: ReadModelOptions, { customer, ...filter }: ParkedFilter): Promise<Parked[]> {
  named(filter);
  const parked = await listParked(reader, filter);
  if (customer === undefined || parked.length === 0) return parked;
  const { members } = await read(reader, filter.tenant, (sql) => togetherOf(sql, filter.tenant, customer));
  return parked.filter((each) => members.includes(each.customer));
}

export async function retryParked(model: ReadModelOptions, filter: ParkedFilter): Promise<Retried> {
  const candidates = named(filter);
  const before = await listParkedCustomers(model, filter);
  for (const projection of candidates) {
    const customers = new Set(before.filter((each) => each.projection === projection.name).map(({ customer }) => customer));
    await refoldCustomers(model.worker, projection, [...customers].map((customer) => ({ tenant: filter.tenant, customer })));
  }
  const parked = await listParkedCustomers(model, filter);
  return { tried: countOf(before), freed: countOf(before) - countOf(parked), parked };
}

/** Customers by projection: one that is held in two generations counts once. */
const countOf = (parked: readonly Parked[]): number => new Set(parked.map(({ projection, customer }) => `${projection}/${customer}`)).size;

/** @throws QueryRefused for a customer without facts */
export async function replayCustomer(model: ReadModelOptions, filter: ReplayCustomer['filter']): Promise<Retried> {
  const { tenant, customer } = filter;
  const members = await read(model.reader, tenant, async (sql) => {
    const together = await togetherOf(sql, tenant, customer);
    const known = together.members.length > 1 || (await readStreamRows(sql, { tenant, category: 'customer', id: customer }, { limit: 1 })).length > 0;
    return known ? together.members : [];
  });
  if (members.length === 0) throw new QueryRefused('customer-unknown', 'Nobody is known by this id.');
  const candidates = named(filter);
  for (const projection of candidates) await refoldCustomers(model.worker, projection, members.map((member) => ({ tenant, customer: member })));
  const parked = await listParkedCustomers(model, filter);
  return { tried: candidates.length, freed: candidates.length - new Set(parked.map(({ projection }) => projection)).size, parked };
}

export async function resume({ worker }: ReadModelOptions, name: string): Promise<{ name: string; resumed: boolean }> {
  return { name, resumed: await resumeProjection(worker, projectionNamed(name).name) };
}
