import { describe, expect, it } from '@jest/globals';
import { fitLogistic } from '../models/logistic.js';
import { finish } from '../models/steps.js';
import { FIRST_HAZARD, HISTORY_COLUMNS, simulateHistories } from './histories.js';
import { simulateTable } from './table.js';

const lived = (seed: number, accounts = 500) => finish(simulateHistories({ accounts, months: 24, hazard: FIRST_HAZARD, seed }));
const columnOf = (name: (typeof HISTORY_COLUMNS)[number]) => HISTORY_COLUMNS.indexOf(name);

describe('Simulated histories', () => {
  const { columns, labels, accounts } = lived(1);

  it('are the same for the same seed, and others for another', () => {
    expect(lived(1)).toEqual(lived(1));
    expect(lived(2).labels).not.toEqual(labels);
  });

  it('do not change for an account when more accounts are simulated', () => {
    const more = lived(1, 600);
    expect(more.accounts.subarray(0, accounts.length)).toEqual(accounts);
    columns.forEach((column, place) => expect(more.columns[place]!.subarray(0, column.length)).toEqual(column));
  });

  it('have a row for each month until an account leaves, and none after', () => {
    labels.forEach((label, row) => {
      if (label === 1) expect(accounts[row + 1]).not.toBe(accounts[row]);
      if (accounts[row + 1] === accounts[row]) expect(columns[columnOf('tenure')]![row + 1]).toBeCloseTo(Math.log(Math.exp(columns[columnOf('tenure')]![row]!) + 1), 9);
    });
    const rows = new Map<number, number>();
    for (const account of accounts) rows.set(account, (rows.get(account) ?? 0) + 1);
    expect(rows.size).toBe(500);
    expect(Math.max(...rows.values())).toBeLessThanOrEqual(24);
  });

  it('have renewals of yearly contracts only, once in twelve months', () => {
    const [yearly, due] = [columns[columnOf('yearly contract')]!, columns[columnOf('renewal due')]!];
    due.forEach((isDue, row) => { if (isDue === 1) expect(yearly[row]).toBe(1); });
    const ofYearly = yearly.reduce((sum, value) => sum + value, 0);
    expect(due.reduce((sum, value) => sum + value, 0) / ofYearly).toBeCloseTo(1 / 12, 1);
  });

  it('vary in usage and tickets as they say', () => {
    const [usage, tickets] = [columns[columnOf('usage')]!, columns[columnOf('tickets')]!];
    expect(usage.reduce((sum, value) => sum + value ** 2, 0) / usage.length).toBeCloseTo(1, 0);
    expect(tickets.reduce((sum, value) => sum + value, 0) / tickets.length).toBeCloseTo(0.7, 1);
  });
});

describe('A simulated table', () => {
  it('has labels that come from its hazard', () => {
    const hazard = { intercept: -1, coefficients: [0.8, 0, -0.5] };
    const table = finish(simulateTable({ rows: 40_000, hazard, seed: 1 }));
    expect(new Set(table.columns[2])).toEqual(new Set([0, 1]));
    const { coefficients, deviations, covariance } = finish(fitLogistic(table, { ridge: 0 }));
    hazard.coefficients.forEach((truth, place) => {
      const [found, error] = [coefficients[place]! / deviations[place]!, Math.sqrt(covariance[place + 1]![place + 1]!) / deviations[place]!];
      expect(error).toBeLessThan(0.05);
      expect(Math.abs(found - truth)).toBeLessThan(3 * error);
    });
  });
});
