import { describe, expect, it } from '@jest/globals';
import { ago, fact } from '../testing/facts.js';
import { measured } from '../testing/measure.js';

const start = fact('subscription.started', 200, { subscription: 's', recurring: { amount: 1, currency: 'EUR' }, interval: 'month' });

describe('Silence', () => {
  it('37 days without use, tickets or answers is half the way from 14 to 60', () => {
    expect(measured('silence', [start, fact('ticket.opened', 37, { ticket: 'T' })])).toMatchObject({ value: 37, quality: 0.5, say: expect.stringContaining('37 days without use, tickets or answers cost') });
  });

  it('is broken by use, a ticket of the customer\'s or an answer, and by nothing that we do', () => {
    const ours = [
      fact('ticket.replied', 3, { ticket: 'T', by: 'agent' }), fact('survey.sent', 2, { survey: 'v' }), fact('invoice.issued', 2, { invoice: 'i', amount: { amount: 1, currency: 'EUR' }, dueOn: ago(0) }),
      fact('usage.reported', 1, { from: ago(7), to: ago(1), licensed: 10, active: 0 }), fact('x-mail.sent', 1, {}),
    ];
    expect(measured('silence', [start, ...ours])).toMatchObject({ value: 200, quality: 0 });
    expect(measured('silence', [start, ...ours, fact('ticket.replied', 5, { ticket: 'T', by: 'customer' })]).value).toBe(5);
    expect(measured('silence', [start, ...ours, fact('usage.reported', 4, { from: ago(10), to: ago(4), active: 1 })]).value).toBe(4);
    expect(measured('silence', [start, ...ours, fact('survey.responded', 6, { survey: 'v', instrument: { min: 0, max: 10 }, score: 1 })]).value).toBe(6);
  });

  it('cannot be told of somebody who never was a customer', () => {
    expect(measured('silence', [fact('customer.registered', 90, { name: 'Acme' })]).status).toBe('unknown');
  });
});
