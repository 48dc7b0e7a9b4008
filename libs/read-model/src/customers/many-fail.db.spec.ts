import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Append, Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore, progressOf, Projector } from '#event-store';
import type { JourneyEvent } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/read-models.js';
import { readModelMigrations } from '../index.js';
import { customerSteps } from './customer-state.js';
import { CustomersProjection } from './customers-projection.js';

const CUSTOMERS = 300;
const refuse = (events: readonly JourneyEvent[]) => {
  if (events.some(({ type }) => type === 'x-bad.fact')) throw new TypeError('This cannot be read');
};

describe('A batch in which hundreds of customers fail', () => {
  let worker: Database;
  let store: PostgresEventStore;
  let projector: Projector;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
    drop = fresh.drop;
    worker = new Database(fresh.url, 'touchline_worker', 6);
    store = new PostgresEventStore(worker);
    await ensureTenant(worker, 'acme', 'UTC');
    const projection = new CustomersProjection({
      ...customerSteps,
      addToState: (state, event, ...rest) => { refuse([event]); customerSteps.addToState(state, event, ...rest); },
      refold: (state, stream, ...rest) => { refuse(stream); customerSteps.refold(state, stream, ...rest); },
    });
    projector = new Projector({ store, worker, projections: [projection], owner: 'test', batchSize: 2 * CUSTOMERS });
    await projector.start();
  });

  afterAll(async () => {
    await projector.stop();
    await store.close();
    await worker.close();
    await drop();
  });

  it('parks every one of them and stops: none is passed over because there are so many', async () => {
    await store.append(everyone('customer.registered', { name: 'Nord' }));
    await eventually(async () => (await worker.transaction((sql) => sql.query('select from touchline_read.customer_1 where not stale'))).length === CUSTOMERS);
    await store.append(everyone('x-bad.fact', {}));
    await eventually(async () => (await progressOf(worker))[0]!.behind === 0);
    expect((await progressOf(worker))[0]).toMatchObject({ parked: CUSTOMERS, stopped: { customers: CUSTOMERS } });
  });
});

const everyone = (type: string, data: Record<string, unknown>): Append[] => Array.from({ length: CUSTOMERS }, (_, customer) => ({
  stream: { tenant: 'acme', category: 'customer', id: `c${customer}` }, expected: 'any',
  events: [{ source: 'test', id: `${type}-${customer}`, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: type }],
}));
