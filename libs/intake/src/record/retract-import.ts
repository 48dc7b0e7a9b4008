import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Intake } from '../intake.js';
import { inStream, ownEvent } from '../record-events/new-events.js';
import { validateData } from '../record-events/validate-data.js';
import { tenantSecrets } from '../record-events/tenant-secrets.js';
import { Problem } from '../refusals.js';

/** What a retraction took back: facts of the import in the log, and the customers they are about. */
export interface RetractedImport {
  readonly events: number;
  readonly customers: number;
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
  // Closed first: a batch of this import that starts from now on takes nothing new.
  const stated = await intake.imports.retract(tenant, importId, reason);
  if (stated === null) return new Problem('import-unknown', '', `No import \`${importId}\` recorded events.`);
  const total = { events: 0, customers: 0 };
  for (let after = ''; ;) {
    const page = await intake.imports.customersAfter(tenant, importId, after, PAGE);
    if (page.length === 0) return total;
    after = page.at(-1)!;
    const { events, customers } = await retractCustomers(intake, { tenant, importId, reason: stated, at }, page);
    total.customers += customers;
    total.events += events;
  }
}

type Retraction = Pick<RetractImport, 'tenant' | 'importId' | 'reason' | 'at'>;

/**
 * Takes back what an import recorded of these customers. A retraction covers what stands before it, so its id names the last
 * event it covers: sent again it is a duplicate, and events that slipped in beside it get one of their own.
 */
export async function retractCustomers(intake: Intake, { tenant, importId, reason, at }: Retraction, customers: readonly string[]): Promise<RetractedImport> {
  const secrets = await tenantSecrets(intake.keys, tenant);
  const covered = await inParallel(customers, (customer) => eventsOf(intake, tenant, customer, importId));
  const touched = customers.flatMap((customer, index) => (covered[index]!.length > 0 ? [{ customer, last: covered[index]!.at(-1)! }] : []));
  const appends = touched.map(({ customer, last }) => inStream(tenant, customer, [ownEvent(customer, {
    id: `retract:${importId}:${customer}:${last}`, type: 'record.retracted', data: { import: importId, reason }, occurredAt: at.toISOString(),
  }, secrets.bodyHash)]));
  if (appends.length > 0) await intake.store.append(appends);
  return { customers: touched.length, events: covered.flat().length };
}

/** Revisions of the import's events in one stream, from the log itself: a counter could have missed a batch that crashed. */
async function eventsOf({ store }: Intake, tenant: string, customer: string, importId: string): Promise<number[]> {
  const events = await store.readStream({ tenant, category: 'customer', id: customer });
  return events.filter((event) => event.importId === importId).map(({ revision }) => revision);
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += READERS) results.push(...await Promise.all(items.slice(start, start + READERS).map(work)));
  return results;
}
