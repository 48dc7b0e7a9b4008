import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerOf, anyAnswers } from '../testing/answers.js';
import { fallsOf, spreadOf } from './spread.js';

const on = (day: number) => `2026-11-${String(day).padStart(2, '0')}T09:00:00.000Z`;
const row = (role: 'payer' | 'user', scores: readonly number[], first = 1, customer = 'a') => scores.map((score, place) => answerOf(score, { role, customer, at: on(first + place) }));

describe('Payers and users apart', () => {
  it('a fall is three answers in a row, in the mean a quarter of the scale below all before', () => {
    expect(fallsOf(row('user', [9, 9, 9, 6, 6])).now).toBeNull();
    expect(fallsOf(row('user', [9, 9, 9, 3, 6])).now).toBe(on(5));
    expect(fallsOf(row('user', [9, 3, 3])).now).toBeNull();
    expect(fallsOf(row('user', [9, 6, 6, 7])).now).toBe(on(4));
  });

  it('whoever has recovered is not fallen any more, and may fall again', () => {
    const up = [10, 10, 10, 10, 0, 0, 0, 10, 10, 10, 10, 10];
    expect(fallsOf(row('user', up))).toEqual({ first: on(5), now: null });
    expect(fallsOf(row('user', [...up, 0, 0, 0]))).toEqual({ first: on(5), now: on(14) });
    const payers = row('payer', [9], 1);
    expect(spreadOf([...row('user', up), ...payers], on(29))).toMatchObject({ warned: [], lag: { n: 1, followed: 0 } });
    expect(spreadOf([...row('user', [...up, 0, 0, 0]), ...payers], on(29)).warned).toEqual([expect.objectContaining({ customer: 'a', usersFell: on(14) })]);
  });

  it('names nobody who has left, and nobody whose payers were never heard', () => {
    const answers = ['a', 'b'].flatMap((customer) => [...row('user', [10, 2, 2, 2], 1, customer), ...row('payer', [9], 1, customer)]);
    expect(spreadOf(answers, on(29), (customer) => customer === 'b')).toMatchObject({ warned: [{ customer: 'b' }], lag: { n: 1 }, users: { n: 8 } });
    expect(spreadOf(row('user', [10, 2, 2, 2]), on(29))).toMatchObject({ warned: [], lag: { n: 0 } });
  });

  it('no interval leaves the scale', () => {
    const { users, payers } = spreadOf([...row('user', [10, 10, 6]), ...row('payer', [0, 0, 4])], on(29));
    expect([users.high, payers.low]).toEqual([1, 0]);
  });

  it('warns of accounts where users fell and payers have not, and tells the lag of those that followed', () => {
    const answers = [...row('user', [10, 10, 2, 2, 2]), ...row('payer', [10, 9, 9, 9], 10), ...row('user', [10, 10, 2, 2, 2], 1, 'b'), ...row('payer', [10, 2, 2, 2], 8, 'b'), ...row('user', [10, 10], 1, 'c'), ...row('user', [10, 2, 2, 2], 1, 'd')];
    const { warned, lag, users, payers } = spreadOf(answers, on(29));
    expect(warned.map(({ customer }) => customer).sort()).toEqual(['a']);
    // b: users fell on the 4th, payers on the 11th; a: users on the 4th, payers not within 25 days. One of two is over after 7 days.
    expect(lag).toEqual({ n: 2, followed: 1, medianDays: 7 });
    expect([users.n, payers.n]).toEqual([16, 8]);
  });

  it('of nobody says nothing; a payer who fell first is no follower', () => {
    expect(spreadOf([], on(1))).toMatchObject({ users: { n: 0, value: null }, warned: [], lag: { n: 0, medianDays: null } });
    expect(spreadOf([...row('payer', [10, 2, 2, 2]), ...row('user', [10, 2, 2, 2], 10)], on(29))).toMatchObject({ warned: [], lag: { n: 0 } });
  });

  it('does not depend on the order in which answers are told', () => {
    fc.assert(fc.property(anyAnswers, (answers) => {
      const [one, other] = [spreadOf(answers, on(30)), spreadOf(answers.toReversed(), on(30))];
      expect(other.lag).toEqual(one.lag);
      expect(new Set(other.warned.map(({ customer }) => customer))).toEqual(new Set(one.warned.map(({ customer }) => customer)));
    }));
  });
});
