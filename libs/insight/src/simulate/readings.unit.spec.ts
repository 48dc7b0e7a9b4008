import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { addFact, emptySheet } from '../fact-sheet.js';
import { type SignalName, signalOf } from '../signals/all.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { viewOf } from '../view.js';
import { Readings } from './readings.js';

/** What is read of a signal each day, from 100 days ago to today, beside what a look at the sheet of that day says. */
function daily(name: SignalName, facts: readonly JourneyEvent[]) {
  const sheet = emptySheet();
  const readings = new Readings(sheet);
  const valueOf = (read: ReturnType<typeof readings.of>) => ('missing' in read ? null : read.value);
  const days = Array.from({ length: 101 }, (_, place) => TODAY - 100 + place);
  return days.map((day) => {
    for (const event of facts.filter(({ occurredAt }) => utc(occurredAt) === day)) {
      addFact(sheet, event, utc);
      readings.told(event.type);
    }
    readings.goTo(day);
    return { day, read: valueOf(readings.of(name)), anew: valueOf(signalOf(name)(viewOf(sheet, day))) };
  });
}
const valuesOf = (days: ReturnType<typeof daily>) => days.map(({ read }) => read);

describe('What is read day after day', () => {
  it('of licences goes with the seats that a renewal brings, with no report of use since', () => {
    const days = daily('licenceUse', [
      fact('subscription.started', 90, { subscription: 's', seats: 10 }), fact('usage.reported', 80, { from: ago(87), to: ago(81), active: 5 }), fact('renewal.renewed', 40, { renewal: 'r', subscription: 's', seats: 20 }),
    ]);
    expect([valuesOf(days)[59], valuesOf(days)[60]]).toEqual([50, 25]);
    for (const { read, anew } of days) expect(read).toBe(anew);
  });

  it('of escalations comes down to 0 by time alone, and stays there', () => {
    const days = daily('escalated', [fact('ticket.opened', 95, { ticket: 'T' }), fact('ticket.escalated', 90, { ticket: 'T' })]);
    expect([5, 9, 10, 69, 70, 100].map((place) => valuesOf(days)[place])).toEqual([0, 0, 1, 1, 0, 0]);
    for (const { read, anew } of days) expect(read).toBe(anew);
  });
});
