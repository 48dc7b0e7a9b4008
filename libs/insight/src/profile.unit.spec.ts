import { describe, expect, it } from '@jest/globals';
import { dateOfDay } from './day.js';
import { foldEvents } from './fold-events.js';
import { overrideOn, profileOf, type Profile } from './profile.js';
import { ago, fact, TODAY, utc } from './testing/facts.js';

const profile = (...events: Parameters<typeof foldEvents>[0]): Profile => profileOf(foldEvents(events, utc), TODAY);
const started = (id: string, amount: number, interval: string, more = {}) => fact('subscription.started', 300, { subscription: id, recurring: { amount, currency: 'EUR' }, interval, ...more });

describe('Who the customer is', () => {
  it('is what was said last about each trait, in whatever order it was said', () => {
    const known = profile(
      fact('customer.owner-assigned', 10, { owner: 'new' }), fact('customer.registered', 90, { name: 'Acme', segment: 'small', size: 40, owner: 'old' }),
      fact('customer.profile-changed', 50, { segment: 'large', region: 'north' }), fact('customer.parent-changed', 5, { parent: 'p1' }),
    );
    expect(known).toMatchObject({ name: 'Acme', claimed: true, segment: 'large', region: 'north', size: 40, owner: 'new', parent: 'p1', industry: null, customerSince: TODAY - 90 });
    expect(profile(fact('ticket.opened', 3, { ticket: 'T' }))).toMatchObject({ claimed: false, name: null });
    expect(profile(fact('customer.parent-changed', 5, { parent: 'p1' }), fact('customer.parent-changed', 4, { parent: null })).parent).toBeNull();
  });

  it('names contacts with their roles, the live sponsor and the last touch', () => {
    const known = profile(
      fact('contact.added', 90, { contact: 'ben', role: 'user', sponsor: true, name: { kid: 'k', iv: 'i', ct: 'c' } }), fact('contact.added', 90, { contact: 'anna', role: 'payer', sponsor: true }),
      fact('contact.role-changed', 40, { contact: 'ben', role: 'both' }), fact('contact.left', 20, { contact: 'anna' }), fact('engagement.visit-made', 8, { with: ['ben'], twoWay: true, by: 'olga' }, { n: 77 }), fact('usage.reported', 1, { from: ago(7), to: ago(1), active: 3 }),
    );
    expect(known.contacts).toMatchObject([{ id: 'anna', role: 'payer', leftOn: TODAY - 20 }, { id: 'ben', role: 'both', sponsor: true, leftOn: null }]);
    expect(known.sponsor).toBe('ben');
    expect(known.lastTouch).toEqual({ day: TODAY - 8, type: 'engagement.visit-made', by: 'olga', n: 77 });
  });
});

describe('Annual recurring revenue', () => {
  it('is the recurring amount times the intervals of a year, of what is active', () => {
    expect(profile(started('a', 1000, 'month'), started('b', 500, 'quarter'), started('c', 7, 'year')).arr).toEqual([{ amount: 14_007, currency: 'EUR' }]);
  });

  it('of paused and ended subscriptions is 0; one with a request to cancel still counts', () => {
    const all = [started('a', 100, 'month'), started('b', 200, 'month'), started('c', 300, 'month')];
    const known = profile(...all, fact('subscription.paused', 9, { subscription: 'a' }), fact('subscription.ended', 9, { subscription: 'b', reason: 'voluntary' }), fact('subscription.cancellation-requested', 9, { subscription: 'c' }));
    expect(known.arr).toEqual([{ amount: 3600, currency: 'EUR' }]);
    expect(known.subscriptions.map(({ state }) => state)).toEqual(['paused', 'ended', 'active']);
    expect(profile(...all, fact('subscription.paused', 9, { subscription: 'a' }), fact('subscription.resumed', 3, { subscription: 'a' })).arr).toEqual([{ amount: 7200, currency: 'EUR' }]);
  });

  it('of several currencies is listed apart, never added', () => {
    const dollars = fact('subscription.started', 10, { subscription: 'd', recurring: { amount: 5, currency: 'USD' }, interval: 'year' });
    expect(profile(started('a', 100, 'year'), dollars).arr).toEqual([{ amount: 100, currency: 'EUR' }, { amount: 5, currency: 'USD' }]);
  });

  it('follows changes and renewals', () => {
    const changed = fact('subscription.changed', 50, { subscription: 'a', recurring: { amount: 300, currency: 'EUR' }, interval: 'quarter' });
    expect(profile(started('a', 100, 'month'), changed).arr[0]!.amount).toBe(1200);
    expect(profile(started('a', 100, 'month'), changed, fact('renewal.renewed', 9, { renewal: 'r', subscription: 'a', renewsOn: ago(-300), recurring: { amount: 2, currency: 'EUR' }, interval: 'year' })).arr[0]!.amount).toBe(2);
  });
});

