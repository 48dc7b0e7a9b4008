import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { ago, fact, TODAY } from '../testing/facts.js';
import { measured } from '../testing/measure.js';
import { readSignal } from '../testing/read-signal.js';

const ticket = (what: string, days: number, id = 'T1', more = {}): JourneyEvent => fact(`ticket.${what}`, days, { ticket: id }, more);

describe('Open tickets', () => {
  it('are compared with the usual number: 4 open, 1.2 usual, is 2.8 above, quality 1 - 1.8/5', () => {
    const history = [ticket('opened', 182), ticket('resolved', 40)];
    const open = ['A', 'B', 'C', 'D'].map((id) => ticket('opened', 19, id));
    // 142 days of one ticket and 4 times 19 days: 218 ticket days on 182 days are 1.2.
    expect(measured('open-tickets', [...history, ...open])).toMatchObject({ value: 2.8, quality: 0.64, since: TODAY - 19, say: expect.stringContaining('4 open tickets (usual: 1.2)') });
  });

  it('cost nothing when there are none, and are unknown without any ticket', () => {
    expect(measured('open-tickets', [ticket('opened', 2), ticket('closed', 2)])).toMatchObject({ value: 0, quality: 1, say: 'No open tickets (usual: 0): no points lost.' });
    expect(measured('open-tickets', [])).toMatchObject({ status: 'unknown', say: 'Open tickets: unknown, because no ticket has been recorded.' });
  });
});

describe('Ageing tickets', () => {
  it('are open for more than 14 days: not on the 14th, but on the 15th', () => {
    expect(measured('ageing-tickets', [ticket('opened', 14)])).toMatchObject({ value: 0, quality: 1 });
    expect(measured('ageing-tickets', [ticket('opened', 15)])).toMatchObject({ value: 1, quality: 0.6, since: TODAY });
  });

  it('do not age while they are paused', () => {
    expect(measured('ageing-tickets', [ticket('opened', 30), ticket('paused', 28), ticket('resumed', 8)])).toMatchObject({ value: 0 });
    expect(measured('ageing-tickets', [ticket('opened', 30), ticket('paused', 28)])).toMatchObject({ value: 0 });
    expect(measured('ageing-tickets', [ticket('opened', 30), ticket('paused', 28), ticket('resumed', 15)])).toMatchObject({ value: 1, since: TODAY - 2 });
  });
});

describe('Reopened tickets', () => {
  it('three in 30 days where none is usual lose everything and hold the score at 65', () => {
    const events = ['A', 'B', 'C'].flatMap((id, index) => [ticket('opened', 300, id), ticket('resolved', 25, id), ticket('reopened', 21 - index, id, { n: 10 + index })]);
    expect(measured('reopened', events)).toMatchObject({ value: 3, quality: 0, since: TODAY - 21, refs: [10, 11, 12], say: expect.stringMatching(/^3 tickets reopened in 30 days \(usual: 0\) cost .* since 2 Nov\.$/) });
  });

  it('are compared with the usual number: 2 against 1 in 30 days is 1 above', () => {
    const usual = [40, 70, 100, 130, 160, 190].map((days, index) => ({ id: `U${index}`, days })).flatMap(({ id, days }) => [ticket('opened', days + 9, id), ticket('resolved', days + 4, id), ticket('reopened', days, id), ticket('closed', days - 1, id)]);
    const twice = [ticket('opened', 29), ticket('resolved', 28), ticket('reopened', 20), ticket('resolved', 18), ticket('reopened', 10)];
    expect(measured('reopened', [...usual, ...twice])).toMatchObject({ value: 1, quality: 0.7, say: expect.stringContaining('1 ticket reopened 2 times in 30 days (usual: 1)') });
  });

  it('count for 30 days, today included', () => {
    const events = (days: number) => [ticket('opened', 60), ticket('resolved', 50), ticket('reopened', days)];
    expect(measured('reopened', events(29)).value).toBe(1);
    expect(measured('reopened', events(30)).value).toBe(-0.2);
  });
});

describe('Escalations', () => {
  it('none is good, one leaves 0.4, two leave nothing', () => {
    const events = [ticket('opened', 30), ticket('escalated', 20), ticket('escalated', 10)];
    expect([1, 2, 3].map((count) => measured('escalated', events.slice(0, count)).quality)).toEqual([1, 0.4, 0]);
  });
});

