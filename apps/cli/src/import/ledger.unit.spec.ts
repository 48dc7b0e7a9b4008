import { describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';
import type { RowOutcome } from './settle.js';
import { Settlement } from './settle.js';

const row = (number: number, events: number) => ({ row: number, line: number + 1, events: Array.from({ length: events }, () => '{}'), ids: [] });

describe('The account of an import', () => {
  it('never forgets lines that were confirmed, however slowly the outcome file is written', async () => {
    let release = () => {};
    const blocked = new Promise<void>((resolve) => { release = resolve; });
    const ledger = new Ledger({ write: ({ row: number }: RowOutcome) => (number === 1 ? blocked : Promise.resolve()), close: async () => undefined }, new Settlement('appended'));
    [row(1, 2), row(2, 3)].forEach((each) => ledger.settlement.add(each));
    const slow = ledger.settle(2);
    await ledger.settle(5);
    release();
    await slow;
    expect(ledger.confirmed).toBe(5);
  });

  it('takes a failure of the outcome file for what it is, not for the end of what is imported', async () => {
    const ledger = new Ledger({ write: async () => { throw new Error('disk full'); }, close: async () => undefined }, new Settlement('appended'));
    async function* rows() { yield row(1, 0); }
    await expect(ledger.lines(rows(), () => undefined).next()).rejects.toThrow('disk full');
    expect(ledger.broken).toBeUndefined();
  });
});
