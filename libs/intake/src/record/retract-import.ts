import type { KeyObject } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Intake } from '../intake.js';
import { inStream, ownEvent } from '../record-events/new-events.js';
import { validateData } from '../record-events/validate-data.js';
import { tenantSecrets } from '../record-events/tenant-secrets.js';
import { Problem } from '../refusals.js';
import { freedAliases } from './freed-aliases.js';
import { mergeLock } from './locks.js';

/** What a retraction took back: facts of the import in the log, the customers they are about, and aliases that nothing stands behind any more. */
export interface RetractedImport {
  readonly events: number;
  readonly customers: number;
  readonly aliases: number;
  /** It had been taken back before. */
  readonly already: boolean;
}

/** Takes back every fact of an import, with one `record.retracted` per customer. Doing it again changes nothing. */
export class RetractImport extends Command<RetractedImport | Problem> {
  constructor(readonly tenant: string, readonly importId: string, readonly reason: string, readonly at: Date) {
    super();
  }
}

const PAGE = 200;
const READERS = 8;

@CommandHandler(RetractImport)
export class RetractImportHandler implements ICommandHandler<RetractImport> {
  constructor(private readonly intake: Intake) {}

  execute(command: RetractImport): Promise<RetractedImport | Problem> {
    return retractImport(this.intake, command);
  }
}

/** The same without Nest. */
export async function retractImport(intake: Intake, { tenant, importId, reason, at }: Retraction): Promise<RetractedImport | Problem> {
  const invalid = validateData('record.retracted', 1, { import: importId, reason }, '', 1);
  if (invalid) return invalid;
  // Closed first: what is on its way has ended then, and nothing new starts.
  const stated = await intake.imports.retract(tenant, importId, reason);
  if (stated === null) return new Problem('import-unknown', '', `No import \`${importId}\` recorded events.`);
  const total = { events: 0, customers: 0, aliases: 0, already: stated.already };
  for (let after = ''; ;) {
    const page = await intake.imports.customersAfter(tenant, importId, after, PAGE);
    if (page.length === 0) return total;
    after = page.at(-1)!;
    const taken = await retractCustomers(intake, { tenant, importId, reason: stated.reason, at }, page, stated.broken);
    total.customers += taken.customers;
    total.events += taken.events;
    total.aliases += taken.aliases;
  }
}

type Retraction = Pick<RetractImport, 'tenant' | 'importId' | 'reason' | 'at'>;

/**
 * Takes back what an import recorded of these customers. A retraction covers what stands before it, so its id names the last
 * event it covers: sent again it is a duplicate. When a batch died, its append may be unseen yet: then every customer gets a
 * retraction, and by the order of their streams it comes to stand behind that append.
 */
async function retractCustomers(intake: Intake, { tenant, importId, reason, at }: Retraction, customers: readonly string[], broken: boolean): Promise<Omit<RetractedImport, 'already'>> {
  const { bodyHash } = await tenantSecrets(intake.keys, tenant);
  // From the log itself: a counter could have missed a batch that crashed.
  const streams = await inParallel(customers, async (customer) => {
    const stream = await intake.store.readStream({ tenant, category: 'customer', id: customer });
    const events = stream.filter((event) => event.importId === importId);
    return { customer, events, last: events.at(-1)?.revision ?? -1, freed: freedAliases(stream, importId) };
  });
  const touched = streams.filter(({ events }) => broken || events.length > 0);
  const freed = touched.flatMap(({ customer, freed: aliases }) => aliases.map((alias) => ({ alias, customer })));
  // The directory first: the fact tells that it was done.
  await intake.aliases.free(tenant, freed);
  const occurredAt = at.toISOString();
  await intake.store.append(touched.map(({ customer, last, freed: aliases }) => inStream(tenant, customer, [
    ownEvent(customer, { id: `retract:${importId}:${customer}:${last}`, type: 'record.retracted', data: { import: importId, reason }, occurredAt }, bodyHash),
    ...aliases.map(({ system, id, revision }) => ownEvent(customer, {
      id: `unalias:${importId}:${customer}:${revision}`, type: 'customer.alias-removed', data: { system, id }, occurredAt,
    }, bodyHash)),
  ])));
  await unmergeCustomers(intake, { tenant, importId, at }, touched.map(({ customer }) => customer), bodyHash);
  const withEvents = streams.filter(({ events }) => events.length > 0);
  return { customers: withEvents.length, events: withEvents.flatMap(({ events }) => events).length, aliases: freed.length };
}

/** No merge of the import stays. Looked for after the retractions: they stand behind whatever a batch that died appended. */
async function unmergeCustomers(intake: Intake, { tenant, importId, at }: Pick<Retraction, 'tenant' | 'importId' | 'at'>, customers: readonly string[], secret: KeyObject): Promise<void> {
  if ((await intake.merges.standing(tenant, importId, customers)).length === 0) return;
  await intake.locks.hold([mergeLock(tenant)], async () => {
    const merges = await intake.merges.standing(tenant, importId, customers);
    await intake.store.append(merges.map(({ stream: { id: customer }, revision }) => inStream(tenant, customer, [
      ownEvent(customer, { id: `unmerge:${importId}:${customer}:${revision}`, type: 'customer.unmerged', data: {}, occurredAt: at.toISOString() }, secret)])));
  });
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += READERS) results.push(...await Promise.all(items.slice(start, start + READERS).map(work)));
  return results;
}
