import { describe, expect, it } from '@jest/globals';
import { Database } from '#event-store';
import { Recoveries } from './recoveries.js';

const nothing = undefined as never;

describe('Waiting until pages show what was done', () => {
  it('does not take a database that is lost for read models that are late', async () => {
    const worker = new Database('postgres://127.0.0.1:1/none', 'touchline_worker');
    const recoveries = new Recoveries(nothing, nothing, { worker } as never, nothing);
    await expect(recoveries.shown({ tenant: 'acme' } as never, { recovery: 'R-1', customer: 'c', position: '1.1' })).rejects.toThrow('ECONNREFUSED');
    await worker.close();
  });
});
