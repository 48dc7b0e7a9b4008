import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '../envelope.js';
import { usualWeek } from '../working-time/calendar.js';
import { addWorkingTime } from '../working-time/working-time.js';
import { decideRecovery, type RecoveryCommand } from './decide.js';
import { escalation, openingOf } from './follow.js';
import { calendarsOf, clockNames, usualPolicy } from './policy.js';
import { recoveryOf } from './recovery.js';
import { hour, told } from './testing/facts.js';

const calendar = { timeZone: 'UTC', week: usualWeek, holidays: [] };
const calendarAt = () => calendar;
const opened = (): JourneyEvent => told('recovery.opened', 0, openingOf('R-1', ['by-hand'], hour(0), { events: [], root: 'c', policy: usualPolicy, now: hour(0), calendarAt, concern: { instruments: [] } }));

const moment = (hours: number) => ({ now: hour(hours), calendarAt });

/** Does one after the other, an hour apart: what was refused, and what came of it. */
function run(commands: readonly RecoveryCommand[], facts: JourneyEvent[] = [opened()]) {
  const refusals: string[] = [];
  commands.forEach((command, place) => {
    const state = recoveryOf(facts)!;
    const outcome = decideRecovery(state, command, moment(place + 1));
    if ('refused' in outcome) refusals.push(outcome.refused);
    else facts.push(told(outcome.type, place + 1, outcome.data));
  });
  return { state: recoveryOf(facts)!, facts, refusals };
}

const contact: RecoveryCommand = { do: 'contact', how: 'call' };
const cause: RecoveryCommand = { do: 'cause', cause: 'overload' };
const prevention: RecoveryCommand = { do: 'prevention', noneBecause: 'one-off' };
const whole = [contact, cause, prevention, { do: 'close' }] as const;

