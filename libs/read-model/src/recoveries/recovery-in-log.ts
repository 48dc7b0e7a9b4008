import { Query } from '@nestjs/cqrs';
import { effectiveEvents, type JourneyEvent, recoveriesIn, type Recovery } from '#journey';
import { storyOf, togetherOf } from '../customers/together.js';
import { liveEntities } from '../entities/live-entities.js';
import { isCode, read, type ReadModelOptions } from '../reading.js';
import { unknownRecovery } from './recovery-number.js';
import { recoveryTable } from './recovery-table.js';
import { type RecoverySettings, recoverySettings } from './settings.js';

/** What is decided with: a customer's story as the log has it, and the tenant's settings. */
export interface CustomerInLog {
  /** Who stands for the customer. */
  readonly root: string;
  /** The facts as they stand, earliest first, with those of merged customers. */
  readonly events: readonly JourneyEvent[];
  /** Of the last fact in a stream; -1 where it is empty. */
  readonly revisionOf: (stream: string) => number;
  readonly settings: RecoverySettings;
}

export interface RecoveryInLog extends CustomerInLog { readonly recovery: Recovery }

export class GetRecoveryInLog extends Query<RecoveryInLog> {
  constructor(readonly options: { readonly tenant: string; readonly id: string }) {
    super();
  }
}

export class GetCustomerInLog extends Query<CustomerInLog> {
  constructor(readonly options: { readonly tenant: string; readonly customer: string }) {
    super();
  }
}

/** A recovery as the log has it, however far its row is. @throws QueryRefused `recovery-unknown` while there is no row at all */
export function getRecoveryInLog({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant, id }: GetRecoveryInLog['options']): Promise<RecoveryInLog> {
  return read(reader, tenant, async (sql) => {
    const [row] = !isCode(id) ? [] : await sql.query<{ customer: string }>(`select customer from ${await liveEntities(sql, recoveryTable)} where tenant = $1 and entity = $2`, [tenant, id]);
    const known = row && await customerInLog(sql, tenant, row.customer);
    const recovery = known && recoveriesIn(known.events).get(id);
    if (!recovery) throw unknownRecovery(id);
    return { ...known, recovery };
  });
}

export const getCustomerInLog = ({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant, customer }: GetCustomerInLog['options']): Promise<CustomerInLog> =>
  read(reader, tenant, (sql) => customerInLog(sql, tenant, customer));

async function customerInLog(sql: Parameters<typeof storyOf>[0], tenant: string, customer: string): Promise<CustomerInLog> {
  const together = await togetherOf(sql, tenant, customer);
  const stored = await storyOf(sql, tenant, together);
  return {
    root: together.root, events: effectiveEvents(stored), settings: await recoverySettings(sql, tenant),
    revisionOf: (stream) => stored.reduce((last, event) => (event.stream.id === stream ? Math.max(last, event.revision) : last), -1),
  };
}
