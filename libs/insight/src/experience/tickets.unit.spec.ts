import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ago, fact } from '../testing/facts.js';
import { ticketOf } from './ticket.js';
import { ticketFiguresOf, wallMinutes } from './ticket-figures.js';
import { quantileOver, type Wait, waitsOf } from './waiting.js';
import { watermelonOf, watermelonsBy } from './watermelon.js';

const told = (...facts: [hour: number, type: string, data?: Record<string, unknown>][]) => ticketOf(facts.map(([at, type, data]) => fact(`ticket.${type}`, 0, { ticket: 'T', ...data }, { at })));
const until = `${ago(0)}T20:00:00.000Z`;
const minutesOf = (ticket: ReturnType<typeof told>) => ticketFiguresOf([ticket], until, wallMinutes).resolve.wall.mean.value;

describe('The clock of a ticket', () => {
  it('leaves pauses out, and the time in which it was thought solved', () => {
    const ticket = told([8, 'opened', { queue: 'q', priority: 'low' }], [9, 'replied', { by: 'agent' }], [10, 'paused'], [12, 'resumed'], [13, 'resolved'], [15, 'reopened'], [16, 'priority-changed', { priority: 'urgent' }], [17, 'resolved'], [18, 'closed']);
    expect(minutesOf(ticket)).toBe((2 + 1 + 2) * 60);
    expect(ticket).toMatchObject({ queue: 'q', priority: 'urgent', reopened: 1, everResolved: true, resolved: expect.stringContaining('T17:00'), responded: expect.stringContaining('T09:00') });
  });

  it('is a switch: pauses within pauses change nothing', () => {
    expect(minutesOf(told([8, 'opened'], [9, 'paused'], [10, 'paused'], [11, 'resumed'], [12, 'resumed'], [13, 'resolved']))).toBe(3 * 60);
    expect(minutesOf(told([8, 'opened'], [9, 'paused'], [13, 'resolved'], [14, 'resumed']))).toBe(60);
    expect(minutesOf(told([8, 'opened'], [9, 'resolved'], [10, 'resolved'], [11, 'closed']))).toBe(60);
  });

  it('runs until asked where nothing was resolved, and again after a reopening', () => {
    expect(ticketFiguresOf([told([8, 'opened'])], until, wallMinutes)).toMatchObject({ open: 1, resolve: { wall: { mean: { n: 0, value: null }, median: null, waiting: 1 } }, firstResponse: { wall: { waiting: 1 } } });
    const again = told([8, 'opened'], [9, 'resolved'], [10, 'reopened']);
    expect([again.resolved, again.running.at(-1)![1], again.everResolved]).toEqual([null, null, true]);
  });

  it('says nothing of what nobody told the beginning of', () => {
    expect(ticketFiguresOf([told([9, 'resolved'])], until, wallMinutes)).toMatchObject({ tickets: 1, withoutOpening: 1, open: 0, resolve: { wall: { mean: { n: 0 } } } });
    expect(ticketFiguresOf([], until, wallMinutes)).toMatchObject({ tickets: 0, reopened: { n: 0, value: null }, slaKept: { n: 0, value: null } });
  });

  it('never runs longer than the ticket lasted, whatever was told in whatever order; its stretches do not overlap', () => {
    const types = fc.constantFrom('opened', 'paused', 'resumed', 'resolved', 'reopened', 'closed', 'replied');
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 19 }), types), { minLength: 1, maxLength: 15 }), (all) => {
      const ticket = told(...all.toSorted(([a], [b]) => a - b));
      const ends = ticket.running.flatMap(([from, to]) => [from, to ?? until]);
      expect(ends).toEqual([...ends].sort());
      expect(ticket.running.slice(0, -1).every(([, to]) => to !== null)).toBe(true);
      const { wall } = ticketFiguresOf([ticket], until, wallMinutes).resolve;
      if (wall.mean.value !== null && ticket.running.length > 0) expect(wall.mean.value).toBeLessThanOrEqual(wallMinutes(ticket.running[0]![0], ticket.resolved!) + 1e-9);
    }));
  });
});

describe('Waits that are not all over', () => {
  const waits = (...all: [number, boolean][]): Wait[] => all.map(([minutes, over]) => ({ minutes, over }));

  it('have the median of Kaplan and Meier: of the remission times of Freireich (1963) 23 weeks under 6-MP', () => {
    const [over, censored] = [[6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]];
    expect(quantileOver(waits(...over.map((each): [number, boolean] => [each, true]), ...censored.map((each): [number, boolean] => [each, false])), 0.5)).toBe(23);
  });

  it('have none where too few are over, and the plain one where all are', () => {
    expect(waitsOf(waits([1, true], [5, false], [9, false]))).toMatchObject({ median: null, waiting: 2, mean: { n: 1, value: 1 } });
    expect(waitsOf([])).toMatchObject({ median: null, p90: null, waiting: 0 });
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 }), (minutes) => {
      const sorted = minutes.toSorted((a, b) => a - b);
      const all = waits(...minutes.map((each): [number, boolean] => [each, true]));
      expect(quantileOver(all, 0.5)).toBe(sorted[Math.ceil(sorted.length * 0.5) - 1]);
      expect(quantileOver(all, 0.9)).toBe(sorted[Math.ceil(sorted.length * 0.9 - 1e-9) - 1]);
    }));
  });

  it('are no shorter where more is still waited for', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean()), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 60 }), (all, longer) => {
      const [before, after] = [quantileOver(waits(...all), 0.5), quantileOver(waits(...all, [longer, false]), 0.5)];
      if (after !== null) expect(before !== null && after >= before).toBe(true);
    }));
  });
});

describe('Green outside, red inside', () => {
  const judged = (ticket: string, queue: string | null, slaKept: boolean, miss: boolean) => ({ ticket, customer: 'a', queue, slaKept, miss });
  const all = [judged('1', 'q', true, true), judged('2', 'q', true, false), judged('3', 'r', true, true), judged('4', 'q', false, true), judged('5', 'q', true, true)];

  it('is the share of kept promises that were answered below the bar, beside that of missed ones', () => {
    expect(watermelonOf(all)).toMatchObject({ tickets: 5, slaKept: { value: 0.8 }, redInside: { n: 4, value: 0.75 }, redOtherwise: { n: 1, value: 1 } });
    expect(watermelonOf([])).toMatchObject({ tickets: 0, redInside: { n: 0, value: null } });
  });

  it('names the tickets, by queue, most first', () => {
    expect(watermelonsBy(all, ({ queue }) => queue).map(({ key, red }) => [key, red])).toEqual([['q', ['1', '5']], ['r', ['3']]]);
  });
});
