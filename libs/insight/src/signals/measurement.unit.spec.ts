import { describe, expect, it } from '@jest/globals';
import { fact, TODAY } from '../testing/facts.js';
import { readSignal } from '../testing/read-signal.js';

const said = (days: number, value: number, measure = 'pulse', more = {}) => fact('customer.measurement-recorded', days, { measure, value, note: { kid: 'k', iv: 'i', ct: 'c' } }, more);

describe('A recorded figure', () => {
  it('is the latest of its name, whichever arrived first', () => {
    const told = [said(9, 2, 'pulse', { n: 5 }), said(40, 4, 'pulse', { n: 9 }), said(1, 7, 'index', { n: 7 })];
    expect(readSignal('measurement:pulse', told)).toEqual({ value: 2, refs: [5], age: 9, since: TODAY - 9, what: 'pulse of 2' });
    expect(readSignal('measurement:index', told)).toMatchObject({ value: 7, refs: [7], age: 1 });
  });

  it('of the same moment is that of the later position', () => {
    expect(readSignal('measurement:pulse', [said(9, 3, 'pulse', { n: 8 }), said(9, 2, 'pulse', { n: 7 })])).toMatchObject({ value: 3, refs: [8] });
  });

  it('may be below zero, or small, and says so', () => {
    expect([-12.34, 0, 0.041].map((value) => readSignal('measurement:pulse', [said(1, value)]))).toMatchObject([{ what: 'pulse of -12.3' }, { what: 'pulse of 0' }, { what: 'pulse of 0.041' }]);
  });

  it('that nobody recorded is unknown, whatever its name', () => {
    expect(readSignal('measurement:index', [said(1, 2)])).toEqual({ missing: 'no index has been recorded' });
    expect(['toString', '__proto__', ''].map((name) => readSignal(`measurement:${name}`, [said(1, 2)]))).toMatchObject(Array(3).fill({ missing: expect.any(String) }));
    expect(readSignal('measurement:constructor', [said(1, 2, 'constructor')])).toMatchObject({ value: 2 });
  });

  it('that is taken back gives way to the one before', () => {
    const wrong = said(2, 1);
    expect(readSignal('measurement:pulse', [said(9, 4), wrong, fact('record.retracted', 0, { events: [{ source: wrong.source, id: wrong.id }], reason: 'slip' })])).toMatchObject({ value: 4, age: 9 });
  });

  it('of who is merged into the customer counts where the customer has none of that name', () => {
    const absorbed = [{ ...said(1, 1), absorbed: true }, { ...said(1, 9, 'index'), absorbed: true }];
    expect(readSignal('measurement:pulse', [said(60, 5), ...absorbed])).toMatchObject({ value: 5, age: 60 });
    expect(readSignal('measurement:index', [said(60, 5), ...absorbed])).toMatchObject({ value: 9, age: 1 });
  });
});