describe('Renewal and notice', () => {
  it('come from the terms: notice is so many days before the renewal', () => {
    const known = profile(started('a', 1, 'year', { renewsOn: ago(-100), noticeDays: 30 }), started('b', 1, 'year', { renewsOn: ago(-80) }));
    expect(known).toMatchObject({ nextRenewalOn: TODAY + 80, noticeOn: TODAY + 70 });
  });

  it('roll on by the term where the contract renews by itself, and stay where it does not', () => {
    const terms = { renewsOn: '2025-12-31', termMonths: 6, noticeDays: 30 };
    expect(dateOfDay(profile(started('a', 1, 'year', { ...terms, autoRenew: true })).nextRenewalOn!)).toBe('2026-12-31');
    expect(dateOfDay(profile(started('a', 1, 'year', terms)).nextRenewalOn!)).toBe('2025-12-31');
  });

  it('without a date are the start plus the term', () => {
    // The start is 300 days before 23 November 2026: 27 January.
    expect(dateOfDay(profile(started('a', 1, 'year', { termMonths: 12 })).nextRenewalOn!)).toBe('2027-01-27');
  });
});

describe('The status', () => {
  const ended = fact('subscription.ended', 9, { subscription: 'a', reason: 'voluntary' });

  it('is prospect until something runs, active while it does, ended when nothing does any more', () => {
    expect(profile(fact('customer.registered', 9, { name: 'Acme' })).status).toBe('prospect');
    expect(profile(started('a', 1, 'year')).status).toBe('active');
    expect(profile(started('a', 1, 'year'), ended).status).toBe('ended');
    expect(profile(started('a', 1, 'year'), ended, fact('subscription.started', 2, { subscription: 'a', recurring: { amount: 1, currency: 'EUR' }, interval: 'year' })).status).toBe('active');
    expect(profile(started('a', 1, 'year'), fact('customer.closed', 2, {})).status).toBe('ended');
    expect(profile(fact('ticket.opened', 2, { ticket: 'T' })).status).toBe('active');
  });
});

describe('A score that was set by hand', () => {
  const set = (days: number, score: number, until: number, more = {}) => fact('customer.override-set', days, { score, until: ago(until), reason: 'known better' }, more);
  const cleared = (days: number) => fact('customer.override-cleared', days, { reason: 'over' });
  const held = (events: Parameters<typeof foldEvents>[0], day = TODAY) => overrideOn(foldEvents(events, utc), day);

  it('holds from its day to its last one, both included, and names its fact but not why', () => {
    const one = set(10, 30, 3, { n: 7 });
    const found = { score: 30, since: TODAY - 10, until: TODAY - 3, n: 7 };
    expect([11, 10, 3, 2].map((days) => held([one], TODAY - days))).toEqual([null, found, found, null]);
    expect(JSON.stringify(foldEvents([one], utc))).not.toContain('known better');
  });

  it('is the latest, whichever arrived first; one that ran out or was cleared brings none before it back', () => {
    for (const told of [[set(20, 80, -9), set(10, 30, -9)], [set(10, 30, -9), set(20, 80, -9)]]) expect(held(told)).toMatchObject({ score: 30 });
    expect(held([set(20, 80, -9), set(10, 30, 5)])).toBeNull();
    expect([held([set(20, 80, -9), cleared(10)]), held([cleared(10), set(20, 80, -9)])]).toEqual([null, null]);
    expect(held([cleared(10), set(9, 0, -9)])).toMatchObject({ score: 0 });
    expect(held([])).toBeNull();
  });

  it('of the same moment is that of the later position', () => {
    expect(held([set(5, 10, -9, { n: 8 }), set(5, 20, -9, { n: 9 })])).toMatchObject({ score: 20 });
    expect(held([set(5, 20, -9, { n: 9 }), set(5, 10, -9, { n: 8 })])).toMatchObject({ score: 20 });
  });

  it('that was taken back gives way to the one before, and one of who is merged into the customer does not hold', () => {
    const wrong = set(5, 10, -9);
    expect(held([set(20, 80, -9), wrong, fact('record.retracted', 0, { events: [{ source: wrong.source, id: wrong.id }], reason: 'slip' })])).toMatchObject({ score: 80 });
    expect(held([{ ...set(5, 10, -9), absorbed: true } as typeof wrong])).toBeNull();
    expect(held([set(9, 40, -9), { ...cleared(5), absorbed: true } as typeof wrong])).toMatchObject({ score: 40 });
  });
});
