import { expect, it } from '@jest/globals';
import { finish } from '../../../../libs/insight/src/churn/models/steps.js';
import { crm5Quality, crm5Stories } from './saas-crm5.js';

it('foretells who stops paying for a CRM within a month and a quarter, from the contract alone, better than the rule and no worse than the reference', async () => {
  const stories = await crm5Stories();
  expect(stories.length).toBe(1_643);
  const month = finish(crm5Quality(stories, 31));
  // The rule is that of the reference, so that rows and labels are: .695 and .652.
  expect([month.rows, month.leavers, Math.round(1_000 * month.rule)]).toEqual([4_111, 51, 695]);
  expect(month.auc).toBeGreaterThanOrEqual(0.82);
  expect(month.brier).toBeLessThanOrEqual(0.0119);
  expect(month.lift10).toBeGreaterThanOrEqual(5);
  const quarter = finish(crm5Quality(stories, 91));
  expect([quarter.rows, quarter.leavers]).toEqual([4_111, 166]);
  expect(Math.abs(quarter.rule - 0.652)).toBeLessThan(0.001);
  expect(quarter.auc).toBeGreaterThanOrEqual(0.725);
}, 120_000);
