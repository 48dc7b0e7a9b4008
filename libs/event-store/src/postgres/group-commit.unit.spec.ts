import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Append, AppendVerdict } from '../event-store.js';
import { GroupCommit, type Lanes } from './group-commit.js';

/** Transactions as they were asked for, each to be ended by hand. */
function opened(lanes: Lanes = { most: 2, patience: 0 }) {
  const transactions: { ids: string[]; commit(): void; fail(error: Error): void }[] = [];
  const group = new GroupCommit((appends) => new Promise((resolve, reject) => {
    const ids = appends.map(({ stream }) => stream.id);
    transactions.push({ ids, commit: () => resolve(ids.map(verdictOf)), fail: reject });
  }), lanes);
  return { group, transactions };
}

const verdictOf = (id: string): AppendVerdict => ({ status: 'appended', positions: [`1.${id}`] });
const append = (id: string, events = 1): Append => ({ stream: { tenant: 't', category: 'customer', id }, expected: 'any', events: Array.from({ length: events }, () => ({}) as Append['events'][number]) });
const notStorable = () => Object.assign(new Error('a body that cannot be stored'), { code: '22P05' });
const turn = () => new Promise(setImmediate);

describe('Calls that come at the same time', () => {
  it('share two transactions, and each gets its own verdicts', async () => {
    const { group, transactions } = opened();
    const calls = ['1', '2', '3', '4'].map((id) => group.append([append(id)]));
    const several = group.append([append('5'), append('6')]);
    await turn();
    expect(transactions.map(({ ids }) => ids)).toEqual([['1', '2', '3'], ['4', '5', '6']]);
    transactions.forEach(({ commit }) => commit());
    expect(await Promise.all(calls)).toEqual(['1', '2', '3', '4'].map((id) => [verdictOf(id)]));
    expect(await several).toEqual([verdictOf('5'), verdictOf('6')]);
  });

  it('wait while two transactions are open, and then go together', async () => {
    const { group, transactions } = opened();
    void group.append([append('1')]);
    await turn();
    void group.append([append('2')]);
    await turn();
    const late = ['3', '4', '5'].map((id) => group.append([append(id)]));
    await turn();
    expect(transactions.map(({ ids }) => ids)).toEqual([['1'], ['2']]);
    transactions[0]!.commit();
    await turn();
    expect(transactions[2]!.ids).toEqual(['3', '4', '5']);
    transactions[2]!.commit();
    expect(await Promise.all(late)).toHaveLength(3);
  });

  it('that are small go one transaction after the other, so that each is full; one that takes long does not keep the next from opening', async () => {
    const { group, transactions } = opened({ most: 2, patience: 100 });
    void group.append([append('1')]);
    await turn();
    const calls = ['2', '3'].map((id) => group.append([append(id)]));
    await turn();
    expect(transactions.map(({ ids }) => ids)).toEqual([['1']]);
    transactions[0]!.commit();
    await turn();
    expect(transactions.map(({ ids }) => ids)).toEqual([['1'], ['2', '3']]);
    const late = ['4', '5'].map((id) => group.append([append(id)]));
    await sleep(150);
    expect(transactions.map(({ ids }) => ids)).toEqual([['1'], ['2', '3'], ['4', '5']]);
    void group.append([append('6')]);
    await sleep(150);
    expect(transactions).toHaveLength(3);
    transactions.slice(1).forEach(({ commit }) => commit());
    expect(await Promise.all([...calls, ...late])).toHaveLength(4);
  });

  it('do not fail together: when their transaction fails each is tried alone, and only the one that caused it hears of it', async () => {
    const { group, transactions } = opened();
    void group.append([append('busy')]);
    await turn();
    const calls = ['1', 'bad', '3'].map((id) => group.append([append(id)]).then(() => `${id} stored`, (error: Error) => `${id}: ${error.message}`));
    await turn();
    transactions[1]!.fail(notStorable());
    for (const [place, id] of [[2, '1'], [3, 'bad'], [4, '3']] as const) {
      await turn();
      expect(transactions[place]!.ids).toEqual([id]);
      if (id === 'bad') transactions[place]!.fail(notStorable());
      else transactions[place]!.commit();
    }
    expect(await Promise.all(calls)).toEqual(['1 stored', 'bad: a body that cannot be stored', '3 stored']);
  });

  it('hear at once, all of them, that the database is away', async () => {
    const { group, transactions } = opened();
    void group.append([append('busy')]);
    await turn();
    const calls = ['1', '2', '3'].map((id) => group.append([append(id)]).catch((error: Error) => error.message));
    await turn();
    transactions[1]!.fail(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    expect(await Promise.all(calls)).toEqual(Array(3).fill('connect ECONNREFUSED'));
    expect(transactions).toHaveLength(2);
  });

  it('do not make a transaction of more than 2,000 events, unless one call brings more', async () => {
    const { group, transactions } = opened();
    void group.append([append('busy')]);
    void group.append([append('busy too')]);
    await turn();
    void group.append([append('big', 5_000)]);
    for (const id of ['1', '2', '3']) void group.append([append(id, 900)]);
    transactions[0]!.commit();
    await turn();
    transactions[2]!.commit();
    await turn();
    expect(transactions.slice(2).map(({ ids }) => ids)).toEqual([['big'], ['1', '2']]);
  });
});
