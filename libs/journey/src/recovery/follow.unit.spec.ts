import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '../envelope.js';
import { usualWeek } from '../working-time/calendar.js';
import { followsFrom } from './follow.js';
import { policyAfter, type RecoveryPolicy, usualPolicy } from './policy.js';
import { recoveriesIn } from './recovery.js';
import { answered, hour, told } from './testing/facts.js';

const calendar = { timeZone: 'UTC', week: usualWeek, holidays: [] };
const calendarAt = () => calendar;
const registered = told('customer.registered', -100, { name: 'Otterbank', segment: 'enterprise', owner: 'mara' });

/** Takes facts one by one, each with what follows from it, as an engine would. */
function live(facts: readonly JourneyEvent[], policy: RecoveryPolicy = usualPolicy) {
  const events: JourneyEvent[] = [registered];
  for (const fact of facts) {
    events.push(fact);
    if (!fact.type.startsWith('survey.')) continue;
    for (let twice = 0; twice < 2; twice++) {
      const follows = followsFrom(fact, `R-${String(fact.data['survey'])}`, { events, root: 'c', policy, calendarAt, now: fact.occurredAt });
      if (twice) expect(follows).toEqual([]);
      events.push(...follows.map(({ type, data }) => told(type, 0, data as Record<string, unknown>, { occurredAt: fact.occurredAt })));
    }
  }
  const types = events.filter(({ type }) => type.startsWith('recovery.')).map(({ type, data }) => `${type.slice('recovery.'.length)} ${String(data['recovery'])}`);
  return { types, recoveries: [...recoveriesIn(events).values()] };
}

const closed = (hours: number, recovery = 'R-V-1') => [told('recovery.contacted', hours, { recovery, worked: 1 }), told('recovery.closed', hours, { recovery, worked: 1 })];
const next = (hours: number, score: number, data: object = {}) => answered(hours, score, { survey: 'V-2', ...data });
const marked = (hours: number, survey: string) => told('survey.marked-complaint', hours, { survey, contact: 'ines' });

describe('An answer', () => {
  it.each([
    ['below the bar', answered(0, 3), ['low-answer']],
    ['at the bar', answered(0, 4), null],
    ['that asks to be contacted, however good', answered(0, 5, { wantsContact: true }), ['wants-contact']],
    ['below the bar that its author drew', answered(0, 4, { instrument: { kind: 'csat', min: 1, max: 5, bar: 5 } }), ['low-answer']],
    ['of 6 to the NPS question', answered(0, 6, { instrument: { kind: 'nps', min: 0, max: 10 } }), ['low-answer']],
    ['of 7 to the NPS question', answered(0, 7, { instrument: { kind: 'nps', min: 0, max: 10 } }), null],
    ['of 3 of 7 on effort', answered(0, 3, { instrument: { kind: 'ces', min: 1, max: 7 } }), ['low-answer']],
    ['in the lower half of a scale of your own', answered(0, 2, { instrument: { kind: 'custom', min: 1, max: 4 } }), ['low-answer']],
  ])('%s', (_, answer, reasons) => {
    expect(live([answer]).recoveries.map((each) => each.reasons)).toEqual(reasons === null ? [] : [reasons]);
  });

  it('has one recovery, also when it is revised, or taken for a complaint; a good one does not close it but is told', () => {
    const { types, recoveries } = live([answered(0, 2), answered(1, 1, {}, 'survey.response-revised'), marked(2, 'V-1'), answered(3, 5, {}, 'survey.response-revised')]);
    expect(types).toEqual(['opened R-V-1', 'answer-revised R-V-1', 'answer-revised R-V-1']);
    expect(recoveries).toMatchObject([{ state: 'open', answer: { survey: 'V-1', score: 2, bar: 4 }, tickets: ['T-1'], contact: 'ines', customer: 'c' }]);
  });

  it('opens one when it is revised downwards, or taken for a complaint, later on', () => {
    expect(live([answered(0, 5), answered(1, 2, {}, 'survey.response-revised')]).recoveries).toMatchObject([{ reasons: ['low-answer'], since: hour(1) }]);
    expect(live([answered(0, 5), marked(1, 'V-1')]).recoveries).toMatchObject([{ reasons: ['complaint'], answer: { score: 5 } }]);
  });

  it('confirms what was closed before it by the same person, and only that', () => {
    expect(live([answered(0, 2), ...closed(5), next(9, 5)]).recoveries).toMatchObject([{ state: 'closed', proof: { fix: 'confirmed', survey: 'V-2', at: hour(9) } }]);
    expect(live([answered(0, 2), ...closed(5), next(9, 5, { contact: 'jan' })]).recoveries).toMatchObject([{ proof: null }]);
    expect(live([answered(0, 2), ...closed(5), next(4, 5)]).recoveries).toMatchObject([{ proof: null }]);
    expect(live([answered(0, 2), ...closed(5), answered(9, 5, {}, 'survey.response-revised')]).types).toEqual(['opened R-V-1', 'contacted R-V-1', 'closed R-V-1', 'fix-confirmed R-V-1', 'answer-revised R-V-1']);
  });

  it('disproves it, which opens it again in place of another; only the first answer after it counts', () => {
    const disproved = live([answered(0, 2), ...closed(5), next(9, 1), marked(10, 'V-2'), answered(11, 1, { survey: 'V-2' }, 'survey.response-revised')]);
    expect(disproved.types).toEqual(['opened R-V-1', 'contacted R-V-1', 'closed R-V-1', 'fix-disproved R-V-1', 'reopened R-V-1', 'answer-revised R-V-1']);
    expect(disproved.recoveries).toMatchObject([{ state: 'open', reopenings: 1, surveys: ['V-1', 'V-2'], proof: { fix: 'disproved' } }]);
    const proved = live([answered(0, 2), ...closed(5), next(9, 5), answered(12, 1, { survey: 'V-3' })]);
    expect(proved.types.slice(3)).toEqual(['fix-confirmed R-V-1', 'opened R-V-3']);
    const again = live([answered(0, 2), ...closed(5), next(9, 1), ...closed(20), answered(30, 5, { survey: 'V-3' })]);
    expect(again.recoveries).toMatchObject([{ state: 'closed', proof: { fix: 'confirmed', survey: 'V-3' } }]);
  });

  it('is looked after by the first rule that fits, else by who looks after the customer, else by whom the policy names', () => {
    const clocks = { look: 60, contact: 120, close: 600 };
    const rules = [{ queues: ['Network'], owner: 'nina' }, { segments: ['enterprise'], instruments: ['after-ticket'], escalateTo: 'boss' }, { owner: 'rest' }];
    const policy = policyAfter([told('recoverypolicy.set', -200, { clocks, rules, otherwise: 'desk', escalateTo: 'head', reason: 'x' })]);
    const ticket = told('ticket.opened', -5, { ticket: 'T-1', queue: 'Network' });
    expect(live([ticket, answered(0, 2)], policy).recoveries).toMatchObject([{ owner: 'nina', escalateTo: 'head', clocks: { look: { minutes: 60, by: hour(2) } } }]);
    expect(live([answered(0, 2)], policy).recoveries).toMatchObject([{ owner: 'mara', escalateTo: 'boss' }]);
    expect(live([told('customer.owner-assigned', -1, { owner: 'jonas' }), answered(0, 2)]).recoveries).toMatchObject([{ owner: 'jonas', escalateTo: null, clocks: { look: { minutes: 240 } } }]);
    expect(live([answered(0, 2, { instrument: { kind: 'nps', min: 0, max: 10 } })], policy).recoveries).toMatchObject([{ owner: 'rest' }]);
  });
});
