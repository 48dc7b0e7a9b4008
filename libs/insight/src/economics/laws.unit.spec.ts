import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TODAY } from '../testing/facts.js';
import type { Account } from './account.js';
import { accruedOf } from './accrued.js';
import { economicsFigures } from './figures.js';
import type { LedgerLine } from './ledger-line.js';
import { lifetimeValueOf } from './lifetime.js';
import { marginOf, marginsBy } from './margin.js';
import { usualEconomics } from './policy.js';
import { cacRecoveryOf } from './recovery.js';

const line = fc.record({ kind: fc.constantFrom('acquisition', 'income', 'service'), size: fc.integer({ min: -5_000, max: 100_000 }), days: fc.integer({ min: 0, max: 900 }), product: fc.option(fc.constantFrom('Desk', 'Net')), driver: fc.option(fc.constantFrom('labour', 'travel')), left: fc.boolean() })
  .map(({ kind, size, days, product, driver, left }): LedgerLine => ({
    at: new Date((TODAY - days) * 86_400_000).toISOString(), day: TODAY - days, kind: kind as LedgerLine['kind'], amount: kind === 'income' ? size : 0 - size, currency: 'EUR', product, driver: kind === 'service' ? driver : null, ticket: null, of: null, left: kind === 'service' && left, events: [],
  }));
const lines = fc.array(line, { maxLength: 40 }).map((all) => all.sort((a, b) => a.day - b.day));
const accounts = fc.array(fc.tuple(lines, fc.option(fc.double({ min: 0, max: 1, noNaN: true })), fc.boolean()), { maxLength: 8 }).map((all) => all.map(([own, risk, gone], place): Account => (
  { id: `c${place}`, ledger: { lines: own, basis: {}, withoutAmount: 0, gross: 0 }, stretches: [], soldOn: TODAY - 100, leftOn: gone ? TODAY - 5 : null, risk })));
const revenue = { waterfall: { start: 0, new: 0, expansion: 0, escalator: 0, contraction: 0, churn: 0, reactivation: 0, end: 0 }, logos: { start: 0, won: 0, lost: 0, back: 0, wonAndLost: 0, end: 0 }, newCustomers: 0, logoChurn: { value: null, of: 0, over: 0, n: 0, missing: null }, nrr: { value: null, of: 0, over: 0, n: 0, missing: null } };
const days = { from: TODAY - 365, to: TODAY, day: TODAY };
const add = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('Economics', () => {
  it('sums drivers and products to the whole', () => {
    fc.assert(fc.property(lines, (all) => {
      const { costToServe, contribution } = marginOf(all);
      expect(add(marginsBy(all, 'driver').map((part) => part.costToServe))).toBe(costToServe);
      expect(add(marginsBy(all, 'product').map((part) => part.contribution))).toBe(contribution);
    }));
  });

  it('comes to what plain sums over the lines of each customer come to', () => {
    fc.assert(fc.property(accounts, (all) => {
      const { margin, negative, cacAtRisk, payback } = economicsFigures(all, 'EUR', { ...days, policy: usualEconomics, acquire: null, revenue });
      const each = all.map(({ ledger: { lines: own }, risk, leftOn }) => {
        const counted = own.filter(({ kind, left }) => kind === 'income' || (kind === 'service' && !left));
        const cac = -add(own.filter(({ kind }) => kind === 'acquisition').map(({ amount }) => amount));
        const recovered = add(counted.map(({ amount }) => amount));
        const open = cac <= 0 || recovered >= cac ? 0 : recovered < 0 ? cac : cac - recovered;
        const isThere = counted.some((_, place) => add(counted.slice(0, place + 1).map(({ amount }) => amount)) >= cac);
        return { recent: add(counted.filter(({ day }) => day >= days.from && day <= days.to).map(({ amount }) => amount)), hasCac: cac > 0, isThere, isHere: leftOn === null, open, atRisk: leftOn === null && cac > 0 && risk !== null ? Math.round(open * risk) : 0 };
      });
      if (margin.contribution !== null) expect(margin.contribution).toBe(add(each.map(({ recent }) => recent)));
      else expect(margin.missing.length).toBeGreaterThan(0);
      expect(negative).toEqual({ customers: each.filter(({ recent }) => recent < 0).length, contribution: add(each.map(({ recent }) => Math.min(0, recent))) });
      expect(cacAtRisk).toMatchObject({ unrecovered: add(each.filter(({ isHere }) => isHere).map(({ open }) => open)), lost: add(each.filter(({ isHere }) => !isHere).map(({ open }) => open)) });
      expect(cacAtRisk.amount ?? 0).toBe(add(each.map(({ atRisk }) => atRisk)));
      const open = each.filter(({ hasCac, isThere }) => hasCac && !isThere);
      expect(payback).toMatchObject({ n: each.filter(({ hasCac }) => hasCac).length, paidBack: each.filter(({ hasCac, isThere }) => hasCac && isThere).length, waiting: open.filter(({ isHere }) => isHere).length, lost: open.filter(({ isHere }) => !isHere).length });
      expect(payback.curve.map(({ share }) => share)).toEqual(payback.curve.map(({ share }) => share).sort((a, b) => a - b));
    }));
  });

  it('takes no less time to pay back what cost more, and never leaves more open than was spent', () => {
    fc.assert(fc.property(lines, fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 0, max: 200_000 }), (all, cac, more) => {
      const spent = (amount: number): LedgerLine => ({ at: '', day: TODAY - 900, kind: 'acquisition', amount: -amount, currency: 'EUR', product: null, driver: null, ticket: null, of: null, left: false, events: [] });
      const earned = all.filter(({ kind }) => kind !== 'acquisition');
      const [one, other] = [cacRecoveryOf([spent(cac), ...earned], TODAY)!, cacRecoveryOf([spent(cac + more), ...earned], TODAY)!];
      expect(other.paybackMonths ?? Infinity).toBeGreaterThanOrEqual(one.paybackMonths ?? Infinity);
      expect(one.unrecovered).toBeGreaterThanOrEqual(0);
      expect(one.unrecovered).toBeLessThanOrEqual(one.cac);
      expect(other.unrecovered).toBeGreaterThanOrEqual(one.unrecovered);
    }));
  });

  it('accrues a year to a year, however it is cut', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 2_000 }), fc.array(fc.integer({ min: 0, max: 2_400 }), { maxLength: 5 }), (yearly, from, cuts) => {
      const stretch = { subscription: 'S', product: null, from, to: from + 365, yearly: { amount: yearly, currency: 'EUR' }, events: [] };
      expect(add(accruedOf([stretch], cuts).map(({ amount }) => amount))).toBe(yearly);
    }));
  });

  it('holds LTV between its ends, and capped by the horizon', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 1, max: 500 }), fc.nat(500), (arpa, margin, n, left) => {
      const told = lifetimeValueOf({ arpa, margin, n, left: Math.min(left, n), months: 12, horizonMonths: 60 });
      if (told.value !== null && told.low !== null) expect(told.low).toBeLessThanOrEqual(told.value);
      if (told.value !== null && told.high !== null) expect(told.high).toBeGreaterThanOrEqual(told.value);
      expect(Math.abs(told.capped!)).toBeLessThanOrEqual(Math.round(60 * arpa * Math.abs(margin)) + 1);
      expect(told.cappedLow!).toBeLessThanOrEqual(told.cappedHigh!);
    }));
  });
});