describe('A recovery', () => {
  it('is closed after a talk, a cause and a prevention, or a reason why there is none', () => {
    const { state, refusals, facts } = run([{ do: 'acknowledge' }, ...whole]);
    expect(refusals).toEqual([]);
    expect(facts.map(({ type }) => type.slice('recovery.'.length))).toEqual(['opened', 'acknowledged', 'contacted', 'cause-identified', 'prevention-recorded', 'closed']);
    expect(state).toMatchObject({ state: 'closed', closedAt: hour(5), cause: 'overload', prevention: { noneBecause: 'one-off' } });
    expect(clockNames.map((clock) => [state.clocks[clock].doneAt, state.clocks[clock].worked])).toEqual([[hour(1), 0], [hour(2), 60], [hour(5), 240]]);
  });

  it.each<[string, RecoveryCommand[], string[]]>([
    ['closed before anything', [{ do: 'close' }], ['recovery-not-contacted']],
    ['closed without a cause', [contact, prevention, { do: 'close' }], ['recovery-without-cause']],
    ['closed without a prevention', [contact, cause, { do: 'close' }], ['recovery-without-prevention']],
    ['closed twice', [...whole, { do: 'close' }], ['recovery-closed']],
    ['worked on when closed', [...whole, contact, cause, prevention, { do: 'acknowledge' }, { do: 'assign', owner: 'x' }], Array<string>(5).fill('recovery-closed')],
    ['opened again while open', [{ do: 'reopen' }], ['recovery-open']],
    ['closed again on what was said before', [...whole, { do: 'reopen' }, { do: 'close' }, contact, { do: 'close' }, cause, { do: 'close' }], ['recovery-not-contacted', 'recovery-without-cause', 'recovery-without-prevention']],
    ['looked at twice', [{ do: 'acknowledge' }, { do: 'acknowledge' }], ['recovery-looked-at']],
    ['looked at after the talk', [contact, { do: 'acknowledge' }], ['recovery-looked-at']],
    ['given to who has it', [{ do: 'assign', owner: 'jonas' }, { do: 'assign', owner: 'jonas' }], ['recovery-same-owner']],
    ['linked to itself, or twice', [{ do: 'link', other: 'R-1' }, { do: 'link', ticket: 'T' }, { do: 'link', ticket: 'T' }, { do: 'link', other: 'R-2' }, { do: 'link', other: 'R-2' }], Array<string>(3).fill('recovery-linked')],
  ])('is not %s', (_, commands, refused) => {
    expect(run(commands).refusals).toEqual(refused);
  });

  it('has its last clock anew when it is opened again, from then on', () => {
    const { state } = run([...whole, { do: 'reopen', note: 'It came back' }]);
    expect(state).toMatchObject({ state: 'open', closedAt: null, reopenings: 1, reopenedAt: hour(5), cause: 'overload', done: { contact: false, cause: false, prevention: false } });
    expect(state.clocks.close).toEqual({ minutes: 2_400, by: addWorkingTime(hour(5), 2_400, calendar), doneAt: null, worked: null, escalatedAt: null });
    expect(state.clocks.contact.doneAt).toBe(hour(1));
  });

  it('says all that is missing at once when it cannot be closed yet', () => {
    const { facts } = run([...whole, { do: 'reopen' }]);
    expect(decideRecovery(recoveryOf(facts)!, { do: 'close' }, moment(6))).toEqual({ refused: 'recovery-not-contacted', say: expect.stringMatching(/talked with .* opened again\. No cause .* opened again\. .*prevents.* opened again\.$/) });
  });

  it('is no longer proved when somebody opens it again by hand', () => {
    const { facts } = run([...whole]);
    facts.push(told('recovery.fix-confirmed', 6, { recovery: 'R-1', survey: 'V-2', score: 5 }));
    expect(recoveryOf(facts)).toMatchObject({ proof: { fix: 'confirmed' } });
    expect(run([{ do: 'reopen' }], facts).state).toMatchObject({ state: 'open', proof: null });
  });

  it.each([cause, prevention, contact])('was looked at by who does something about it: %j', (command) => {
    expect(run([command]).state.clocks.look).toMatchObject({ doneAt: hour(1), worked: 0 });
    expect(run([command, { do: 'acknowledge' }]).refusals).toEqual(['recovery-looked-at']);
  });

  it('counts by the hours that its clocks were made with, whatever is decided of them later', () => {
    const week = { ...usualWeek, monday: [] };
    const decision = { ...told('workinghours.set', 1.5, { week, holidays: [], reason: 'Mondays off' }) };
    const changing = calendarsOf([decision], 'UTC');
    const { state } = run([]);
    const fact = (at: number) => decideRecovery(state, contact, { now: hour(at), calendarAt: changing });
    expect(fact(5)).toMatchObject({ data: { worked: 240 } });
    expect(decideRecovery(run([...whole]).state, { do: 'reopen' }, { now: hour(5), calendarAt: changing })).toMatchObject({ data: { by: addWorkingTime(hour(5), 2_400, { ...calendar, week }) } });
  });

  it('says once of each clock that it ran out, and of none whose step is done', () => {
    const { state, facts } = run([{ do: 'acknowledge' }]);
    expect(escalation(state, 'look', hour(1_000))).toBeNull();
    expect(escalation(state, 'contact', hour(8.99))).toBeNull();
    const fact = escalation(state, 'contact', state.clocks.contact.by)!;
    expect(fact).toEqual({ type: 'recovery.escalated', customer: 'c', at: state.clocks.contact.by, data: { recovery: 'R-1', clock: 'contact', by: '2026-03-02T17:00:00.000Z' } });
    const after = recoveryOf([...facts, told(fact.type, 33, fact.data)])!;
    expect([escalation(after, 'contact', hour(1_000)), escalation(after, 'close', hour(1_000))]).toMatchObject([null, { data: { clock: 'close' } }]);
    expect(escalation(run([...whole]).state, 'close', hour(1_000))).toBeNull();
  });

  const command = fc.oneof<fc.Arbitrary<RecoveryCommand>[]>(
    fc.constantFrom<RecoveryCommand>({ do: 'acknowledge' }, contact, cause, prevention, { do: 'prevention', what: 'A second server' }, { do: 'close' }, { do: 'reopen' }),
    fc.constantFrom<RecoveryCommand>({ do: 'assign', owner: 'mara' }, { do: 'assign', owner: 'jonas' }, { do: 'link', ticket: 'T-1' }, { do: 'link', other: 'R-2' }),
  );

  it('is never closed without what closing needs, whatever is done in whatever order; and told again it is the same', () => {
    fc.assert(fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const { facts, state } = run(commands);
      let sinceOpening = new Set<string>();
      let open = true;
      for (const { type } of facts.slice(1)) {
        if (type === 'recovery.reopened') expect(open).toBe(false);
        else if (type !== 'recovery.linked') expect(open).toBe(true);
        if (type === 'recovery.closed') expect([...sinceOpening]).toEqual(expect.arrayContaining(['recovery.contacted', 'recovery.cause-identified', 'recovery.prevention-recorded']));
        sinceOpening = type === 'recovery.reopened' ? new Set() : sinceOpening.add(type);
        open = type === 'recovery.closed' ? false : open || type === 'recovery.reopened';
      }
      expect(recoveryOf(facts)).toEqual(state);
      expect({ open: state.state === 'open', closedAt: state.closedAt === null, done: state.clocks.close.doneAt === null }).toEqual({ open, closedAt: open, done: open });
      const clocks = clockNames.map((clock) => state.clocks[clock]);
      for (const { doneAt, worked } of clocks) expect((doneAt === null) === (worked === null)).toBe(true);
      expect(state.clocks.contact.doneAt === null || state.clocks.look.doneAt! <= state.clocks.contact.doneAt).toBe(true);
      expect(state.version).toBe(facts.at(-1)!.position);
    }), { numRuns: 200 });
  });

  const anyFact = fc.record({ type: fc.constantFrom('opened', 'acknowledged', 'contacted', 'cause-identified', 'prevention-recorded', 'closed', 'reopened', 'owner-assigned', 'escalated', 'answer-revised', 'answer-withdrawn', 'fix-confirmed', 'fix-disproved', 'linked'), clock: fc.constantFrom(...clockNames) });

  it('is open or closed, and never both, whatever facts come: a late one or one taken back breaks nothing', () => {
    fc.assert(fc.property(fc.array(anyFact, { maxLength: 30 }), (some) => {
      const first = opened();
      const facts = some.map(({ type, clock }, at) => told(`recovery.${type}`, at, type === 'opened' ? first.data : { recovery: 'R-1', worked: at, cause: 'x', owner: 'o', clock, survey: 'V', minutes: 5, by: hour(at + 1) }));
      const state = recoveryOf(facts);
      expect(state === null).toBe(!some.some(({ type }) => type === 'opened'));
      if (state) expect([state.closedAt !== null, state.clocks.close.doneAt !== null]).toEqual(Array(2).fill(state.state === 'closed'));
    }));
  });
});