describe('Time to resolve', () => {
  const solved = (id: string, days: number, hours: number) => [ticket('opened', days, id, { at: 0 }), ticket('resolved', days, id, { at: hours })];
  const usual = [70, 80, 90, 100, 110].flatMap((days, index) => solved(`U${index}`, days, 4));

  it('is compared with the usual: a median of 6 hours against 4 is 150 %, quality 1 - 0.6/2', () => {
    expect(measured('resolve-time', [...usual, ...solved('A', 5, 6), ...solved('B', 6, 5), ...solved('C', 7, 20)])).toMatchObject({ value: 150, quality: 0.7, say: expect.stringContaining('A median time to resolve of 6 hours (usual: 4 hours) cost') });
  });

  it('leaves pauses out, and the time between a resolution and a reopening', () => {
    const events = [
      ticket('opened', 9, 'A', { at: 1 }), ticket('paused', 9, 'A', { at: 2 }), ticket('resumed', 7, 'A', { at: 2 }), ticket('resolved', 7, 'A', { at: 4 }),
      ticket('reopened', 5, 'A', { at: 4 }), ticket('resolved', 5, 'A', { at: 5 }),
    ];
    expect(measured('resolve-time', [...usual, ...events]).value).toBe(100);
  });

  it('is unknown with fewer than five earlier resolutions', () => {
    expect(measured('resolve-time', [...usual.slice(2), ...solved('A', 5, 6)]).status).toBe('unknown');
  });
});

describe('Outages without an end time', () => {
  const hit = fact('outage.customer-affected', 3, { outage: 'O' });

  it('a running one without an announced end loses everything, an honest one nothing', () => {
    expect(measured('outages', [hit])).toMatchObject({ value: 2, quality: 0, since: TODAY - 3, say: expect.stringContaining('1 running outage without a valid end time cost') });
    expect(measured('outages', [hit, fact('outage.eta-given', 2, { outage: 'O', eta: `${ago(0)}T18:00:00Z` })])).toMatchObject({ value: 0, quality: 1 });
  });

  it('an announced end that has passed counts as none', () => {
    expect(measured('outages', [hit, fact('outage.eta-given', 2, { outage: 'O', eta: `${ago(1)}T18:00:00Z` })])).toMatchObject({ value: 2 });
  });

  it('one that is over but never had an announced end counts half, for 30 days', () => {
    const over = [fact('outage.customer-affected', 32, { outage: 'O' }), fact('outage.resolved', 29, { outage: 'O' })];
    expect(measured('outages', over)).toMatchObject({ value: 1, quality: 0.5 });
    expect(measured('outages', over, TODAY + 1)).toMatchObject({ value: 0, quality: 1 });
  });
});

describe('Missed targets', () => {
  const missed = (days: number, id: string, target = 'first-response') => fact('ticket.sla-missed', days, { ticket: id, target });

  it('are counted by ticket in 60 days, as long as one follows the other since the first', () => {
    const events = [fact('ticket.opened', 130, { ticket: 'a' }), missed(110, 'a'), missed(59, 'b'), missed(30, 'c'), missed(20, 'c', 'resolution')];
    expect(readSignal('slaMissed', events)).toEqual({ value: 2, age: 20, refs: events.slice(2).map(({ revision }) => revision), since: TODAY - 110, what: '2 tickets with a missed target in 60 days' });
    expect(readSignal('slaMissed', events, { day: TODAY + 1 })).toMatchObject({ value: 1 });
  });

  it('are none where there are tickets, and unknown where there are none', () => {
    expect(readSignal('slaMissed', [fact('ticket.opened', 130, { ticket: 'a' })])).toMatchObject({ value: 0, age: 130, since: undefined, what: 'no tickets with a missed target in 60 days' });
    expect(readSignal('slaMissed', [])).toEqual({ missing: 'no ticket has been recorded' });
  });

  it('open no ticket, and close none', () => {
    expect(measured('open-tickets', [missed(10, 'a')])).toMatchObject({ value: 0 });
    expect(measured('ageing-tickets', [fact('ticket.opened', 30, { ticket: 'a' }), missed(1, 'a')])).toMatchObject({ value: 1, since: TODAY - 15 });
  });
});
