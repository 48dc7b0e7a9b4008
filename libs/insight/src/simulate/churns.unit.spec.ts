import { expect, it } from '@jest/globals';
import type { CustomerSpell } from '../churn/history/leaving.js';
import { churnsIn } from './churns.js';

const [from, to] = [100, 110];
const who = { customer: 'c1', name: null };
const spell = (day: number): CustomerSpell => ({ from: 0, effect: null, notice: { day, n: 1 }, decision: null, cause: null });
const side = { scores: Array<number>(11).fill(1_000), bands: Array<'at-risk'>(11).fill('at-risk') };
const found = (day: number) => churnsIn([spell(day)], { published: side, draft: side }, { from, to }, who).map((churn) => [churn.day, churn.draft.atRisk]);

it('A departure counts where a close within the span comes before it, so not on the first day', () => {
  expect([99, 100, 101, 110, 111].map(found)).toEqual([[], [], [[101, { days: 1, isLonger: true }]], [[110, { days: 10, isLonger: true }]], []]);
});
